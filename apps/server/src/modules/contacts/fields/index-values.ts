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
  const fields = (all ?? (await readFields(tx))).filter(({ filter }) => filter !== 'off')
  const ids = contacts.map(({ id }) => id)
  const rows = contacts.flatMap(({ id, own_values }) => {
    const found = fields.flatMap((field): [Slot, string | number][] => {
      const value = own_values[field.key]
      return field.slot !== null && fitsField(field, value) ? [[field.slot, indexed(field.type, value)]] : []
    })
    return found.length === 0 ? [] : [{ workspace_id: tx.workspaceId, id, ...Object.fromEntries(found) }]
  })
  await tx.db.deleteFrom('contact_field_index').where('workspace_id', '=', tx.workspaceId).where('id', 'in', ids).execute()
  if (rows.length > 0)
    await sql`insert into contact_field_index select * from jsonb_populate_recordset(null::contact_field_index, ${JSON.stringify(rows)}::jsonb)`.execute(
      tx.db,
    )

  const severals = fields.filter(({ type }) => type === 'choices')
  await tx.db.deleteFrom('contact_field_choice').where('workspace_id', '=', tx.workspaceId).where('contact_id', 'in', ids).execute()
  const chosen = contacts.flatMap(({ id, own_values }) =>
    severals.flatMap((field) => {
      const value = own_values[field.key]
      if (!Array.isArray(value) || !fitsField(field, value)) return []
      return value.map((choice) => ({ workspace_id: tx.workspaceId, id: tx.newId(), contact_id: id, field_id: field.id, choice }))
    }),
  )
  if (chosen.length > 0)
    await sql`insert into contact_field_choice select * from jsonb_populate_recordset(null::contact_field_choice, ${JSON.stringify(chosen)}::jsonb)`.execute(
      tx.db,
    )
}
