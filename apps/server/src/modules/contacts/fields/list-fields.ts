import type { ContactField, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { ContactFieldRow } from './field.tables.ts'

export type FieldRow = Selectable<ContactFieldRow>

/** The own fields of contacts, in their order; archived ones at the end. */
export async function listFields(tx: WorkspaceTx, by: Principal): Promise<ContactField[]> {
  contactsPolicy.require(by, 'contact_fields.read')
  const fields = await readFields(tx)
  return [...fields.filter(({ archived_at }) => archived_at === null), ...fields.filter(({ archived_at }) => archived_at !== null)].map(
    presentField,
  )
}

/** Every field, archived ones too, in their order. */
export const readFields = (tx: WorkspaceTx): Promise<FieldRow[]> =>
  tx.db.selectFrom('contact_field').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('position').orderBy('id').execute()

/** Those in use. */
export const fieldsInUse = async (tx: WorkspaceTx): Promise<FieldRow[]> =>
  (await readFields(tx)).filter(({ archived_at }) => archived_at === null)

/** A field, held until the transaction ends. Throws 404. */
export async function lockField(tx: WorkspaceTx, fieldId: string): Promise<FieldRow> {
  const row = await tx.db
    .selectFrom('contact_field')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', fieldId)
    .forUpdate()
    .executeTakeFirst()
  if (row) return row
  throw new Refusal('http/not-found', { detail: 'There is no such field.' })
}

/** A field as the API shows it. */
export const presentField = (row: FieldRow): ContactField => ({
  id: row.id,
  version: row.version,
  key: row.key,
  label: row.label,
  type: row.type,
  category: row.category,
  group: row.group_label,
  required: row.required,
  filter: row.filter,
  choices: row.choices.map(({ key, label, hue, archived }) => ({ key, label, hue, archived })),
  currency: row.currency,
  createdAt: row.created_at.toString(),
  archivedAt: row.archived_at?.toString() ?? null,
})
