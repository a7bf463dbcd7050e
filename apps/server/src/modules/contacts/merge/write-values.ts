import type { FieldValue, Principal } from '@frontdesk/contract'
import type { Selectable, Updateable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { noSuchContact, requireVisible } from '../contacts.policy.ts'
import type { ContactRow } from '../contacts.tables.ts'
import type { OwnValues } from '../fields/field.tables.ts'
import { indexValues } from '../fields/index-values.ts'
import { foldText } from '../fold-text.ts'
import type { FieldChange } from '../history/record-changes.ts'
import { nameOfCompany } from '../name-things.ts'
import { refreshSearchText } from '../write-points.ts'
import type { Images } from './merge.tables.ts'
import { columnOf, ownPrefix, type PlainField } from './merge-fields.ts'
import type { MergingPair } from './merge-steps.ts'

type Contact = Selectable<ContactRow>
const isPlain = (field: string): field is PlainField => Object.hasOwn(columnOf, field)

/** What a contact says in a field now; a company is its id. */
export const valueNow = (contact: Contact, field: string): unknown =>
  isPlain(field) ? contact[columnOf[field]] : (contact.own_values[field.slice(ownPrefix.length)] ?? null)

/** Writes values into fields of a contact that is held, as its next version. The history is the caller's. */
export async function writeValues(
  tx: WorkspaceTx,
  contact: Contact,
  values: Readonly<Record<string, unknown>>,
  moments: Pick<Updateable<ContactRow>, 'last_activity_at' | 'last_dealing_at'> = {},
): Promise<number> {
  const version = contact.version + 1
  const plain = Object.entries(values).filter((entry): entry is [PlainField, unknown] => isPlain(entry[0]))
  const own = ownAfter(contact.own_values, values)
  await tx.db
    .updateTable('contact')
    .set({
      ...Object.fromEntries(plain.map(([field, value]) => [columnOf[field], value])),
      ...(typeof values.name === 'string' ? { name_sort: foldText(values.name) } : {}),
      own_values: JSON.stringify(own),
      ...moments,
      version,
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contact.id)
    .execute()
  await indexValues(tx, [{ id: contact.id, own_values: own }])
  await refreshSearchText(tx, contact.id)
  return version
}

function ownAfter(before: OwnValues, values: Readonly<Record<string, unknown>>): OwnValues {
  const own = Object.entries(values).filter(([field]) => field.startsWith(ownPrefix))
  const changed = own.map(([field, value]) => [field.slice(ownPrefix.length), value] as const)
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(changed) }).filter((entry): entry is [string, FieldValue] => entry[1] !== null),
  )
}

/** Images as the history keeps them: a company by its name. */
export async function asChanges(tx: WorkspaceTx, images: Images): Promise<readonly FieldChange[]> {
  const changes: FieldChange[] = []
  for (const [field, { before, after }] of Object.entries(images)) {
    const shown = async (value: unknown) => (field === 'company' ? nameOfCompany(tx, value as string | null) : value)
    changes.push({ field, before: await shown(before), after: await shown(after) })
  }
  return changes
}

/**
 * The rows of two contacts, held until the transaction ends where they are written to: always in the order of their ids, so that two merges never wait for each other. Throws 404
 * for one that is not there or not for these eyes.
 */
export async function readTwo(
  tx: WorkspaceTx,
  by: Principal,
  { survivorId, mergedId }: MergingPair,
  { hold }: { readonly hold: boolean },
): Promise<{ readonly survivor: Contact; readonly merged: Contact }> {
  const rows = await tx.db
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [survivorId, mergedId])
    .orderBy('id')
    .$if(hold, (query) => query.forUpdate())
    .execute()
  const [survivor, merged] = [survivorId, mergedId].map((id) => rows.find((row) => row.id === id))
  if (!survivor || !merged) throw noSuchContact()
  requireVisible(by, survivor)
  requireVisible(by, merged)
  return { survivor, merged }
}
