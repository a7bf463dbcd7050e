import type { Permit } from '@frontdesk/contact-rules'
import type { ContactId, MailId, MemberId, NewsKind, PermitId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../database/index.ts'
import { emit } from '../events/index.ts'
import { enqueue } from '../jobs/index.ts'
import { replyAddress } from './address-token.ts'
import { composeMail, type Mailbox, type MailContent } from './compose-mail.ts'
import type { MailRow } from './mail.tables.ts'
import { mayReachMember } from './ports.ts'
import { sealRaw } from './raw-mail.ts'
import { sendMailJob } from './send-mail.ts'
import { domainOf, mailSettings } from './settings.ts'
import { isTestWorkspace } from './test-workspace.ts'

export type ContactMail = MailContent & {
  /** The mail's id, where the caller made it already to mark the permit as used. */
  readonly id?: MailId
  readonly to: Mailbox
  /** The name of the business, as the recipient sees it. */
  readonly fromName: string
  /** The business's own address, for answers where none come in here. */
  readonly answersTo?: string | undefined
}

export type MemberMail = InsideMail & {
  readonly memberId: MemberId
  /** What it tells: what she settled about that decides whether it is written. */
  readonly news: NewsKind
}

/** A mail to somebody who is invited and no member. */
export type InvitedMail = InsideMail & { readonly memberId: null }

type InsideMail = MailContent & {
  readonly to: Mailbox
  /** The contact it tells of. Once she is erased it goes with her. */
  readonly aboutContactId?: ContactId
  readonly fromName?: string
  /** Holds a personal link, such as an invitation: the outbox shows its words to owners alone. */
  readonly confidential?: boolean
}

/** Queues a mail to a contact, in the caller's transaction. Takes the gate's permit; one permit carries one mail. Answers come back under the mail's address token. */
export async function mailContact(tx: WorkspaceTx, permit: Permit, mail: ContactMail): Promise<MailId> {
  if (permit.workspaceId !== tx.workspaceId || permit.channel !== 'email')
    throw new Error('This permit is not for a mail of this workspace.')
  return queue(
    tx,
    { ...mail, id: mail.id ?? tx.newId() },
    {
      audience: 'contact',
      news: null,
      contact_id: permit.contactId as ContactId,
      member_id: null,
      about_contact_id: null,
      permit_id: permit.id as PermitId,
      confidential: false,
    },
  )
}

/**
 * Queues a mail to somebody who works in the workspace, in the caller's transaction. Null where she is not written to: she settled so, or her account or the workspace is at rest. That is no
 * refusal that anybody has to see.
 */
export async function mailMember(tx: WorkspaceTx, mail: InvitedMail): Promise<MailId>
export async function mailMember(tx: WorkspaceTx, mail: MemberMail): Promise<MailId | null>
export async function mailMember(tx: WorkspaceTx, mail: MemberMail | InvitedMail): Promise<MailId | null> {
  const news = mail.memberId === null ? null : mail.news
  if (mail.memberId !== null && !(await mayReachMember(tx, mail)).allowed) return null
  return queue(
    tx,
    { ...mail, id: tx.newId(), fromName: mail.fromName ?? '' },
    {
      audience: 'member',
      news,
      contact_id: null,
      member_id: mail.memberId,
      about_contact_id: mail.aboutContactId ?? null,
      permit_id: null,
      confidential: mail.confidential ?? false,
    },
  )
}

type Addressee = Pick<MailRow, 'audience' | 'news' | 'contact_id' | 'member_id' | 'about_contact_id' | 'permit_id' | 'confidential'>

async function queue(
  tx: WorkspaceTx,
  mail: MailContent & { readonly id: MailId; readonly to: Mailbox; readonly fromName: string; readonly answersTo?: string | undefined },
  addressee: Addressee,
): Promise<MailId> {
  const settings = mailSettings.get()
  const name = mail.fromName === '' ? settings.from.name : mail.fromName
  // Only contacts answer into a conversation; what a member answers goes to the operator's address.
  const replyTo = addressee.audience === 'contact' ? (replyAddress(settings, tx.keys, mail.id) ?? mail.answersTo) : undefined
  const raw = await composeMail({
    ...mail,
    domain: domainOf(settings.from.address),
    from: { name, address: settings.from.address },
    ...(replyTo === undefined ? {} : { replyTo: { name, address: replyTo } }),
    date: tx.now,
  })
  const leaves = settings.smtpUrl !== undefined && !(await isTestWorkspace(tx))
  await tx.db
    .insertInto('mail')
    .values({
      workspace_id: tx.workspaceId,
      id: mail.id,
      ...addressee,
      from_address: settings.from.address,
      to_address: mail.to.address,
      subject: mail.subject,
      state: leaves ? 'queued' : 'not_configured',
      attempts: 0,
      next_attempt_at: null,
      error: null,
      error_code: null,
      bounce_kind: null,
      raw: sealRaw(tx, 'mail', mail.id, raw),
      size: raw.length,
      created_at: tx.now,
      attempted_at: null,
      sent_at: null,
    })
    .execute()
  if (leaves) await enqueue(tx, sendMailJob, { mailId: mail.id })
  await emit(tx, 'mail.changed', { mailId: mail.id })
  return mail.id
}
