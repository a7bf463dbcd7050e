import type { ContactId, FieldType } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type OwnValues, type Slot, slots } from './field.tables.ts'
import { fitsField, indexed, slotKindOf } from './field-value.rules.ts'
import { type FieldRow, readFields } from './list-fields.ts'

/** Those who write values hold the fields together; whoever changes by which fields lists are narrowed holds them alone, so that no value goes into a column of yesterday. */
export async function holdFields(tx: WorkspaceTx, how: 'together' | 'alone'): Promise<void> {
  const lock = sql.raw(how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')
  await sql`select ${lock}(hashtextextended(${`contact fields ${tx.workspaceId}`}, 0))`.execute(tx.db)
}

/** A column that no other field has; none for a type that is indexed by rows. Throws 409 when all are taken. */
export function freeSlot(type: FieldType, fields: readonly Pick<FieldRow, 'slot'>[]): Slot | null {
  const kind = slotKindOf(type)
  if (kind === undefined) return null
  const free = slots[kind].find((slot) => !fields.some((field) => field.slot === slot))
  if (free) return free
  throw new Refusal('http/conflict', {
    detail: `Lists are narrowed by ${slots[kind].length} fields of this kind already. Turn it off for another one first. Nothing was saved.`,
  })
}

/** A contact with its own values, to be indexed. */
export type Indexable = { readonly id: ContactId; readonly own_values: OwnValues }

/** Writes anew what lists are narrowed by, of one contact whose values came another way than by an edit. */
export async function indexContact(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  const contacts = await tx.db
    .selectFrom('contact')
    .select(['id', 'own_values'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .execute()
  await indexValues(tx, contacts)
}

/** Writes anew what lists are narrowed by, of these contacts. The caller holds them. */
export async function indexValues(tx: WorkspaceTx, contacts: readonly Indexable[], all?: readonly FieldRow[]): Promise<void> {
  if (contacts.length === 0) return
  await indexing(tx, contacts, all ?? (await readFields(tx)))()
}

/** The same in two steps: works out what is to be written, and answers how to write it. Of contacts that are new nothing stands there yet. */
export function indexing(
  tx: WorkspaceTx,
  contacts: readonly Indexable[],
  all: readonly FieldRow[],
  { areNew = false }: { readonly areNew?: boolean } = {},
): () => Promise<void> {
  const fields = all.filter(({ filter }) => filter !== 'off')
  const ids = contacts.map(({ id }) => id)
  const slotted = fields.flatMap(({ slot, ...field }) => (slot === null ? [] : [{ ...field, slot }]))
  const rows = contacts.flatMap(({ id, own_values }) => {
    const row: { id: ContactId } & Partial<Record<Slot, string | number>> = { id }
    let isEmpty = true
    for (const field of slotted) {
      const value = own_values[field.key]
      if (value === undefined || !fitsField(field, value)) continue
      row[field.slot] = indexed(field.type, value)
      isEmpty = false
    }
    return isEmpty ? [] : [row]
  })
  const severals = fields.filter(({ type }) => type === 'choices')
  const chosen = contacts.flatMap(({ id, own_values }) =>
    severals.flatMap((field) => {
      const value = own_values[field.key]
      if (!Array.isArray(value) || !fitsField(field, value)) return []
      return value.map((choice) => ({ id: tx.newId(), contact: id, field: field.id, choice }))
    }),
  )
  const rowsText = JSON.stringify(rows)
  const chosenText = JSON.stringify(chosen)
  return async () => {
    if (!areNew) {
      await sql`delete from contact_field_index where workspace_id = ${tx.workspaceId} and id = any(${ids}::uuid[])`.execute(tx.db)
      await sql`delete from contact_field_choice where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.db)
    }
    if (rows.length > 0) {
      const used = slotted.map(({ slot }) => slot)
      const columns = sql.join(used.map((slot) => sql.ref(slot)))
      const typed = sql.join(used.map((slot) => sql`${sql.ref(slot)} ${sql.raw(typeOfSlot(slot))}`))
      await sql`insert into contact_field_index (workspace_id, id, ${columns})
        select ${tx.workspaceId}::uuid, id, ${columns} from json_to_recordset(${rowsText}::json) as one (id uuid, ${typed})`.execute(tx.db)
    }
    if (chosen.length > 0)
      await sql`insert into contact_field_choice (workspace_id, id, contact_id, field_id, choice)
        select ${tx.workspaceId}::uuid, id, contact, field, choice
        from json_to_recordset(${chosenText}::json) as one (id uuid, contact uuid, field uuid, choice text)`.execute(tx.db)
  }
}

/** The column's type in the database. */
function typeOfSlot(slot: Slot): string {
  switch (slot.slice(0, slot.indexOf('_'))) {
    case 'number':
      return 'double precision'
    case 'money':
      return 'bigint'
    case 'date':
      return 'date'
    default:
      return 'text'
  }
}
