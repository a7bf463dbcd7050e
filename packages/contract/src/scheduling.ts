import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import {
  EmailAddress,
  Instant,
  Line,
  Locale,
  Money,
  PageQuery,
  PhoneInput,
  PlainDate,
  pageOf,
  Slug,
  Text,
  WallTime,
  Zone,
} from './values.ts'

const bool = z.enum(['true', 'false']).transform((value) => value === 'true')

/* ---------------------------------------------------------------- services, staff, hours */

/**
 * Where a visit happens. `detail`: the address (null is the business's own), the number the customer calls (null: the business calls her), the video link, or nothing
 * at the customer's, whose address is asked when booking.
 */
export const Place = z
  .strictObject({ kind: z.enum(['address', 'phone', 'video', 'at_customer']), detail: Line(300).nullable() })
  .superRefine((place, context) => {
    const wrongLink = place.kind === 'video' && place.detail !== null && !/^https:\/\/[^\s/]+\.[^\s]+$/.test(place.detail)
    if (wrongLink) context.addIssue({ code: 'custom', path: ['detail'], message: 'Give the whole video link, beginning with https://.' })
  })
  .meta({ id: 'Place' })
export type Place = z.infer<typeof Place>

/** The same as it is shown. An address that was left open is the business's own, which may have several lines. */
export const PlaceShown = z.object({ kind: Place.shape.kind, detail: z.string().nullable() }).meta({ id: 'PlaceShown' })

/** A colour of the calendar: the hue on the OKLCH circle; lightness is fixed by the theme. */
const Hue = z.int().min(0).max(359)
const Minutes = (least: number, most: number) => z.int().min(least, `At least ${least} minutes.`).max(most, `At most ${most} minutes.`)

const Price = Money.refine((price) => !price.minor.startsWith('-'), { path: ['minor'], message: 'A price is not below zero.' })

const serviceFields = {
  name: Line(80),
  /** The end of the public address; made from the name when left out. */
  slug: Slug,
  description: Text(2000),
  durationMinutes: Minutes(5, 1440),
  price: Price.nullable(),
  bufferBeforeMinutes: Minutes(0, 480),
  bufferAfterMinutes: Minutes(0, 480),
  /** How long before the start the last booking is taken. */
  noticeMinutes: Minutes(0, 60 * 24 * 90),
  /** How many days ahead can be booked. */
  horizonDays: z.int().min(1).max(730),
  /** Starts lie on multiples of this from local midnight. */
  stepMinutes: Minutes(5, 480),
  /** Until how long before the start the customer herself may move or cancel. */
  changeNoticeMinutes: Minutes(0, 60 * 24 * 90),
  place: Place,
  hue: Hue,
  /** Whether the booking form asks for a phone number. */
  phone: z.enum(['hidden', 'optional', 'required']),
  /** Whether the customer may choose the person; otherwise the fairest free one is taken. */
  choosePerson: z.boolean(),
  /** Bookable now. A paused service keeps its bookings. */
  active: z.boolean(),
  /** Who gives it. Left out at creation: everybody. */
  staffIds: z.array(idOf('staff')).max(200),
}

/** What can be set of a service; the name is enough, the rest has sensible values. */
export const ServiceDraft = z.strictObject({
  ...serviceFields,
  slug: serviceFields.slug.optional(),
  description: serviceFields.description.default(''),
  durationMinutes: serviceFields.durationMinutes.default(30),
  price: serviceFields.price.default(null),
  bufferBeforeMinutes: serviceFields.bufferBeforeMinutes.default(0),
  bufferAfterMinutes: serviceFields.bufferAfterMinutes.default(0),
  noticeMinutes: serviceFields.noticeMinutes.default(120),
  horizonDays: serviceFields.horizonDays.default(60),
  stepMinutes: serviceFields.stepMinutes.default(30),
  changeNoticeMinutes: serviceFields.changeNoticeMinutes.default(1440),
  place: serviceFields.place.default({ kind: 'address', detail: null }),
  hue: serviceFields.hue.optional(),
  phone: serviceFields.phone.default('optional'),
  choosePerson: serviceFields.choosePerson.default(true),
  active: serviceFields.active.default(true),
  staffIds: serviceFields.staffIds.optional(),
})
export const ServicePatch = z.strictObject(serviceFields).partial()

/** Something that can be booked. */
export const Service = z
  .object({
    ...serviceFields,
    id: idOf('service'),
    position: z.int(),
    /** Bookable at its own hours only, within those of the people who give it. */
    ownHours: z.boolean(),
    /** The page to share, complete. */
    bookingUrl: z.string(),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Service' })
export type Service = z.infer<typeof Service>

const staffFields = { name: Line(80), hue: Hue, active: z.boolean() }
export const StaffDraft = z.strictObject({
  name: staffFields.name,
  hue: staffFields.hue.optional(),
  active: staffFields.active.default(true),
  memberId: idOf('member').optional(),
})
export const StaffPatch = z.strictObject(staffFields).partial()

/** A person who can be booked. Members become one by themselves when they own the workspace, others when somebody adds them. */
export const Staff = z
  .object({
    ...staffFields,
    id: idOf('staff'),
    memberId: idOf('member').nullable(),
    ownHours: z.boolean(),
    serviceIds: z.array(idOf('service')),
    archivedAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Staff' })
export type Staff = z.infer<typeof Staff>

const Block = z.strictObject({ from: WallTime, to: WallTime })
const weeklyBlock = { weekday: z.int().min(1).max(7), from: WallTime, to: WallTime }
const exception = { date: PlainDate, closed: z.boolean(), blocks: z.array(Block).max(10) }

/**
 * Weekly hours on the wall clock of the business's zone (weekday 1 is Monday) and other hours on single dates, as opening hours are written. A block whose end is not
 * after its start ends on the next day. With `own: false` the business's opening hours hold; its exceptions hold for everybody unless the same date stands here.
 */
export const OwnHours = z
  .object({
    own: z.boolean(),
    zone: Zone,
    weekly: z.array(z.object(weeklyBlock)),
    exceptions: z.array(z.object({ ...exception, label: z.string().nullable() })),
    version: z.int(),
  })
  .meta({ id: 'OwnHours' })
export const OwnHoursDraft = z.strictObject({
  own: z.boolean(),
  weekly: z.array(z.strictObject(weeklyBlock)).max(70),
  exceptions: z.array(z.strictObject({ ...exception, label: Line(80).optional() })).max(400),
})

/* ---------------------------------------------------------------- slots */

/** One start that can be booked, and the people who could take it. */
export const Slot = z.object({ start: Instant, end: Instant, staffIds: z.array(idOf('staff')) }).meta({ id: 'Slot' })
export type Slot = z.infer<typeof Slot>

/** Why a time is closed, with what belongs to the reason. Shown in words by whoever asks. */
export const ClosedReason = z
  .object({
    code: z.enum(['past', 'notice', 'horizon', 'exception', 'outside_hours', 'busy', 'time_off', 'runs_past_hours', 'buffer', 'off_step']),
    /** `notice`: the first start that keeps it; `horizon`: where it ends; `runs_past_hours`: when the hours end. */
    at: Instant.nullable(),
    /** `exception`: the date and what it is called. */
    date: PlainDate.nullable(),
    label: z.string().nullable(),
    /** `busy`, `time_off`, `buffer`: what stands there. */
    busyFrom: Instant.nullable(),
    busyUntil: Instant.nullable(),
    bookingId: idOf('booking').nullable(),
    /** `off_step`: starts lie on multiples of this. */
    stepMinutes: z.int().nullable(),
  })
  .meta({ id: 'ClosedReason' })

export const SlotExplanation = z
  .object({
    open: z.boolean(),
    start: Instant,
    end: Instant,
    zone: Zone,
    /** Stands in the way of everybody: the service is paused, nobody gives it, or its own hours are closed. */
    service: z.array(z.object({ code: z.enum(['paused', 'nobody']) }).or(ClosedReason)),
    staff: z.array(z.object({ staffId: idOf('staff'), name: z.string(), open: z.boolean(), reasons: z.array(ClosedReason) })),
  })
  .meta({ id: 'SlotExplanation' })

/* ---------------------------------------------------------------- bookings */

/** `held` waits for somebody to finish, `rescheduled` lives on in a new booking that points back, `expired` was a hold. */
export const BookingStatus = z
  .enum(['held', 'pending', 'confirmed', 'rescheduled', 'cancelled', 'expired', 'attended', 'no_show'])
  .meta({ id: 'BookingStatus' })
export type BookingStatus = z.infer<typeof BookingStatus>

/** Who changed a booking: the customer by her link, somebody on the team, another program by its API key, the operator of the server inside a grant, or Frontdesk by itself. */
export const BookingActor = z.enum(['contact', 'member', 'api', 'operator', 'system']).meta({ id: 'BookingActor' })
export type BookingActor = z.infer<typeof BookingActor>

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
    cancelledBy: BookingActor.nullable(),
    cancelReason: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Booking' })
export type Booking = z.infer<typeof Booking>

/** Somebody new; an existing contact with the same address or number is found by itself. */
const NewContact = z
  .strictObject({
    name: Line(120),
    email: EmailAddress.optional(),
    phone: PhoneInput.optional(),
    locale: Locale.optional(),
    zone: Zone.optional(),
  })
  .refine((contact) => contact.email !== undefined || contact.phone !== undefined, {
    path: ['email'],
    message: 'Give an email address or a phone number.',
  })

/** Whether the customer is told by mail. */
const notify = z.boolean().default(true)
/** A member may book outside of the offered times (hours, notice, step), but never over another booking or time off. */
const outsideHours = z.boolean().default(false)

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
    notify,
    outsideHours,
    /** Keeps the time for this long without booking it; nobody is written to until it is confirmed. */
    holdMinutes: z.int().min(1).max(1440).nullable().default(null),
  })
  .refine((draft) => (draft.contactId === undefined) !== (draft.contact === undefined), {
    path: ['contactId'],
    message: 'Give either contactId or contact.',
  })

const bookingPath = z.strictObject({ bookingId: idOf('booking') })
const servicePath = z.strictObject({ serviceId: idOf('service') })
const staffPath = z.strictObject({ staffId: idOf('staff') })

/** Facts of `scheduling/slot-taken` and `scheduling/slot-not-offered`: what can be had instead, asked after the refusal. */
export const SlotRefusalFacts = z.object({ wanted: Instant, alternatives: z.array(Slot) })

/** Time in which a person (or, without one, nobody) can be booked. */
export const TimeOff = z
  .object({
    id: z.uuid(),
    staffId: idOf('staff').nullable(),
    start: Instant,
    end: Instant,
    label: z.string().nullable(),
    createdAt: Instant,
    version: z.int(),
    /** Bookings that stand in it; they stay until somebody moves them. */
    bookingIds: z.array(idOf('booking')),
  })
  .meta({ id: 'TimeOff' })
const timeOffFields = { staffId: idOf('staff').nullable(), start: Instant, end: Instant, label: Line(120).nullable() }

/* ---------------------------------------------------------------- the public side */

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
    changeNoticeMinutes: z.int(),
    people: z.array(PublicPerson),
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

const pagePath = z.strictObject({ workspaceSlug: Slug })
const pageServicePath = z.strictObject({ workspaceSlug: Slug, serviceSlug: Slug })
const linkPath = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/) })
const daysQuery = z.strictObject({
  zone: Zone.optional(),
  from: PlainDate.optional(),
  days: z.coerce.number().int().min(1).max(31).default(7),
  staffId: idOf('staff').optional(),
})

/** What a visitor fills in. */
export const PublicBookingDraft = z.strictObject({
  start: Instant,
  staffId: idOf('staff').optional(),
  name: Line(120),
  email: EmailAddress,
  phone: PhoneInput.optional(),
  note: Text(2000).optional(),
  /** Her address, where the business comes to her. */
  placeDetail: Line(300).optional(),
  zone: Zone.optional(),
  locale: Locale.optional(),
})

const slotRefusals = ['scheduling/slot-taken', 'scheduling/slot-not-offered', 'scheduling/service-closed'] as const
const changeRefusals = ['scheduling/already-cancelled', 'scheduling/booking-changed', 'scheduling/booking-over'] as const
const linkRefusals = ['scheduling/link-invalid', 'scheduling/too-late-to-change', ...changeRefusals] as const

export const schedulingRoutes = routes({
  'GET /services': {
    summary: 'Services in the order of the booking page',
    access: 'member',
    query: PageQuery.extend({ archived: bool.optional() }),
    answer: pageOf(Service),
  },
  'POST /services': {
    summary: 'Add a service',
    access: 'member',
    body: ServiceDraft,
    status: 201,
    answer: Service,
    refusals: ['scheduling/slug-taken'],
  },
  'PUT /services/order': {
    summary: 'Put the services into another order',
    access: 'member',
    body: z.strictObject({ serviceIds: z.array(idOf('service')).min(1).max(500) }),
    answer: z.object({ serviceIds: z.array(idOf('service')) }),
  },
  'GET /services/{serviceId}': { summary: 'One service', access: 'member', params: servicePath, answer: Service },
  'PATCH /services/{serviceId}': {
    summary: 'Change a service',
    access: 'member',
    params: servicePath,
    body: ServicePatch,
    ifMatch: true,
    answer: Service,
    refusals: ['scheduling/slug-taken'],
  },
  'DELETE /services/{serviceId}': {
    summary: 'Put a service away; its bookings stay',
    access: 'member',
    params: servicePath,
    ifMatch: true,
    answer: Service,
  },
  'POST /services/{serviceId}/restore': {
    summary: 'Take a service out of the archive',
    access: 'member',
    params: servicePath,
    answer: Service,
    refusals: ['scheduling/slug-taken'],
  },
  'GET /services/{serviceId}/hours': { summary: 'When a service can be booked', access: 'member', params: servicePath, answer: OwnHours },
  'PUT /services/{serviceId}/hours': {
    summary: "Set a service's own hours",
    access: 'member',
    params: servicePath,
    body: OwnHoursDraft,
    ifMatch: true,
    answer: OwnHours,
  },
  'GET /services/{serviceId}/slots': {
    summary: 'Starts that can be booked in a stretch of at most 62 days',
    access: 'member',
    params: servicePath,
    query: z.strictObject({ from: Instant, to: Instant, staffId: idOf('staff').optional(), movingBookingId: idOf('booking').optional() }),
    answer: z.object({ zone: Zone, slots: z.array(Slot) }),
  },
  'GET /services/{serviceId}/why': {
    summary: 'Why a time can be booked or is closed, person by person',
    access: 'member',
    params: servicePath,
    query: z.strictObject({ start: Instant, staffId: idOf('staff').optional(), movingBookingId: idOf('booking').optional() }),
    answer: SlotExplanation,
  },

  'GET /staff': {
    summary: 'People who can be booked',
    access: 'member',
    query: PageQuery.extend({ archived: bool.optional() }),
    answer: pageOf(Staff),
  },
  'POST /staff': {
    summary: 'Add a person who can be booked',
    access: 'member',
    body: StaffDraft,
    status: 201,
    answer: Staff,
    refusals: ['http/conflict'],
  },
  'GET /staff/{staffId}': { summary: 'One person who can be booked', access: 'member', params: staffPath, answer: Staff },
  'PATCH /staff/{staffId}': {
    summary: 'Change a person who can be booked',
    access: 'member',
    params: staffPath,
    body: StaffPatch,
    ifMatch: true,
    answer: Staff,
  },
  'DELETE /staff/{staffId}': {
    summary: 'Put a person away who has no bookings ahead',
    access: 'member',
    params: staffPath,
    ifMatch: true,
    answer: Staff,
    refusals: ['scheduling/staff-has-bookings'],
  },
  'POST /staff/{staffId}/restore': { summary: 'Take a person out of the archive', access: 'member', params: staffPath, answer: Staff },
  'GET /staff/{staffId}/hours': { summary: "A person's hours", access: 'member', params: staffPath, answer: OwnHours },
  'PUT /staff/{staffId}/hours': {
    summary: "Set a person's own hours",
    access: 'member',
    params: staffPath,
    body: OwnHoursDraft,
    ifMatch: true,
    answer: OwnHours,
  },

  'GET /time-off': {
    summary: 'Times in which people cannot be booked, in a stretch of at most 400 days',
    access: 'member',
    query: PageQuery.extend({ from: Instant, to: Instant, staffId: idOf('staff').optional() }),
    answer: pageOf(TimeOff),
  },
  'POST /time-off': {
    summary: 'Close a time for one person, or for everybody',
    access: 'member',
    body: z.strictObject({ ...timeOffFields, label: timeOffFields.label.default(null) }),
    status: 201,
    answer: TimeOff,
  },
  'PATCH /time-off/{timeOffId}': {
    summary: 'Change a closed time',
    access: 'member',
    params: z.strictObject({ timeOffId: z.uuid() }),
    body: z.strictObject(timeOffFields).partial(),
    ifMatch: true,
    answer: TimeOff,
  },
  'DELETE /time-off/{timeOffId}': {
    summary: 'Open a closed time again',
    access: 'member',
    params: z.strictObject({ timeOffId: z.uuid() }),
    status: 204,
    answer: z.undefined(),
  },

  'GET /bookings': {
    summary: 'Bookings that touch a stretch of at most 100 days, by start',
    description: 'Without `status` those that count: held, pending, confirmed, attended and no_show.',
    access: 'member',
    query: z.strictObject({
      cursor: PageQuery.shape.cursor,
      limit: z.coerce.number().int().min(1).max(1000).default(500),
      from: Instant,
      to: Instant,
      staffId: idOf('staff').optional(),
      serviceId: idOf('service').optional(),
      contactId: idOf('contact').optional(),
      status: BookingStatus.optional(),
    }),
    answer: pageOf(Booking),
  },
  'GET /bookings/{bookingId}': { summary: 'One booking', access: 'member', params: bookingPath, answer: Booking },
  'GET /bookings/{bookingId}/history': {
    summary: 'A booking and the ones it was moved from or to, oldest first',
    access: 'member',
    params: bookingPath,
    answer: z.object({ items: z.array(Booking) }),
  },
  'POST /bookings': {
    summary: 'Book for a contact',
    access: 'member',
    body: BookingDraft,
    status: 201,
    answer: Booking,
    refusals: slotRefusals,
  },
  'POST /bookings/{bookingId}/confirm': {
    summary: 'Turn a hold into a booking',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ notify }),
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/slot-taken', 'scheduling/booking-changed'],
  },
  'POST /bookings/{bookingId}/reschedule': {
    summary: 'Move a booking, to another time or person',
    description: 'Answers the new booking, which points back to the old one.',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ start: Instant, staffId: idOf('staff').optional(), notify, outsideHours }),
    ifMatch: true,
    answer: Booking,
    refusals: [...slotRefusals, ...changeRefusals],
  },
  'POST /bookings/{bookingId}/cancel': {
    summary: 'Cancel a booking',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ reason: Line(300).nullable().default(null), notify }),
    ifMatch: true,
    answer: Booking,
    refusals: changeRefusals,
  },
  'POST /bookings/{bookingId}/attended': {
    summary: 'The customer came',
    access: 'member',
    params: bookingPath,
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/not-started', ...changeRefusals],
  },
  'POST /bookings/{bookingId}/no-show': {
    summary: 'The customer did not come',
    access: 'member',
    params: bookingPath,
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/not-started', ...changeRefusals],
  },
  'POST /bookings/{bookingId}/undo': {
    summary: 'Take back the last change: a move, a cancellation, attended or no-show',
    description: 'A cancelled or moved booking comes back only if its time is still free.',
    access: 'member',
    params: bookingPath,
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/nothing-to-undo', 'scheduling/slot-taken', 'scheduling/booking-changed'],
  },

  'GET /pages/{workspaceSlug}': {
    summary: 'The public page of a business: what can be booked',
    access: 'public',
    params: pagePath,
    answer: z.object({ business: PublicBusiness, services: z.array(PublicService) }),
  },
  'GET /pages/{workspaceSlug}/{serviceSlug}': {
    summary: 'The public page of a service',
    access: 'public',
    params: pageServicePath,
    answer: z.object({ business: PublicBusiness, service: PublicService }),
    refusals: ['scheduling/service-closed'],
  },
  'GET /pages/{workspaceSlug}/{serviceSlug}/days': {
    summary: "Free times by day, in the visitor's zone",
    access: 'public',
    params: pageServicePath,
    query: daysQuery,
    answer: PublicDays,
    refusals: ['scheduling/service-closed'],
  },
  'POST /pages/{workspaceSlug}/{serviceSlug}/bookings': {
    summary: 'Book',
    access: 'public',
    params: pageServicePath,
    body: PublicBookingDraft,
    status: 201,
    answer: PublicBooking,
    refusals: slotRefusals,
  },
  'GET /links/{token}': {
    summary: 'The booking behind a signed link',
    access: 'link',
    params: linkPath,
    answer: PublicBooking,
    refusals: ['scheduling/link-invalid'],
  },
  'GET /links/{token}/days': {
    summary: 'Free times to which a booking can be moved',
    access: 'link',
    params: linkPath,
    query: daysQuery,
    answer: PublicDays,
    refusals: ['scheduling/link-invalid'],
  },
  'POST /links/{token}/reschedule': {
    summary: 'Move the booking behind a signed link',
    access: 'link',
    params: linkPath,
    body: z.strictObject({ start: Instant, staffId: idOf('staff').optional() }),
    answer: PublicBooking,
    refusals: [...slotRefusals, ...linkRefusals],
  },
  'POST /links/{token}/cancel': {
    summary: 'Cancel the booking behind a signed link',
    access: 'link',
    params: linkPath,
    body: z.strictObject({ reason: Line(300).optional() }),
    answer: PublicBooking,
    refusals: linkRefusals,
  },
})
