/** Bookings and time off, as members see them. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { IntakeAnswers } from './scheduling-intake.ts'
import { BookedResource } from './scheduling-resources.ts'
import { PlaceShown, Slot } from './scheduling-services.ts'
import { Hue, NewContact, notify, outsideHours } from './scheduling-values.ts'
import { Instant, Line, Locale, Money, Text, Zone } from './values.ts'

/** `held` waits for somebody to finish, `pending` was asked for on the page and waits for the team, `rescheduled` lives on in a new booking that points back, `expired` was a hold, or a request that nobody answered. */
export const BookingStatus = z
  .enum(['held', 'pending', 'confirmed', 'rescheduled', 'cancelled', 'expired', 'attended', 'no_show'])
  .meta({ id: 'BookingStatus' })
export type BookingStatus = z.infer<typeof BookingStatus>

/** Who changed a booking: the customer by her link, somebody on the team, another program by its API key, the operator of the server inside a grant, or Frontdesk by itself. */
export const BookingActor = z.enum(['contact', 'member', 'api', 'operator', 'system']).meta({ id: 'BookingActor' })
export type BookingActor = z.infer<typeof BookingActor>

/** What became of a request; `withdrawn` by the customer. */
export const BookingRequestState = z.enum(['open', 'approved', 'declined', 'expired', 'withdrawn']).meta({ id: 'BookingRequestState' })
export type BookingRequestState = z.infer<typeof BookingRequestState>

/** One appointment, as members see it. */
export const Booking = z
  .object({
    id: idOf('booking'),
    status: BookingStatus,
    start: Instant,
    end: Instant,
    /** With the buffers: what nobody else can have. */
    busyFrom: Instant,
    busyUntil: Instant,
    /** The business's zone and wall clock when it was booked: `2026-11-22T09:30`. */
    zone: Zone,
    wallStart: z.string(),
    service: z.object({ id: idOf('service'), name: z.string(), hue: Hue }),
    staff: z.object({ id: idOf('staff'), name: z.string(), hue: Hue }),
    /** The rooms and devices it has. */
    resources: z.array(BookedResource),
    /** Who booked. */
    contact: z.object({ id: idOf('contact'), name: z.string() }),
    /** The name typed on the booking page, where it is not the contact's. */
    bookedAs: z.string().nullable(),
    /** Who comes; the same person unless said otherwise. */
    attendee: z.object({ id: idOf('contact'), name: z.string() }),
    place: PlaceShown,
    price: Money.nullable(),
    note: z.string().nullable(),
    source: z.enum(['page', 'member', 'api', 'operator']),
    /** The customer's own zone and language, for what is written to her. */
    contactZone: Zone.nullable(),
    contactLocale: Locale.nullable(),
    previousBookingId: idOf('booking').nullable(),
    /** Who moved the booking before this one; null where none was, and for moves before this was noted. */
    movedBy: BookingActor.nullable(),
    heldUntil: Instant.nullable(),
    /** Where it had to be asked for: how that stands, and until when it is to be answered. */
    request: z.object({ state: BookingRequestState, answerBy: Instant }).nullable(),
    cancelledBy: BookingActor.nullable(),
    cancelReason: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Booking' })
export type Booking = z.infer<typeof Booking>

export const BookingDraft = z
  .strictObject({
    serviceId: idOf('service'),
    /** Left out: the fairest free person. */
    staffId: idOf('staff').optional(),
    start: Instant,
    contactId: idOf('contact').optional(),
    contact: NewContact.optional(),
    attendeeId: idOf('contact').optional(),
    note: Text(2000).nullable().default(null),
    placeDetail: Line(300).nullable().default(null),
    answers: IntakeAnswers.default({}),
    notify,
    outsideHours,
    /** Keeps the time for this long without booking it; nobody is written to until it is confirmed. */
    holdMinutes: z.int().min(1).max(1440).nullable().default(null),
  })
  .refine((draft) => (draft.contactId === undefined) !== (draft.contact === undefined), {
    path: ['contactId'],
    message: 'Give either contactId or contact.',
  })

/** Facts of `scheduling/slot-taken` and `scheduling/slot-not-offered`: what can be had instead, asked after the refusal. */
export const SlotRefusalFacts = z.object({ wanted: Instant, alternatives: z.array(Slot) })

/** Time in which a person, a room or a device (or, without any of them, nobody) can be booked. */
export const TimeOff = z
  .object({
    id: z.uuid(),
    staffId: idOf('staff').nullable(),
    resourceId: idOf('resource').nullable(),
    start: Instant,
    end: Instant,
    label: z.string().nullable(),
    createdAt: Instant,
    version: z.int(),
    /** Bookings that stand in it; they stay until somebody moves them. */
    bookingIds: z.array(idOf('booking')),
  })
  .meta({ id: 'TimeOff' })
