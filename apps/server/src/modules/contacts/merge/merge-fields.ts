import type { ContactId, FieldValue, MergeChoice, MergeField } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { ContactRow } from '../contacts.tables.ts'
import { fitsField, sameValue } from '../fields/field-value.rules.ts'
import { fieldsInUse } from '../fields/list-fields.ts'
import { nameWords } from './duplicate.rules.ts'

/** The fields of a contact that hold one value, and the column of each. */
export const columnOf = {
  name: 'name',
  givenName: 'given_name',
  familyName: 'family_name',
  company: 'company_id',
  companyRole: 'company_role',
  locale: 'locale',
  zone: 'zone',
  ownerMemberId: 'owner_member_id',
} as const
export type PlainField = keyof typeof columnOf
export const plainFields = Object.keys(columnOf) as readonly PlainField[]
export const ownPrefix = 'own.'

type Contact = Selectable<ContactRow>
type Field = Omit<MergeField, 'survivor' | 'merged'> & { readonly survivor: unknown; readonly merged: unknown }

/** What two contacts say, field by field, with what a merge would take and why. A company is its id here. */
export async function compareFields(tx: WorkspaceTx, survivor: Contact, merged: Contact): Promise<readonly Field[]> {
  const changed = await lastChanges(tx, [survivor, merged])
  const newer = (field: string): MergeChoice => {
    const at = ({ id, created_at }: Contact) => changed.get(`${id} ${field}`) ?? created_at
    return Temporal.Instant.compare(at(merged), at(survivor)) > 0 ? 'merged' : 'survivor'
  }
  const plain = plainFields.map((field) => compareOne(field, survivor[columnOf[field]], merged[columnOf[field]], newer))
  const name = plain.find(({ field }) => field === 'name')
  const whole = plain.map((each) =>
    name && each.why === 'newer' && (each.field === 'givenName' || each.field === 'familyName')
      ? { ...each, suggested: name.suggested, why: name.why === 'same' ? each.why : name.why }
      : each,
  )
  const own = (await fieldsInUse(tx)).map((field) => {
    const value = (contact: Contact): FieldValue | null => {
      const stored = contact.own_values[field.key]
      return fitsField(field, stored) ? stored : null
    }
    const compared = compareOne(`${ownPrefix}${field.key}`, value(survivor), value(merged), newer)
    const several = field.type === 'choices' && compared.why === 'newer'
    return several
      ? { ...compared, choices: ['survivor', 'merged', 'both'] as const, suggested: 'both' as const, why: 'several' as const }
      : compared
  })
  return [...whole, ...own]
    .filter(({ survivor: one, merged: other }) => one !== null || other !== null)
    .map((field) => ({ ...field, choices: [...field.choices] }))
}

function compareOne(field: string, survivor: unknown, merged: unknown, newer: (field: string) => MergeChoice) {
  const both = { field, survivor: survivor ?? null, merged: merged ?? null, choices: ['survivor', 'merged'] as readonly MergeChoice[] }
  const take = (suggested: MergeChoice, why: MergeField['why']) => ({ ...both, suggested, why })
  if (sameValue(both.survivor, both.merged)) return take('survivor', 'same')
  if (both.merged === null) return take('survivor', 'only_one')
  if (both.survivor === null) return take('merged', 'only_one')
  if (field === 'name') {
    const words = (value: unknown) => nameWords(String(value)).filter((word) => word.length > 1).length
    const [one, other] = [words(survivor), words(merged)]
    if (one !== other) return take(one > other ? 'survivor' : 'merged', 'fuller')
  }
  return take(newer(field), 'newer')
}

/** When each field of these contacts was last changed, by `id field`. */
async function lastChanges(tx: WorkspaceTx, contacts: readonly Contact[]): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const rows = await tx.db
    .selectFrom('contact_change')
    .select(['contact_id', 'field', sql<Temporal.Instant>`max(at)`.as('at')])
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'contact_id',
      'in',
      contacts.map(({ id }): ContactId => id),
    )
    .groupBy(['contact_id', 'field'])
    .execute()
  return new Map(rows.map(({ contact_id, field, at }) => [`${contact_id} ${field}`, at]))
}

/** The values that the contact has after the merge, by field: only those that are others than before. Throws `http/invalid-request` for a choice that there is not. */
export function valuesTaken(
  fields: readonly Field[],
  take: Readonly<Record<string, MergeChoice>>,
): Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>> {
  for (const [name, choice] of Object.entries(take)) {
    const field = fields.find((each) => each.field === name)
    if (field ? field.choices.includes(choice) : choice === 'survivor') continue
    throw new Refusal('http/invalid-request', {
      detail: field
        ? `take.${name}: this field cannot be “${choice}”. Nothing was merged.`
        : `take.${name}: neither of the two has such a field. Nothing was merged.`,
      faults: [{ path: `body.take.${name}`, code: 'unknown_choice', message: 'Choose one of the choices of the comparison.' }],
    })
  }
  return Object.fromEntries(
    fields.flatMap((field) => {
      const after = takenOf(field, take[field.field] ?? field.suggested)
      return sameValue(field.survivor, after) ? [] : [[field.field, { before: field.survivor, after }]]
    }),
  )
}

function takenOf({ survivor, merged }: Field, choice: MergeChoice): unknown {
  if (choice === 'survivor') return survivor
  if (choice === 'merged') return merged
  const several = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
  return [...new Set([...several(survivor), ...several(merged)])]
}
