import type { ContactId, MailId } from '@frontdesk/contract'
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

/**
 * Asks the gate again about the mails of the whole workspace that have not gone out yet, so many at a time and in their order. Answers the last one it asked about; null when none
 * is left.
 */
export async function reconsiderNextMails(tx: WorkspaceTx, after: MailId | null, atMost = 100): Promise<MailId | null> {
  const waiting = await tx.db
    .selectFrom('mail')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('audience', '=', 'contact')
    .where('state', 'in', ['queued', 'not_configured'])
    .$if(after !== null, (query) => query.where('id', '>', after as MailId))
    .orderBy('id')
    .limit(atMost)
    .forUpdate()
    .execute()
  for (const mail of waiting) await refusedNow(tx, mail)
  return waiting.at(-1)?.id ?? null
}
