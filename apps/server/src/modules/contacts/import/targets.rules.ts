import type { DateOrder, FieldCategory, FieldSuggestion, FieldType, HandleChannel, ImportColumn, ImportTarget } from '@frontdesk/contract'
import { handleChannelNames, handleChannels, importFields } from '@frontdesk/contract'
import type { ColumnContent, ColumnProposal, ColumnTarget, CustomKind, Mapping } from '@frontdesk/interchange'
import type { FieldRow } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'

/** Under which key the day is read that starts a clock. No own field can be called so. */
export const whenKey = '$when'

/** Under which key the handles of a channel are read. */
export const handleKey = (channel: HandleChannel): string => `$handle.${channel}`

/** What a column of handles is called in a file that we write. */
export const handleColumn = (channel: HandleChannel): string => `${channelName(channel)} (handle)`
const channelName = (channel: HandleChannel): string => (channel === 'website' ? 'Website' : handleChannelNames[channel])

/** The channel that a column is called after. A column of plain WhatsApp numbers holds phone numbers, and one of web sites may be anybody's. */
const channelCalled = (name: string): HandleChannel | undefined =>
  handleChannels.find(
    (channel) =>
      foldText(name) === foldText(handleColumn(channel)) ||
      (channel !== 'website' &&
        channel !== 'whatsapp' &&
        channel !== 'line' &&
        channel !== 'x' &&
        foldText(name) === foldText(channelName(channel))),
  )

type Proposed = { readonly name: string; readonly content: ColumnContent; readonly proposal: ColumnProposal }

/** What an own field is called in a file that we write, where its label and its key alone would be taken for something else. */
export const spelledName = ({ key, label }: Pick<FieldRow, 'key' | 'label'>): string => `${label} (${key})`

/** A column as a person sees it: what it holds, what is proposed for it, and the own field that could be made for it. An own field of the same name is proposed by itself. */
export function columnOf({ name, content, proposal }: Proposed, fields: readonly FieldRow[], currency: string): ImportColumn {
  const suggests = suggestionFor(name, content, proposal.value, currency)
  const known = fields.find(({ label, key }) => foldText(label) === foldText(name) || key === foldText(name))
  const direct = targetOf(proposal.value)
  const spelled = fields.find((field) => foldText(spelledName(field)) === foldText(name))
  const channel = known ? undefined : channelCalled(name)
  const target: ImportTarget = spelled
    ? { use: 'own', key: spelled.key }
    : channel
      ? { use: 'handle', channel }
      : (direct ?? (known ? { use: 'own', key: known.key } : { use: 'ignore' }))
  return {
    name,
    filled: content.filled,
    target,
    confidence: channel ? 0.9 : direct || known || spelled ? proposal.confidence : 0.3,
    asks: proposal.asks.filter((ask) => target.use !== 'ignore' || ask === 'date_order'),
    dateOrder: 'order' in proposal.value ? (proposal.value.order ?? null) : null,
    decimal: 'decimal' in proposal.value ? (proposal.value.decimal ?? '.') : '.',
    suggests,
  }
}

const held: ReadonlySet<string> = new Set(importFields)

/** What is proposed, where a contact has a place for it; undefined where only an own field can hold it. */
function targetOf(proposed: ColumnTarget): ImportTarget | undefined {
  switch (proposed.field) {
    case 'ignore':
      return { use: 'ignore' }
    case 'label':
      return proposed.of === 'email' || proposed.of === 'phone' ? { use: 'label', of: proposed.of, slot: proposed.slot } : { use: 'ignore' }
    case 'custom':
      return undefined
    default: {
      const field = importFields.find((each) => each === proposed.field)
      if (!field || !held.has(proposed.field)) return undefined
      const { label, slot } = proposed
      return { use: 'field', field, ...(label === undefined ? {} : { label: label.slice(0, 40) }), ...(slot === undefined ? {} : { slot }) }
    }
  }
}

const typeOfKind: Readonly<Record<CustomKind, FieldType>> = {
  text: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  yesNo: 'yes_no',
  choice: 'choice',
  choices: 'choices',
}

function suggestionFor(name: string, content: ColumnContent, target: ColumnTarget, currency: string): FieldSuggestion {
  const type = typeFor(target, content)
  const choices = type === 'choice' || type === 'choices' ? choicesOf(content, type === 'choices') : []
  return {
    label: name.slice(0, 60),
    type: (type === 'choice' || type === 'choices') && choices.length === 0 ? 'text' : type,
    category: categoryFor(target, type),
    currency: type === 'money' ? ('currency' in target && target.currency ? target.currency : currency) : null,
    choices,
  }
}

function typeFor(target: ColumnTarget, content: ColumnContent): FieldType {
  if (target.field === 'custom') return typeOfKind[target.kind]
  if (target.field === 'birthday' || target.field === 'anniversary') return 'date'
  if (target.field === 'website') return 'link'
  return content.shares.date > 0.9 ? 'date' : 'text'
}

function categoryFor(target: ColumnTarget, type: FieldType): FieldCategory {
  if (target.field === 'externalId') return 'identifier'
  if (['address', 'street', 'poBox', 'city', 'region', 'postalCode', 'country', 'website'].includes(target.field)) return 'contact_details'
  if (type === 'money') return 'financial'
  return type === 'choice' || type === 'choices' || type === 'yes_no' ? 'preference' : 'free_text'
}

const choicesOf = ({ values }: ColumnContent, several: boolean): string[] => [
  ...new Map(
    (values ?? [])
      .flatMap(([value]) => (several ? value.split(/[;,]| ::: /) : [value]))
      .map((value) => value.trim().slice(0, 60))
      .filter((value) => value !== '')
      .map((value) => [foldText(value), value] as const),
  ).values(),
]

/** What the columns are read by. */
export type Settled = {
  readonly columns: readonly ImportColumn[]
  readonly dateOrder: DateOrder | null
  readonly fields: readonly FieldRow[]
}

/** The mapping by which rows are read. A column of an own field that is not there any more is left out. */
export const mappingFor = (settled: Settled): Mapping => settled.columns.map((column) => columnTarget(column, settled))

function columnTarget(column: ImportColumn, { dateOrder, fields }: Settled): ColumnTarget {
  const { target } = column
  const order = dateOrder ?? column.dateOrder
  const ordered = order === null ? {} : { order }
  switch (target.use) {
    case 'ignore':
      return { field: 'ignore' }
    case 'label':
      return { field: 'label', of: target.of, slot: target.slot }
    case 'when':
      return { field: 'custom', key: whenKey, kind: 'date', ...ordered }
    case 'handle':
      return { field: 'custom', key: handleKey(target.channel), kind: 'text' }
    case 'field': {
      const { field, label, slot } = target
      return { field, ...(label === undefined ? {} : { label }), ...(slot === undefined ? {} : { slot }) }
    }
    case 'own': {
      const field = fields.find(({ key, archived_at }) => key === target.key && archived_at === null)
      return field ? ownTarget(field, column, ordered) : { field: 'ignore' }
    }
  }
}

function ownTarget(field: FieldRow, { decimal }: ImportColumn, ordered: { readonly order?: DateOrder }): ColumnTarget {
  const { key, currency } = field
  const options = field.choices.filter(({ archived }) => !archived).map(({ label }) => label)
  switch (field.type) {
    case 'number':
      return { field: 'custom', key, kind: 'number', decimal }
    case 'money':
      return { field: 'custom', key, kind: 'money', decimal, ...(currency === null ? {} : { currency }) }
    case 'date':
      return { field: 'custom', key, kind: 'date', ...ordered }
    case 'yes_no':
      return { field: 'custom', key, kind: 'yesNo' }
    case 'choice':
      return { field: 'custom', key, kind: 'choice', options }
    case 'choices':
      return { field: 'custom', key, kind: 'choices', options }
    case 'text':
    case 'link':
    case 'person':
      return { field: 'custom', key, kind: 'text' }
  }
}
