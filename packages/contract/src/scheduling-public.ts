/** What strangers see of a business, and customers of their appointments. */
import { z } from 'zod'
import { idOf } from './ids.ts'
import { BookingStatus } from './scheduling-bookings.ts'
import { IntakeAnswers, IntakeQuestion } from './scheduling-intake.ts'
import { PlaceShown, Slot } from './scheduling-services.ts'
import { Hue } from './scheduling-values.ts'
import { EmailAddress, Instant, Line, Locale, Money, PhoneInput, PlainDate, Slug, Text, Zone } from './values.ts'

const PublicPerson = z.object({ id: idOf('staff'), name: z.string(), hue: Hue })

/** What strangers see of the business. */
export const PublicBusiness = z
  .object({
    name: z.string(),
    slug: Slug,
    zone: Zone,
    address: z.string().nullable(),
    phone: z.string().nullable(),
    website: z.string().nullable(),
    brandColour: z.string().nullable(),
    logoUrl: z.string().nullable(),
  })
  .meta({ id: 'PublicBusiness' })

/** What strangers see of a service. */
export const PublicService = z
  .object({
    slug: Slug,
    name: z.string(),
    description: z.string(),
    durationMinutes: z.int(),
    price: Money.nullable(),
    place: PlaceShown,
    phone: z.enum(['hidden', 'optional', 'required']),
    choosePerson: z.boolean(),
    /** It is asked for: a booking is `pending` until the business says yes. */
    approval: z.boolean(),
    changeNoticeMinutes: z.int(),
    people: z.array(PublicPerson),
    /** What is asked when it is booked. */
    questions: z.array(IntakeQuestion),
  })
  .meta({ id: 'PublicService' })

/** The days asked, in the visitor's zone. A day without slots says why. */
export const PublicDays = z
  .object({
    zone: Zone,
    businessZone: Zone,
    days: z.array(
      z.object({
        date: PlainDate,
        state: z.enum(['open', 'full', 'closed', 'past', 'too_soon', 'too_far']),
        /** Clocks change on this day: by how many minutes, and when. */
        clockChange: z.object({ at: Instant, minutes: z.int() }).nullable(),
        slots: z.array(Slot),
      }),
    ),
    /** The first day after these on which something is free, if any. */
    nextOpen: PlainDate.nullable(),
  })
  .meta({ id: 'PublicDays' })

/** One appointment, as its customer sees it. */
export const PublicBooking = z
  .object({
    status: BookingStatus,
    start: Instant,
    end: Instant,
    zone: Zone,
    businessZone: Zone,
    service: z.object({ slug: Slug, name: z.string(), durationMinutes: z.int() }),
    person: z.string(),
    place: PlaceShown,
    price: Money.nullable(),
    name: z.string(),
    /** Null when it is too late, or over: call instead. */
    changeableUntil: Instant.nullable(),
    manageUrl: z.string(),
    calendarUrl: z.string(),
  })
  .meta({ id: 'PublicBooking' })

/** What a visitor fills in. */
/** What somebody who comes is to the one who books for her. */
export const attendeeRelations = ['child', 'partner', 'parent', 'relative', 'friend', 'colleague'] as const

/** Who comes, where it is not who books: her name and what she is to her, and nothing more. */
export const PublicAttendee = z.strictObject({ name: Line(120), relation: z.enum(attendeeRelations) }).meta({ id: 'PublicAttendee' })
export type PublicAttendee = z.output<typeof PublicAttendee>

export const PublicBookingDraft = z.strictObject({
  start: Instant,
  staffId: idOf('staff').optional(),
  name: Line(120),
  email: EmailAddress,
  phone: PhoneInput.optional(),
  note: Text(2000).optional(),
  /** Her address, where the business comes to her. */
  placeDetail: Line(300).optional(),
  answers: IntakeAnswers.optional(),
  /** Messages about it go to who books. */
  attendee: PublicAttendee.optional(),
  zone: Zone.optional(),
  locale: Locale.optional(),
})
