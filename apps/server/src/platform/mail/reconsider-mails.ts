import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import { refusedNow } from './send-mail.ts'

/**
 * Asks the gate again about every mail to this contact that has not gone out yet, because something changed that it was allowed by. What is refused now is dropped, and stands in
 * the outbox with the reason. A mail that is being handed over at this moment cannot be called back. Answers how many were dropped.
 */
export async function reconsiderMails(tx: WorkspaceTx, contactId: ContactId): Promise<number> {
  const waiting = await tx.db
    .selectFrom('mail')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      sql<boolean>`contact_id in (select contact.id from contact where contact.workspace_id = ${tx.workspaceId} and ${contactId}::uuid in (contact.id, contact.merged_into))`,
    )
    .where('state', 'in', ['queued', 'not_configured'])
    .orderBy('id')
    .forUpdate()
    .execute()
  let dropped = 0
  for (const mail of waiting) if (await refusedNow(tx, mail)) dropped += 1
  return dropped
}
