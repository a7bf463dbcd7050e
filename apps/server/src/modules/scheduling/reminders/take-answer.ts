import type { BookingId, ConversationId, MessageId, Principal } from '@frontdesk/contract'
import { formats } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit, subscribe } from '../../../platform/events/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { changeStatus, loadConversation, sendEmail } from '../../conversations/index.ts'
import { type BookingFacts, bookingFacts } from '../booking-facts.ts'
import { bookingToken, managePath } from '../booking-link.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import { surroundings } from '../surroundings.ts'
import { heldBooking } from './plan-reminders.ts'
import { type ReadAnswer, readAnswer } from './reminder.rules.ts'
import { reminderTranslator } from './reminder.words.ts'

/** Reads what comes back to reminders: C confirms, R asks for another time. */
export const readAnswers = subscribe('message.received', {
  name: 'scheduling.read-answer',
  run: async (context, { payload }) => {
    await context.inWorkspace((tx) => takeAnswerByMail(tx, payload.messageId as MessageId))
  },
})

/** An answer by mail to a reminder before an appointment. Anything else, and what says neither C nor R, is left to a person. */
async function takeAnswerByMail(tx: WorkspaceTx, messageId: MessageId): Promise<void> {
  const found = await tx.db
    .selectFrom('message')
    .innerJoin('inbound_mail', (join) =>
      join.onRef('inbound_mail.workspace_id', '=', 'message.workspace_id').onRef('inbound_mail.id', '=', 'message.inbound_id'),
    )
    .innerJoin('message as asked', (join) =>
      join.onRef('asked.workspace_id', '=', 'message.workspace_id').onRef('asked.mail_id', '=', 'inbound_mail.mail_id'),
    )
    .innerJoin('reminder', (join) =>
      join.onRef('reminder.workspace_id', '=', 'message.workspace_id').onRef('reminder.message_id', '=', 'asked.id'),
    )
    .select(['message.body', 'message.conversation_id', 'message.contact_id', 'reminder.id as reminderId', 'reminder.booking_id'])
    .where('message.workspace_id', '=', tx.workspaceId)
    .where('message.id', '=', messageId)
    .where('message.automatic', '=', false)
    .where('reminder.moment', '=', 'before')
    .executeTakeFirst()
  const said = found && readAnswer(found.body)
  if (!said) return
  await takeAnswer(tx, { ...said, reminderId: found.reminderId, bookingId: found.booking_id, conversationId: found.conversation_id })
}

export type TakeAnswer = ReadAnswer & {
  readonly reminderId: string
  readonly bookingId: BookingId
  /** Where she wrote it, and where she is answered. */
  readonly conversationId: ConversationId
}

/**
 * Notes that she comes, or sends her the link with which she chooses another time. Of an appointment that was moved, cancelled or is over nothing is noted: what she means then a person has to
 * read. A conversation in which nothing is left to do is closed.
 */
export async function takeAnswer(tx: WorkspaceTx, { reminderId, bookingId, conversationId, answer, alone }: TakeAnswer): Promise<void> {
  const booking = await heldBooking(tx, bookingId)
  if (booking?.status !== 'confirmed' || Temporal.Instant.compare(booking.starts_at, tx.now) <= 0) return
  const facts = await bookingFacts(tx, booking)
  const her: Principal = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: booking.contact_id }
  await tx.db
    .updateTable('reminder')
    .set({ answer, answered_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', reminderId)
    .execute()
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind: 'reminder.answered',
    actor: her,
    subject: { type: 'booking', id: booking.id },
    summary: {
      key: answer === 'confirmed' ? 'reminder.confirmed' : 'reminder.move_asked',
      values: { service: facts.service.name, start: booking.starts_at.toString() },
    },
  })
  await emit(tx, 'reminder.answered', { reminderId, bookingId: booking.id, contactId: booking.contact_id, state: answer })
  const done = answer === 'confirmed' || (await sendLink(tx, facts, conversationId))
  if (done && alone) await close(tx, conversationId)
}

const us = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.read-answer' })

/** Answers with the link under which she moves it herself. False where it is too late for that, or where she may not be written to: somebody has to see to it. */
async function sendLink(
  tx: WorkspaceTx,
  { booking, business, service, name, tag, zone, email }: BookingFacts,
  conversationId: ConversationId,
) {
  const t = reminderTranslator(tag)
  const inTime = changeableUntil(service, booking, tx.now) !== null
  const said = {
    name,
    business: business.name,
    date: formats(tag, zone).weekdayDateTime(booking.starts_at),
    link: `${surroundings.get().publicUrl()}${managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now))}`,
  }
  const { sent } = await sendEmail(tx, us(tx), {
    contactId: booking.contact_id,
    ...(email ? { pointId: email.pointId } : {}),
    about: { type: 'conversation', id: conversationId },
    subject: t('moveSubject', said),
    text: `${t(inTime ? 'moveBody' : 'moveTooLate', said)}\n`,
    fromName: business.name,
  })
  return inTime && sent
}

async function close(tx: WorkspaceTx, conversationId: ConversationId): Promise<void> {
  const { version } = await loadConversation(tx, us(tx), conversationId)
  await changeStatus(tx, us(tx), { conversationId, version, status: 'resolved' })
}
