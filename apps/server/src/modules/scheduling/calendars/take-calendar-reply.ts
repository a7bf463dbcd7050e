import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { normalizeAddress } from '../../../platform/mail/index.ts'
import { contactFacts, recordTimeline } from '../../contacts/index.ts'
import type { EnclosedMail } from '../../conversations/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { lastTold } from '../booking-facts.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import { latestOfThread, lockBooking } from '../find-booking.ts'
import { serviceById } from '../find-service.ts'
import { type CalendarReply, readCalendarReply } from './calendar-reply.rules.ts'

/**
 * Takes a calendar's answer to an invitation. A "no" is what her link's cancel button is, with the same deadline of the service: in time the booking is cancelled, later it stands, and the business
 * sees on her timeline that she declined. A "yes" and a "maybe" are noted. Only the customer's own address answers for her; says whether it was such an answer.
 */
export async function takeCalendarReply(tx: WorkspaceTx, _by: Principal, mail: EnclosedMail): Promise<boolean> {
  const reply = replyIn(mail)
  if (!reply || !mail.from) return false
  const found = await latestOfThread(tx, reply.threadId as BookingId)
  if (!found || !(await isHers(tx, found, mail.from.address))) return false
  const booking = await lockBooking(tx, found.id)
  if (await isOutdated(tx, reply, booking)) return true
  const contact = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: booking.contact_id, bookingId: booking.id } as const
  const service = await serviceById(tx, booking.service_id)
  if (reply.answer === 'declined' && changeableUntil(service, booking, tx.now) !== null) {
    await cancelBooking(tx, contact, { bookingId: booking.id, reason: null, quiet: false })
    return true
  }
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind: `booking.${reply.answer}`,
    actor: contact,
    subject: { type: 'booking', id: booking.id },
    summary: { key: `booking.${reply.answer}`, values: { service: service.name, start: booking.starts_at.toString() } },
  })
  return true
}

/** Programs send the same answer twice, as a part of the mail and as a file on it. */
function replyIn({ attachments }: EnclosedMail): CalendarReply | undefined {
  for (const { type, bytes } of attachments) {
    if (!/^(text\/calendar|application\/ics)\b/i.test(type)) continue
    const reply = readCalendarReply(new TextDecoder().decode(bytes))
    if (reply) return reply
  }
  return undefined
}

async function isHers(tx: WorkspaceTx, booking: BookingRow, address: string): Promise<boolean> {
  const { points } = await contactFacts(tx, booking.contact_id)
  const value = normalizeAddress(address)
  return points.some((point) => point.kind === 'email' && point.value === value)
}

/** Cancelled, over or moved since: an answer to an earlier invitation says nothing about the time it has now (RFC 5546 §2.1.5). */
async function isOutdated(tx: WorkspaceTx, { sequence }: CalendarReply, booking: BookingRow): Promise<boolean> {
  if (booking.status !== 'confirmed' && booking.status !== 'pending') return true
  if (sequence === null) return false
  const told = await lastTold(tx, booking.thread_id)
  return told !== undefined && sequence < told.told_contact
}
