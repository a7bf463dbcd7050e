import type { ContactId, FieldValue, MemberId } from '@frontdesk/contract'
import { handleChannelNames } from '@frontdesk/contract'
import { type CustomValue, draftPerson, type Person, type PersonPhone, type PersonPoint, readHeader } from '@frontdesk/interchange'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { FieldRow } from '../fields/list-fields.ts'
import { splitHandle } from '../handle.rules.ts'
import { handleColumn, spelledName } from '../import/targets.rules.ts'
import { relationsInWords } from '../relations/relations-in-words.ts'

/** What own fields are called in a file, by their keys: by their label where a reader would not take it for something else. */
export function fieldNames(fields: readonly FieldRow[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>([relationsColumn])
  for (const { key, label } of fields) {
    const fits = (each: string) => !taken.has(each) && (readHeader(each) === undefined || isExtra(each))
    const name = [label, key].find(fits) ?? spelledName({ key, label })
    taken.add(name)
    names.set(key, name)
  }
  return names
}

/** Words of which a card knows, and that only own fields hold here. */
const extras = ['birthday', 'anniversary', 'nickname', 'department', 'website'] as const
type Extra = (typeof extras)[number]
const isExtra = (key: string): key is Extra => (extras as readonly string[]).includes(key)

/** What writing persons needs to know besides their rows. */
export type PeopleFacts = {
  readonly fields: readonly FieldRow[]
  readonly names: ReadonlyMap<string, string>
  /** Names of members, for fields that hold one. */
  readonly members: ReadonlyMap<string, string>
  /** Whether anybody is related to anybody, and whose contacts alone may be named. */
  readonly relations: boolean
  readonly onlyOf: MemberId | null
  /** A card has no place for own fields, but words of its own for some. */
  readonly cards: boolean
}

/** Contacts as persons of a file, in the order of the ids, with everything that a list of people brings. The caller knows that they may be seen. */
export async function peopleOf(tx: WorkspaceTx, ids: readonly ContactId[], facts: PeopleFacts): Promise<Person[]> {
  if (ids.length === 0) return []
  const contacts = await tx.db
    .selectFrom('contact')
    .leftJoin('company', (join) =>
      join.onRef('company.workspace_id', '=', 'contact.workspace_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .select([
      'contact.id',
      'contact.name',
      'contact.given_name',
      'contact.family_name',
      'contact.company_role',
      'contact.locale',
      'contact.zone',
      'contact.own_values',
      'company.name as company_name',
    ])
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.id', 'in', ids)
    .execute()
  const points = groupedBy(
    await tx.db
      .selectFrom('contact_point')
      .select(['contact_id', 'kind', 'value_normalized', 'value_as_typed', 'label'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', 'in', ids)
      .orderBy('preferred', 'desc')
      .orderBy('id')
      .execute(),
  )
  const tags = groupedBy(
    await tx.db
      .selectFrom('contact_tag')
      .innerJoin('tag', (join) =>
        join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'),
      )
      .select(['contact_tag.contact_id', 'tag.name'])
      .where('contact_tag.workspace_id', '=', tx.workspaceId)
      .where('contact_tag.contact_id', 'in', ids)
      .orderBy('tag.name_folded')
      .execute(),
  )
  const notes = groupedBy(
    await tx.db
      .selectFrom('note')
      .select(['contact_id', 'body'])
      .where('workspace_id', '=', tx.workspaceId)
      // A file goes from hand to hand.
      .where('audience', '=', 'everybody')
      .where('contact_id', 'in', ids)
      .where('removed_at', 'is', null)
      .orderBy('id')
      .execute(),
  )
  const relations = facts.relations ? await relationsInWords(tx, ids, facts.onlyOf) : new Map<ContactId, string>()
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  return ids.flatMap((id) => {
    const contact = byId.get(id)
    if (!contact) return []
    const own = facts.fields.flatMap((field) => customOf(field, contact.own_values[field.key], facts) ?? [])
    const handles = (points.get(id) ?? []).flatMap(({ kind, value_normalized }) =>
      kind === 'handle' ? [splitHandle(value_normalized)] : [],
    )
    const kin = relations.get(id)
    const person: Person = {
      ...draftPerson(),
      // Called after her company, because no name of hers is known.
      name: contact.name === contact.company_name && contact.given_name === null && contact.family_name === null ? '' : contact.name,
      givenName: contact.given_name,
      familyName: contact.family_name,
      company: contact.company_name,
      jobTitle: contact.company_role,
      emails: (points.get(id) ?? []).filter(({ kind }) => kind === 'email').map(pointOf),
      phones: (points.get(id) ?? [])
        .filter(({ kind }) => kind === 'phone')
        .map((point): PersonPhone => ({ ...pointOf(point), extension: null })),
      note: (notes.get(id) ?? []).map(({ body }) => body).join('\n\n') || null,
      tags: (tags.get(id) ?? []).map(({ name }) => name),
      language: contact.locale,
      zone: contact.zone,
      externalId: id,
      custom: [
        ...own,
        ...[...Map.groupBy(handles, ({ channel }) => channel)].map(
          ([channel, of]): CustomValue => ({ key: handleColumn(channel), kind: 'text', value: of.map(({ value }) => value).join(' ::: ') }),
        ),
        ...(kin === undefined ? [] : [{ key: relationsColumn, kind: 'text' as const, value: kin }]),
      ],
    }
    if (!facts.cards) return person
    const { websites = [], ...extras } = extrasOf(contact.own_values)
    return {
      ...person,
      ...extras,
      websites: [...websites, ...handles.flatMap((handle) => (handle.channel === 'website' ? [siteOf(handle.value)] : []))],
      profiles: handles.flatMap(({ channel, value }) => (channel === 'website' ? [] : [{ service: handleChannelNames[channel], value }])),
    }
  })
}

const siteOf = (value: string): PersonPoint => ({ value: `https://${value}`, asTyped: value, label: null })

/** What the column of relations is called. */
export const relationsColumn = 'Relations'

const pointOf = (point: {
  readonly value_normalized: string
  readonly value_as_typed: string
  readonly label: string | null
}): PersonPoint => ({
  value: point.value_normalized,
  asTyped: point.value_as_typed,
  label: point.label,
})

function groupedBy<Row extends { readonly contact_id: ContactId }>(rows: readonly Row[]): ReadonlyMap<ContactId, readonly Row[]> {
  const groups = new Map<ContactId, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.contact_id)
    if (group) group.push(row)
    else groups.set(row.contact_id, [row])
  }
  return groups
}

/** An own value as files know it: choices by their labels, members by their names. */
function customOf(field: FieldRow, value: FieldValue | undefined, { names, members }: PeopleFacts): CustomValue | undefined {
  if (value === undefined) return undefined
  const key = names.get(field.key) ?? field.key
  const labelOf = (choice: string) => field.choices.find((each) => each.key === choice)?.label ?? choice
  switch (field.type) {
    case 'number':
      return { key, kind: 'number', value: String(value) }
    case 'money':
      return typeof value === 'object' && 'minor' in value ? { key, kind: 'money', value } : undefined
    case 'date':
      return { key, kind: 'date', value: String(value) }
    case 'yes_no':
      return { key, kind: 'yesNo', value: value === true }
    case 'choice':
      return { key, kind: 'choice', value: labelOf(String(value)) }
    case 'choices':
      return Array.isArray(value) ? { key, kind: 'choices', value: value.map(labelOf) } : undefined
    case 'person':
      return { key, kind: 'text', value: members.get(String(value)) ?? '' }
    case 'text':
    case 'link':
      return { key, kind: 'text', value: String(value) }
  }
}

/** Own values under the words that a card has for them. */
function extrasOf(own: Readonly<Record<string, FieldValue>>): Partial<Person> {
  const text = (key: Extra) => (typeof own[key] === 'string' ? own[key] : null)
  const website = text('website')
  return {
    birthday: text('birthday') as Person['birthday'],
    anniversary: text('anniversary') as Person['anniversary'],
    nickname: text('nickname'),
    department: text('department'),
    websites: website === null ? [] : [{ value: website, asTyped: website, label: null }],
  }
}
