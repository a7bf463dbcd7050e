import type { ContactChange, ContactId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { ContactChangeRow } from '../fields/field.tables.ts'
import { loadContact } from '../load-contact.ts'

export type ListChanges = {
  readonly contactId: ContactId
  readonly field?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of what changed on a contact, newest first: of all fields, or of one. Throws 404. */
export async function listChanges(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListChanges,
): Promise<{ items: ContactChange[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, wish.contactId)
  const changes = tx.db
    .selectFrom('contact_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contact.id)
    .$if(wish.field !== undefined, (query) => query.where('field', '=', wish.field ?? ''))
  return newestFirst(changes, wish, presentChange)
}

/** A change as the API shows it. */
export const presentChange = (row: Selectable<ContactChangeRow>): ContactChange => ({
  id: row.id,
  field: row.field,
  before: row.before,
  after: row.after,
  at: row.at.toString(),
  by: { kind: row.actor_kind, id: row.actor_id },
  source: row.source,
  restored: row.restored,
  forgotten: row.forgotten,
})
