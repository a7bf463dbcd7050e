import type { MailId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** How long what follows a letter waits for it to leave; the page of the case tells her all the same. */
export const waitsAtMost = { hours: 24 } as const
/** How soon it looks again. */
export const looksAgain = { seconds: 30 } as const

/** Whether what was planned after a letter has to wait for it still. */
export async function waitsForLetter(tx: WorkspaceTx, mailId: MailId | null | undefined, since: Temporal.Instant): Promise<boolean> {
  if (!mailId || Temporal.Instant.compare(tx.now, since.add(waitsAtMost)) >= 0) return false
  const mail = await tx.db
    .selectFrom('mail')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mailId)
    .executeTakeFirst()
  return mail?.state === 'queued' || mail?.state === 'sending'
}
