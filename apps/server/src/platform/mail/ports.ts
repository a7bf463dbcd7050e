import type { Permit } from '@frontdesk/contact-rules'
import type { ContactId, MailId, MemberId, NewsKind, PermitId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'
import { definePort, definePortList } from '../events/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { MailAttachment } from './compose-mail.ts'

/** A mail to a contact that is about to be tried again, some time after its permit was given. */
export type WaitingMail = { readonly mailId: MailId; readonly contactId: ContactId; readonly permitId: PermitId }

/**
 * Asks the gate once more about a mail that waited: what was allowed yesterday may not be today. Filled by the privacy room. A yes comes with a new permit, marked used
 * by this mail; a no with one sentence for the outbox. `closing`: it is
 * only because the business is being closed, so that a person decides about it should the business open again.
 */
export const mailGate = definePort<{
  askAgain(
    tx: WorkspaceTx,
    mail: WaitingMail,
  ): Promise<
    { readonly allowed: true; readonly permit: Permit } | { readonly allowed: false; readonly why: string; readonly closing: boolean }
  >
}>('mail.gate')

/** Whether a member is written to about something. */
export type MemberAnswer = { readonly allowed: true } | { readonly allowed: false; readonly why: string; readonly closing: boolean }

/**
 * Says whether a member may be written to about something: by the state of her account and of the workspace, and by what she settled. Asked before a mail to a member is queued and again
 * before it leaves; the first no decides. Filled by the accounts room.
 */
export const memberMailGates = definePortList<{
  mayReach(tx: WorkspaceTx, to: { readonly memberId: MemberId; readonly news: NewsKind }): Promise<MemberAnswer>
}>('mail.member-gates')

/** The same, asked of all of them. */
export async function mayReachMember(tx: WorkspaceTx, to: { readonly memberId: MemberId; readonly news: NewsKind }): Promise<MemberAnswer> {
  for (const gate of memberMailGates.all()) {
    const answer = await gate.mayReach(tx, to)
    if (!answer.allowed) return answer
  }
  return { allowed: true }
}

/** A mail that answers one of ours, read. */
export type MailArrival = {
  readonly inboundId: string
  /** The mail of ours it answers. */
  readonly mailId: MailId
  /** `automatic`: a program wrote it, so nobody waits for an answer. `complaint`: she told her provider that our mail is spam. */
  readonly kind: 'answer' | 'automatic' | 'complaint'
  /** Message-ID with angle brackets; null where the sender gave none. */
  readonly messageId: string | null
  /** The same for the same mail, however it reached us. */
  readonly externalId: string
  readonly from: { readonly name: string; readonly address: string } | null
  readonly subject: string
  readonly text: string
  readonly quoted: string | null
  readonly attachments: readonly MailAttachment[]
}

/** A mail of a person to an address of the workspace itself, read: to its privacy office, or to its inbox. */
export type OfficeMail = Omit<MailArrival, 'mailId' | 'kind'> & {
  /** A program wrote it; only the inbox gets such a mail, and only with a calendar file on it. */
  readonly automatic: boolean
}

/** Takes mails to the privacy office. Filled by the privacy room, by the same rule as `mailArrivals`. */
export const officeMails = definePort<{
  receive(context: JobContext, arrival: OfficeMail, done: (tx: WorkspaceTx) => Promise<boolean>): Promise<void>
}>('mail.office')

/** Takes mails to the inbox, which answer nothing of ours. Filled by the conversations room, by the same rule as `mailArrivals`. */
export const inboxMails = definePort<{
  receive(context: JobContext, arrival: OfficeMail, done: (tx: WorkspaceTx) => Promise<boolean>): Promise<void>
}>('mail.inbox')

/**
 * Takes answers into conversations. Filled by the conversations room, which opens its own transaction and calls `done` in it; an arrival that comes again finds `done`
 * answering false, and must then change nothing.
 */
export const mailArrivals = definePort<{
  receive(context: JobContext, arrival: MailArrival, done: (tx: WorkspaceTx) => Promise<boolean>): Promise<void>
}>('mail.arrivals')
