import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { contactsPolicy } from './contacts.policy.ts'
import { recordChanges } from './history/record-changes.ts'
import { lockContact } from './lock-contact.ts'
import { recordTimeline } from './record-timeline.ts'

/** Puts a contact out of sight. Nothing is erased; `restoreContact` undoes it. Archiving twice does nothing more. */
export async function archiveContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<void> {
  contactsPolicy.require(by, 'contacts.write')
  const contact = await lockContact(tx, by, contactId)
  if (contact.archived_at !== null) return
  await setArchived(tx, by, contactId, contact.version + 1, tx.now)
}

/** Brings an archived contact back. */
export async function restoreContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<void> {
  contactsPolicy.require(by, 'contacts.write')
  await bringBack(tx, by, contactId)
}

/** The same without asking who may: an archived contact also comes back by herself, when she books or writes again. */
export async function bringBack(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<void> {
  const contact = await lockContact(tx, by, contactId)
  if (contact.archived_at === null) return
  await setArchived(tx, by, contactId, contact.version + 1, null)
}

async function setArchived(
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
  version: number,
  at: Temporal.Instant | null,
): Promise<void> {
  await tx.db
    .updateTable('contact')
    .set({ archived_at: at, updated_at: tx.now, version })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .execute()
  const [before, after] = [at === null, at !== null]
  await recordChanges(tx, by, { contactId, version, changes: [{ field: 'archived', before, after }] })
  await recordTimeline(tx, {
    contactId,
    kind: at === null ? 'contact.restored' : 'contact.archived',
    actor: by,
    subject: { type: 'contact', id: contactId },
    summary: { key: at === null ? 'contact_restored' : 'contact_archived', values: {} },
  })
  await emit(tx, 'contact.changed', { contactId })
}
