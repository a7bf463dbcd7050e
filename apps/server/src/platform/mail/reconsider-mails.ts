import type { ContactId, MailId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import { droppedBy, refusedNow, setMail } from './send-mail.ts'

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

/** Drops every mail that a room names and that has not gone out yet, with the reason beside it. */
export async function dropMails(tx: WorkspaceTx, mailIds: readonly MailId[], why: string): Promise<void> {
  if (mailIds.length === 0) return
  const waiting = await tx.db
    .selectFrom('mail')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', mailIds)
    .where('state', 'in', ['queued', 'not_configured'])
    .forUpdate()
    .execute()
  for (const { id } of waiting) await setMail(tx, id, { state: 'dropped', next_attempt_at: null, error: why, error_code: droppedBy.gate })
}

/**
 * What was dropped because the business was being closed waits for a person once it is open again: it may be weeks old, so nothing of it leaves by itself, and nothing of it is lost.
 * Answers how many there are.
 */
export async function bringBackDropped(tx: WorkspaceTx): Promise<number> {
  const dropped = await tx.db
    .selectFrom('mail')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'dropped')
    .where('error_code', '=', droppedBy.closing)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const { id } of dropped)
    await setMail(tx, id, { state: 'not_configured', error: 'Held back while the business was being closed. Send it, or drop it.' })
  return dropped.length
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
    .where('state', 'in', ['queued', 'not_configured'])
    .$if(after !== null, (query) => query.where('id', '>', after as MailId))
    .orderBy('id')
    .limit(atMost)
    .forUpdate()
    .execute()
  for (const mail of waiting) await refusedNow(tx, mail)
  return waiting.at(-1)?.id ?? null
}
