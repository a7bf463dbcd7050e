import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { WaitingMail } from '../../../platform/mail/index.ts'
import { whyNot } from './reason-sentences.ts'
import { requestPermit } from './request-permit.ts'
import { usePermit } from './use-permit.ts'

/** Asks the gate once more about a mail that waited. A yes brings a new permit in the place of the old one. */
export async function askAgain(tx: WorkspaceTx, mail: WaitingMail) {
  const before = await tx.db
    .selectFrom('permit')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mail.permitId)
    .executeTakeFirst()
  if (!before || before.channel === 'call')
    return { allowed: false, why: 'Not sent, because the permit it hung on is gone.', closing: false } as const
  // The mail has not gone out: what it was allowed by must not count as one more that reached her.
  await tx.db
    .updateTable('permit')
    .set({ used_by: null, used_at: null, expires_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .execute()
  const answer = await requestPermit(tx, {
    contactId: before.contact_id,
    channel: before.channel,
    purpose: before.purpose,
    about: { type: before.about_type, id: before.about_id },
    sendId: mail.mailId,
    ...(before.writer === null ? {} : { writer: before.writer }),
    ...(before.point_id === null ? {} : { pointId: before.point_id }),
  })
  if (!answer.allowed) {
    const closing = answer.reasons.some(({ code }) => code === 'business_closing')
    return { allowed: false, why: whyNot(answer.reasons), closing } as const
  }
  await tx.db
    .updateTable('permit')
    .set({ superseded_by: answer.decisionId })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .execute()
  await usePermit(tx, answer.permit, { sendId: mail.mailId, contactId: answer.contact.contactId, channel: before.channel })
  return { allowed: true, permit: answer.permit } as const
}
