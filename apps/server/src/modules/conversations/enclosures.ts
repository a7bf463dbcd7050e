import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { definePortList } from '../../platform/events/index.ts'
import type { MailArrival } from '../../platform/mail/index.ts'

/** A mail that came in, for whoever understands what hangs on it. */
export type EnclosedMail = Pick<MailArrival, 'from' | 'attachments'>

/**
 * Rooms that understand what hangs on a mail besides its words, such as a calendar's answer to an invitation. Asked in the transaction that takes the mail; says whether it was something
 * of theirs. What a mail says is nothing to throw about.
 */
export const mailEnclosures = definePortList<{ take(tx: WorkspaceTx, by: Principal, mail: EnclosedMail): Promise<boolean> }>(
  'conversations.enclosures',
)

/** Hands a mail to all of them. */
export async function takeEnclosures(tx: WorkspaceTx, by: Principal, mail: EnclosedMail): Promise<boolean> {
  let theirs = false
  if (mail.attachments.length === 0) return theirs
  for (const room of mailEnclosures.all()) theirs = (await room.take(tx, by, mail)) || theirs
  return theirs
}
