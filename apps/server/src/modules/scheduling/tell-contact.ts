import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { doorAddress, mailSettings } from '../../platform/mail/index.ts'
import { sendEmail } from '../conversations/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingFacts, lastTold } from './booking-facts.ts'
import { bookAgainUrl, bookingToken, managePath } from './booking-link.ts'
import { composeContactMail } from './booking-mail.ts'
import { entryOf } from './calendar-entry.ts'
import { calendarFile, calendarFileName } from './calendar-file.ts'
import { changeableUntil } from './change-deadline.rules.ts'
import { lockBooking } from './find-booking.ts'
import type { BookingNews } from './jobs.ts'
import { isWorthTelling } from './news.rules.ts'
import { ownPagePath } from './own-page/own-page-link.ts'
import { surroundings } from './surroundings.ts'

export type TellContact = { readonly bookingId: BookingId; readonly sequence: number; readonly news: BookingNews }

/** Whether a mail brings or takes an entry of her calendar. */
const isInvitation = (news: BookingNews, { status, request_state: request }: Pick<BookingRow, 'status' | 'request_state'>): boolean =>
  status !== 'pending' && news !== 'refused' && news !== 'lapsed' && request !== 'withdrawn' && request !== 'declined'

/** Writes to the customer about her booking, with the calendar file. Says nothing twice and nothing that is no longer so. */
export async function tellContact(tx: WorkspaceTx, by: Principal, wish: TellContact): Promise<void> {
  const booking = await lockBooking(tx, wish.bookingId)
  const last = await lastTold(tx, booking.thread_id)
  if (!isWorthTelling(wish, booking, last)) return
  const facts = await bookingFacts(tx, booking)
  if (facts.email === null) return
  const { publicUrl, mailAddress } = surroundings.get()
  const origin = publicUrl()
  const manageUrl = `${origin}${managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now))}`
  const mail = composeContactMail({
    news: wish.news,
    business: facts.business,
    booking,
    serviceName: facts.service.name,
    discreet: facts.service.discreet,
    personName: facts.staff.name,
    contactName: facts.name,
    forName: facts.forName,
    tag: facts.tag,
    zone: facts.zone,
    previousStart: wish.news === 'rescheduled' && last && !last.starts_at.equals(booking.starts_at) ? last.starts_at : null,
    changeableUntil: changeableUntil(facts.service, booking, tx.now),
    manageUrl,
    bookAgainUrl: bookAgainUrl(origin, facts),
    ownPageUrl: `${origin}${ownPagePath(tx, booking.contact_id)}`,
  })
  const method = wish.news === 'cancelled' ? 'CANCEL' : 'REQUEST'
  const ics = calendarFile(
    entryOf(facts, {
      now: tx.now,
      manageUrl,
      // Calendars answer to whoever invited: where the inbox takes mail, it is the inbox, so that the answer is heard (calendars/take-calendar-reply.ts).
      organizerEmail:
        doorAddress(mailSettings.get(), tx.keys, { kind: 'inbox', workspaceId: tx.workspaceId }) ?? facts.business.email ?? mailAddress(),
      attendeeEmail: facts.email.address,
    }),
    method,
  )
  await sendEmail(tx, by, {
    contactId: booking.contact_id,
    pointId: facts.email.pointId,
    purpose: 'service',
    about: { type: 'booking', id: booking.id },
    threadId: booking.thread_id,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // A request is no appointment yet, so nobody's calendar says one; what never stood there is not taken out either.
    ...(isInvitation(wish.news, booking) ? { calendar: { method, ics, name: calendarFileName } } : {}),
    fromName: facts.business.name,
  })
  await tx.db
    .updateTable('booking')
    .set({ told_contact: wish.sequence })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
}
