import type { Guess, Reason } from '../refusal.ts'
import { foldWords } from '../text/fold-words.ts'
import { dateOrderOf, decimalOf } from './column-style.ts'
import { addressParts, type ColumnTarget, type CustomKind, type PersonField, severalFields } from './fields.ts'
import { isIdleHeader } from './header-words.ts'
import { type ReadHeader, readHeader } from './read-header.ts'
import { recogniseSource, type Source } from './recognise-source.ts'
import type { ColumnContent } from './survey-columns.ts'

/** What is proposed for one column. `asks` says what only a person can answer before rows are read. */
export type ColumnProposal = Guess<ColumnTarget> & { readonly asks: readonly ('date_order' | 'decimal_sign' | 'currency')[] }

/** What a mapping is proposed from. */
export type MappingFacts = {
  readonly header: readonly string[] | null
  readonly contents: readonly ColumnContent[]
  readonly country: string | null
  /** ISO 4217, for amounts that name no currency. */
  readonly currency: string | null
}

type Named = { readonly header: string; readonly meaning: ReadHeader | undefined; readonly content: ColumnContent }

/** Proposes what becomes of each column: by its name, by what stands in it, and where the two disagree with little confidence. */
export function proposeMapping({ header, contents, country, currency }: MappingFacts): readonly ColumnProposal[] {
  const names = header ?? contents.map(() => '')
  const source = recogniseSource(names).value
  const columns = inContext(
    contents.map((content, index): Named => ({ header: names[index] ?? '', meaning: readHeader(names[index] ?? ''), content })),
    source,
  )
  const slots = new Map<string, number>()
  const slotOf = (group: string) => {
    const slot = slots.get(group) ?? slots.size
    slots.set(group, slot)
    return slot
  }
  const proposals = columns.map((column, index) => proposalOf(column, `${index}`, slotOf))
  const first = firstOfEach(proposals, columns)
  return columns.map((column, index) => {
    const proposal = proposals[index] ?? { value: customOf(column), confidence: 0, reasons: [] }
    const { field } = proposal.value
    // A second column for what a person has once is a field of its own.
    const twice = isSingle(field) && first.get(field) !== index
    const kept: Guess<ColumnTarget> = twice
      ? {
          value: column.content.filled === 0 ? { field: 'ignore' } : customOf(column),
          confidence: 0.5,
          reasons: [{ code: 'stands_twice', field }],
        }
      : proposal
    return withStyle(kept, column, country, currency)
  })
}

const isSingle = (field: ColumnTarget['field']): boolean =>
  field !== 'ignore' && field !== 'label' && field !== 'custom' && field !== 'note' && field !== 'tags' && !severalFields.has(field)

/** The column that holds what a person has once: the first, unless it is empty and a later one is not. */
function firstOfEach(proposals: readonly Guess<ColumnTarget>[], columns: readonly Named[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const [index, { value }] of proposals.entries()) {
    const before = first.get(value.field)
    if (before === undefined || (columns[before]?.content.filled === 0 && (columns[index]?.content.filled ?? 0) > 0))
      first.set(value.field, index)
  }
  return first
}

/** What a name means depends on its neighbours: "Nom" beside "Prénom" is the family name, alone the whole. */
function inContext(columns: readonly Named[], source: Source | null): readonly Named[] {
  const has = (field: PersonField) => columns.some(({ meaning }) => meaning?.field === field)
  const [hasGiven, hasFamily] = [has('givenName'), has('familyName')]
  return columns.map((column, index) => {
    const folded = foldWords(column.header)
    const as = (field: PersonField): Named => ({ ...column, meaning: { field, exact: true } })
    if ((folded === 'nom' && !hasGiven) || (folded === 'nombre' && !hasFamily)) return as('name')
    // Outlook's first "Title" is Mr or Mrs; its job title has a name of its own, in French the same.
    if (source === 'outlook' && index < 3 && /^(title|titulo|tratamiento|titre)$/.test(folded)) return as('namePrefix')
    return paired(column, columns[index - 1])
  })
}

const pairedName = /^(.+ \d+) - (?:Label|Type|Value|Etiqueta|Tipo|Valor|Libellé|Valeur)$/
const pairedLabel = / \d+ - (?:Label|Type|Etiqueta|Tipo|Libellé)$/

/** Google's free fields: one column holds what the next one is called. Where that is the same in all rows, it is the field's name. */
function paired(column: Named, before: Named | undefined): Named {
  const [, base] = pairedName.exec(column.header) ?? []
  if (column.meaning !== undefined || base === undefined || pairedName.exec(before?.header ?? '')?.[1] !== base) return column
  const [only, more] = before?.content.values ?? []
  if (only === undefined || more !== undefined) return { ...column, header: base }
  const called = readHeader(only[0])
  return called?.field === 'anniversary' || called?.field === 'birthday' ? { ...column, meaning: called } : { ...column, header: only[0] }
}

function proposalOf({ header, meaning, content }: Named, place: string, slotOf: (group: string) => number): Guess<ColumnTarget> {
  const custom = customOf({ header, meaning, content })
  const isLabelOfNext = pairedLabel.test(header) && meaning === undefined && content.values?.length === 1
  if (isLabelOfNext || isIdleHeader(foldWords(header)))
    return { value: { field: 'ignore' }, confidence: 0.9, reasons: [{ code: 'of_no_use', name: header }] }
  if (content.filled === 0 && meaning === undefined)
    return { value: { field: 'ignore' }, confidence: 0.9, reasons: [{ code: 'empty_column' }] }
  if (meaning?.field === 'label') {
    const [kind = '', number = ''] = (meaning.group ?? '').split(' ')
    if (kind === 'phone' || kind === 'email' || kind === 'website' || kind === 'address') {
      return { value: { field: 'label', of: kind, slot: slotOf(`${kind} ${number}`) }, confidence: 0.99, reasons: [named(header)] }
    }
  }
  if (meaning !== undefined && meaning.field !== 'label') {
    const { field, label, group } = meaning
    const slot = severalFields.has(field) ? { slot: slotOf(group ?? `${field} of column ${place}`) } : {}
    const value: ColumnTarget = { field, ...slot, ...(label === undefined ? {} : { label }) }
    const share = agreement(field, content)
    if (share === undefined || content.filled === 0) return { value, confidence: meaning.exact ? 0.95 : 0.8, reasons: [named(header)] }
    if (share >= 0.5) return { value, confidence: 0.7 + share * 0.29, reasons: [named(header), { code: 'content_agrees', share }] }
    const found = byContent(content, place, slotOf)
    if (found && found.confidence > 0.8)
      return { ...found, confidence: 0.6, reasons: [{ code: 'content_says_otherwise', field }, ...found.reasons] }
    return { value, confidence: 0.4, reasons: [named(header), { code: 'content_disagrees', share }] }
  }
  return byContent(content, place, slotOf) ?? { value: custom, confidence: header === '' ? 0.3 : 0.6, reasons: [{ code: 'unknown_name' }] }
}

const named = (header: string): Reason => ({ code: 'known_name', name: header })

/** The share of the cells that look like what the name says; undefined where content cannot tell. */
function agreement(field: PersonField, { shares }: ColumnContent): number | undefined {
  if (field === 'email') return shares.email + shares.text * 0.4
  if (field === 'phone') return Math.max(shares.phone, shares.phone + shares.number)
  if (field === 'birthday' || field === 'anniversary') return shares.date + shares.text * 0.6
  if (field === 'website') return shares.url + shares.text * 0.6
  if (field === 'name' || field === 'givenName' || field === 'familyName')
    return 1 - shares.email - shares.phone - shares.date - shares.number
  return undefined
}

function byContent({ shares, filled }: ColumnContent, place: string, slotOf: (group: string) => number): Guess<ColumnTarget> | undefined {
  const found = (field: PersonField, share: number, confidence: number): Guess<ColumnTarget> => ({
    value: {
      field,
      ...(severalFields.has(field) ? { slot: slotOf(addressParts.has(field) ? 'address ' : `${field} of column ${place}`) } : {}),
    },
    confidence: confidence * share,
    reasons: [{ code: 'content_looks_like', field, share }],
  })
  if (filled === 0) return undefined
  if (shares.email >= 0.8) return found('email', shares.email, 0.95)
  if (shares.phone >= 0.8) return found('phone', shares.phone, 0.9)
  if (shares.url >= 0.8) return found('website', shares.url, 0.8)
  if (shares.country >= 0.9) return found('country', shares.country, 0.7)
  if (shares.postalCode >= 0.95 && shares.number < 1) return found('postalCode', shares.postalCode, 0.6)
  return undefined
}

/** A field of the business's own, of the kind that the cells have. */
function customOf({ header, content }: Named): Extract<ColumnTarget, { field: 'custom' }> {
  return { field: 'custom', key: header.trim(), kind: kindOf(content) }
}

function kindOf({ shares, values, filled, several }: ColumnContent): CustomKind {
  if (shares.yesNo >= 0.95) return 'yesNo'
  if (shares.date >= 0.9) return 'date'
  if (shares.money >= 0.8) return 'money'
  if (shares.number >= 0.95) return 'number'
  const few = values !== null && values.length >= 2 && values.length <= 20 && filled >= values.length * 5
  if (few && values.every(([value]) => value.length <= 40)) return several > 0.2 ? 'choices' : 'choice'
  return 'text'
}

function withStyle(guess: Guess<ColumnTarget>, { content }: Named, country: string | null, currency: string | null): ColumnProposal {
  const { value } = guess
  const isDate = value.field === 'birthday' || value.field === 'anniversary' || (value.field === 'custom' && value.kind === 'date')
  if (isDate) {
    const order = dateOrderOf(content, country)
    return {
      value: order.value === null ? value : { ...value, order: order.value },
      confidence: guess.confidence,
      reasons: [...guess.reasons, ...order.reasons],
      asks: order.confidence < 0.5 ? ['date_order'] : [],
    }
  }
  if (value.field !== 'custom' || (value.kind !== 'number' && value.kind !== 'money')) return { ...guess, asks: [] }
  const decimal = decimalOf(content, country)
  const isMoney = value.kind === 'money'
  return {
    value: { ...value, decimal: decimal.value, ...(isMoney && currency !== null ? { currency } : {}) },
    confidence: guess.confidence,
    reasons: [...guess.reasons, ...decimal.reasons],
    asks: [
      ...(decimal.confidence < 0.5 ? (['decimal_sign'] as const) : []),
      ...(isMoney && currency === null ? (['currency'] as const) : []),
    ],
  }
}
