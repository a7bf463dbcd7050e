import type { ContactId, IntakeAnswers, KitKey, Principal, PublicAttendee, SensitiveKind, ServiceId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { enqueue } from '../../platform/jobs/index.ts'
import {
  type ArrivedContact,
  contactFacts,
  findOrCreateCompanion,
  findOrCreateContact,
  recordTimeline,
  requireVisible,
} from '../contacts/index.ts'
import { agreeOnBookingPage, maskFromOutside, noteDealing, noteMasked, notePlaceOfVisit } from '../privacy/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { claimTime, findTime } from './claim-time.ts'
import { bookingById } from './find-booking.ts'
import { requireOpen, serviceById } from './find-service.ts'
import { checkAnswers, keepAnswers } from './intake/answers.ts'
import { expireHoldJob, tellAboutBooking } from './jobs.ts'
import { announceRequest } from './requests/announce-request.ts'
import { requestAnswerBy } from './requests/request.rules.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { requireVisitorDetails } from './visitor-details.rules.ts'

/** Somebody who may not be a contact yet. */
export type NewPerson = {
  readonly name: string
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly locale?: string | undefined
  readonly zone?: string | undefined
}

export type BookAppointment = {
  readonly serviceId: ServiceId
  /** Only this person; otherwise the fairest free one. */
  readonly staffId?: StaffId | undefined
  readonly start: Temporal.Instant
  readonly who: { readonly contactId: ContactId } | NewPerson
  /** Who comes, where it is not who books. */
  readonly attendeeId?: ContactId | undefined
  /** The same, of somebody whom who books names: her name and what she is to her. */
  readonly attendee?: PublicAttendee | undefined
  readonly note: string | null
  /** The customer's address, where the business comes to her. */
  readonly placeDetail: string | null
  readonly source: BookingRow['source']
  /** Outside of the offered times, never over taken ones. Members only. */
  readonly outsideHours: boolean
  /** The customer is not written to. */
  readonly quiet: boolean
  /** Keeps the time for this long instead of booking it. */
  readonly holdMinutes: number | null
  /** Answers to the questions of the service. A visitor has to give those that are needed. */
  readonly answers?: IntakeAnswers | undefined
  /** What a visitor ticked beside it. Never a condition of booking. */
  readonly agreed?: readonly KitKey[] | undefined
}

/** Books a time, or says whether somebody has it already or it was never offered. Creates or finds the contact, in the same transaction. */
export async function bookAppointment(tx: WorkspaceTx, by: Principal, asked: BookAppointment): Promise<BookingRow> {
  schedulingPolicy.require(by, by.kind === 'visitor' ? 'page.book' : 'bookings.manage')
  const { wish, masked } = fromOutside(by, asked)
  const service = await serviceById(tx, wish.serviceId)
  if (by.kind === 'visitor') requireVisitorDetails(service, wish)
  if (by.kind === 'visitor' || service.archived_at !== null) requireOpen(service)
  if (by.kind === 'visitor' && (wish.outsideHours || wish.holdMinutes !== null)) throw new Refusal('http/not-allowed')

  const answers = await checkAnswers(tx, service.id, wish.answers ?? {}, { complete: by.kind === 'visitor' })

  // People and rooms first, then contacts, then rows: everybody takes locks in this order, so nobody waits in a circle.
  const found = await findTime(tx, { service, start: wish.start, staffId: wish.staffId, outsideHours: wish.outsideHours })
  const { contactId, emailPointId, phonePointId } = await contactOf(tx, by, wish)
  const contact = await contactFacts(tx, contactId)
  if ('contactId' in wish.who) requireVisible(by, { id: contactId, owner_member_id: contact.ownerMemberId })
  const attendeeId = await attendeeOf(tx, by, wish, contactId)
  const id = tx.newId<'booking'>()
  const heldUntil = wish.holdMinutes === null ? null : tx.now.add({ minutes: wish.holdMinutes })
  const answerBy = by.kind === 'visitor' && service.approval ? requestAnswerBy(tx.now, wish.start, service.answer_minutes) : null
  const typed = 'contactId' in wish.who ? undefined : wish.who

  await claimTime(tx, found, async (time) => {
    await tx.db
      .insertInto('booking')
      .values({
        workspace_id: tx.workspaceId,
        id,
        status: heldUntil !== null ? 'held' : answerBy !== null ? 'pending' : 'confirmed',
        service_id: service.id,
        staff_id: time.staffId,
        contact_id: contactId,
        attendee_id: attendeeId,
        contact_point_id: emailPointId,
        booked_as: typed && typed.name !== contact.name ? typed.name : null,
        starts_at: time.start,
        ends_at: time.end,
        busy_from: time.busyFrom,
        busy_until: time.busyUntil,
        zone: time.zone,
        wall_start: wallClock(time.start, time.zone),
        place_kind: service.place_kind,
        place_detail: wish.placeDetail ?? service.place_detail,
        price_minor: service.price_minor,
        currency: service.currency,
        note: wish.note,
        source: wish.source,
        contact_zone: typed?.zone ?? contact.zone,
        contact_locale: typed?.locale ?? contact.locale,
        thread_id: id,
        previous_id: null,
        moved_by: null,
        sequence: 0,
        told_contact: -1,
        told_business: -1,
        quiet: wish.quiet,
        held_until: heldUntil,
        request_state: answerBy === null ? null : 'open',
        answer_by: answerBy,
        cancelled_by: null,
        cancel_reason: null,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
      })
      .execute()
    return { bookingId: id, expiresAt: heldUntil ?? answerBy, result: undefined }
  })

  await noteMasked(tx, by, { contactId, source: 'booking', found: masked })
  await keepAnswers(tx, await bookingById(tx, id), answers)
  if (by.kind === 'visitor' && typed && wish.agreed) {
    const { name: signedName, locale = 'en' } = typed
    await agreeOnBookingPage(tx, by, { contactId, emailPointId, phonePointId, keys: wish.agreed, locale, signedName })
  }

  const booking = await bookingById(tx, id)
  if (heldUntil !== null) {
    await recordTimeline(tx, {
      contactId,
      kind: 'booking.held',
      actor: by,
      subject: { type: 'booking', id },
      summary: { key: 'booking.held', values: { service: service.name, start: booking.starts_at.toString() } },
    })
    await emit(tx, 'booking.held', { bookingId: id, contactId })
    await enqueue(tx, expireHoldJob, { bookingId: id }, { startAfter: heldUntil })
    return booking
  }
  if (answerBy !== null) await announceRequest(tx, by, booking, service.name)
  else await announceBooking(tx, by, booking, service.name)
  return booking
}

/** Card and Social Security numbers that somebody outside typed are masked before anything is kept. What members type they were asked about already. */
function fromOutside(by: Principal, asked: BookAppointment): { readonly wish: BookAppointment; readonly masked: readonly SensitiveKind[] } {
  if (by.kind !== 'visitor' && by.kind !== 'contact_link') return { wish: asked, masked: [] }
  const typed = maskFromOutside({ note: asked.note, placeDetail: asked.placeDetail })
  const who = maskFromOutside(asked.who)
  const answers = maskFromOutside(asked.answers ?? {})
  const attendee = asked.attendee && maskFromOutside(asked.attendee)
  return {
    wish: { ...asked, ...typed.fields, who: who.fields, answers: answers.fields, attendee: attendee?.fields },
    masked: [...new Set([...typed.found, ...who.found, ...answers.found, ...(attendee?.found ?? [])])],
  }
}

/** What follows once a booking stands: timeline, the clock of the inquiry, event, and who is told. */
export async function announceBooking(tx: WorkspaceTx, by: Principal, booking: BookingRow, serviceName: string): Promise<void> {
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind: 'booking.confirmed',
    actor: by,
    subject: { type: 'booking', id: booking.id },
    summary: { key: 'booking.confirmed', values: { service: serviceName, start: booking.starts_at.toString() } },
  })
  if (booking.place_kind === 'at_customer' && booking.place_detail)
    await notePlaceOfVisit(tx, by, { contactId: booking.contact_id, address: booking.place_detail })
  await noteDealing(tx, { contactId: booking.contact_id, kind: 'inquiry', source: { type: 'booking', id: booking.id } })
  await emit(tx, 'booking.confirmed', { bookingId: booking.id, contactId: booking.contact_id })
  await tellAboutBooking(tx, by, booking, 'confirmed')
}

/** The wall clock of an instant, to the minute: `2026-11-22T09:30`. */
export const wallClock = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })

async function attendeeOf(
  tx: WorkspaceTx,
  by: Principal,
  { attendee, attendeeId }: BookAppointment,
  booker: ContactId,
): Promise<ContactId> {
  if (attendee) return findOrCreateCompanion(tx, by, booker, { name: attendee.name, is: attendee.relation })
  return attendeeId === undefined ? booker : (await contactFacts(tx, attendeeId)).contactId
}

async function contactOf(
  tx: WorkspaceTx,
  by: Principal,
  { who }: BookAppointment,
): Promise<Pick<ArrivedContact, 'contactId' | 'emailPointId' | 'phonePointId'>> {
  if ('contactId' in who) return { contactId: who.contactId, emailPointId: null, phonePointId: null }
  return findOrCreateContact(tx, by, { ...who, source: by.kind === 'visitor' ? 'booking' : by.kind === 'api_key' ? 'api' : 'member' })
}
