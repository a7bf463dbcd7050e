import { type Purpose, purposeOf, type Reason, type Subject } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, ConversationId, MailId, MessageId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorOf } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { type CalendarPart, type MailAttachment, mailContact, mailSettings, messageIdOf } from '../../platform/mail/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { requestPermit, usePermit, whyNot } from '../privacy/index.ts'
import type { ConversationRow, MessageRow } from './conversations.tables.ts'
import { withIdentity, withStopFooter } from './mail-footer.ts'
import { conversationAbout, lockConversation } from './open-conversation.ts'
import { noteAttachments, tellOfChange, writeMessage } from './write-message.ts'

/** A mail to a contact, as another room wishes it. */
export type SendEmail = {
  readonly contactId: ContactId
  /** What it hangs on; the purpose follows from it. */
  readonly about: Subject
  readonly purpose?: Purpose
  /** Mails of one thread are one conversation; that of `about` unless given. An appointment that moves gets another id, and stays one thread. */
  readonly threadId?: string | undefined
  /** The address to use; the preferred one unless given. */
  readonly pointId?: ContactPointId | undefined
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly calendar?: CalendarPart | undefined
  readonly attachments?: readonly MailAttachment[] | undefined
  /** The name of the business, as the recipient sees it; the workspace's unless given. */
  readonly fromName?: string | undefined
}

export type SentEmail =
  | { readonly sent: true; readonly messageId: MessageId; readonly mailId: MailId; readonly conversationId: ConversationId }
  | {
      readonly sent: false
      readonly messageId: MessageId
      readonly conversationId: ConversationId
      readonly reasons: readonly Reason[]
      readonly nextMoment: Temporal.Instant | null
      readonly remedy: string | null
    }

const LONGEST_THREAD = 10

/**
 * Sends a mail to a contact, in the caller's transaction: asks the gate, writes the message into its conversation and on the timeline, queues the mail. A refusal is
 * kept as a message that failed, with its reasons, so that nothing that was to be said is lost. Throws 404 for a contact that is not there.
 */
export async function sendEmail(tx: WorkspaceTx, by: Principal, wish: SendEmail): Promise<SentEmail> {
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, {
    contactId: wish.contactId,
    channel: 'email',
    purpose: wish.purpose ?? purposeOf[wish.about.type],
    about: wish.about,
    pointId: wish.pointId,
    writer: by.kind === 'member' ? 'person' : 'machine',
    sendId: mailId,
  })
  const conversation = await conversationFor(tx, answer.contact.contactId, wish)
  const messageId = tx.newId<'message'>()
  const message = {
    ...authorOf(by),
    id: messageId,
    direction: 'out',
    purpose: wish.purpose ?? purposeOf[wish.about.type],
    subject: wish.subject,
    body: wish.text,
    quoted: null,
    automatic: by.kind !== 'member',
    permit_id: answer.decisionId,
    inbound_id: null,
  } as const
  const told = { messageId, conversationId: conversation.id, contactId: conversation.contact_id }

  if (!answer.allowed) {
    const { reasons, nextMoment, remedy } = answer
    const words = whyNot(reasons)
    await writeMessage(tx, conversation, {
      ...message,
      external_id: null,
      reference_id: null,
      address: null,
      delivery: 'failed',
      delivery_error: words,
      mail_id: null,
    })
    await remember(tx, by, told, 'message.refused', {
      subject: wish.subject,
      reasons: reasons
        .filter(({ effect }) => effect !== 'notes')
        .map(({ code }) => code)
        .join(' '),
    })
    await emit(tx, 'message.refused', told)
    await tellOfChange(tx, conversation)
    return { sent: false, messageId, conversationId: conversation.id, reasons, nextMoment, remedy }
  }

  const { permit, address, contact } = answer
  const business = await workspaceFacts(tx)
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  const body = { text: wish.text, html: wish.html }
  const facts = { contactId: contact.contactId, business, locale: contact.locale ?? business.locale }
  const { text, html, unsubscribeUrl } =
    permit.pointId === null || permit.purpose === 'reply' || permit.purpose === 'legal'
      ? withIdentity(tx, body, facts)
      : withStopFooter(tx, body, { ...facts, purpose: permit.purpose, pointId: permit.pointId as ContactPointId })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: wish.fromName ?? business.name,
    answersTo: business.email ?? undefined,
    subject: wish.subject,
    text,
    html,
    calendar: wish.calendar,
    attachments: wish.attachments,
    automatic: message.automatic,
    unsubscribeUrl,
    references: await threadOf(tx, conversation.id),
  })
  const messageReference = messageIdOf(mailId, domainOfSender())
  await writeMessage(tx, conversation, {
    ...message,
    external_id: messageReference,
    reference_id: messageReference,
    address,
    delivery: 'permitted',
    delivery_error: null,
    mail_id: mailId,
  })
  await noteAttachments(tx, messageId, sentFiles(wish))
  await remember(tx, by, told, 'message.queued', { subject: wish.subject })
  await emit(tx, 'message.queued', told)
  await tellOfChange(tx, conversation)
  return { sent: true, messageId, mailId, conversationId: conversation.id }
}

const domainOfSender = (): string => {
  const { address } = mailSettings.get().from
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

async function conversationFor(tx: WorkspaceTx, contactId: ContactId, wish: SendEmail): Promise<Selectable<ConversationRow>> {
  const { about, subject, threadId = about.id } = wish
  if (about.type !== 'conversation') return conversationAbout(tx, contactId, { type: about.type, id: threadId }, subject)
  const conversation = await lockConversation(tx, about.id as ConversationId)
  const isHers = conversation?.contact_id === contactId || conversation?.contact_id === wish.contactId
  return conversation && isHers ? conversation : conversationAbout(tx, contactId, about, subject)
}

function authorOf(by: Principal): Pick<MessageRow, 'author_kind' | 'author_id'> {
  const { type, id } = actorOf(by)
  if (type === 'member' || type === 'api_key' || type === 'operator') return { author_kind: type, author_id: id }
  return { author_kind: 'system', author_id: id === '' ? null : id }
}

/** The Message-IDs of the latest messages, oldest first, so that mail programs show one thread. */
async function threadOf(tx: WorkspaceTx, conversationId: ConversationId): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('message')
    .select('reference_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('reference_id', 'is not', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LONGEST_THREAD)
    .execute()
  return rows.flatMap(({ reference_id }) => reference_id ?? []).reverse()
}

const sentFiles = ({ calendar, attachments = [] }: SendEmail) => [
  ...(calendar ? [{ fileId: null, name: calendar.name, type: 'text/calendar', size: Buffer.byteLength(calendar.ics) }] : []),
  ...attachments.map(({ name, type, bytes }) => ({ fileId: null, name, type, size: bytes.length })),
]

async function remember(
  tx: WorkspaceTx,
  by: Principal,
  { messageId, contactId }: { readonly messageId: MessageId; readonly contactId: ContactId },
  kind: 'message.queued' | 'message.refused',
  values: Readonly<Record<string, string>>,
): Promise<void> {
  await recordTimeline(tx, {
    contactId,
    kind,
    actor: by,
    subject: { type: 'message', id: messageId },
    summary: { key: kind.replace('.', '_'), values: { channel: 'email', ...values } },
  })
}
