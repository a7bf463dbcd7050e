/** Services, the people who give them, their hours, and the times that come of it. */
import { z } from 'zod'
import { idOf, type StaffId } from './ids.ts'
import { ResourceKind, ServiceNeed } from './scheduling-resources.ts'
import { Hue, Minutes, Price } from './scheduling-values.ts'
import { Instant, Line, PlainDate, Slug, Text, WallTime, Zone } from './values.ts'

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

/** A page elsewhere, encrypted. */
const HttpsAddress = z
  .string()
  .max(500)
  .regex(/^https:\/\/[^\s/?#@]+\.[^\s/?#@]+([/?#]\S*)?$/, 'Give the whole address, beginning with https://.')

const serviceFields = {
  name: Line(80),
  /** The end of the public address; made from the name when left out. */
  slug: Slug,
  /** Where the customer goes on after booking on the page; it is said to her beforehand, and nothing of her is passed. */
  afterBookingUrl: HttpsAddress.nullable(),
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
  /** What is written about it, and its entry in calendars, name the business, the time and a link, and nothing more. */
  discreet: z.boolean(),
  /** Who books it on its page asks first: the booking stands once somebody on the team says yes. */
  approval: z.boolean(),
  /** How long the team has to answer; then the time is free again. */
  answerMinutes: Minutes(30, 10_080),
  /** Whoever finds no time on its page may wait for one. */
  waitlist: z.boolean(),
  /** How long an offer to somebody who waits stands, counted while the business is open. */
  offerMinutes: Minutes(15, 1440),
  /** Bookable now. A paused service keeps its bookings. */
  active: z.boolean(),
  /** Who gives it. Left out at creation: everybody. */
  staffIds: z.array(idOf('staff')).max(200),
  /** The rooms and devices it takes, all of these at once. */
  needs: z.array(ServiceNeed).max(10, 'At most ten.'),
}

/** What can be set of a service; the name is enough, the rest has sensible values. */
export const ServiceDraft = z.strictObject({
  ...serviceFields,
  slug: serviceFields.slug.optional(),
  afterBookingUrl: serviceFields.afterBookingUrl.default(null),
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
  discreet: serviceFields.discreet.default(false),
  approval: serviceFields.approval.default(false),
  answerMinutes: serviceFields.answerMinutes.default(1440),
  waitlist: serviceFields.waitlist.default(true),
  offerMinutes: serviceFields.offerMinutes.default(60),
  active: serviceFields.active.default(true),
  staffIds: serviceFields.staffIds.optional(),
  needs: serviceFields.needs.default([]),
})

export const ServicePatch = z.strictObject(serviceFields).partial()

/** Something that can be booked. */
export const Service = z
  .object({
    ...serviceFields,
    /** Everybody who gives it, however many were there when it was added. */
    staffIds: z.array(idOf('staff')),
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
    /** One of the calendars that this person keeps elsewhere cannot be read at the moment. */
    calendarFailing: z.boolean(),
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

/** Ids of people as they come from the database: hundreds of starts with fifty people each are looked at as lists, not id by id. */
const manyStaffIds = z
  .custom<StaffId[]>((value) => Array.isArray(value) && value.every((id) => typeof id === 'string'))
  .meta({ type: 'array', items: { type: 'string', format: 'uuid' } })

/** One start that can be booked, and the people who could take it. */
export const Slot = z.object({ start: Instant, end: Instant, staffIds: manyStaffIds }).meta({ id: 'Slot' })
export type Slot = z.infer<typeof Slot>

/** Why a time is closed, with what belongs to the reason. Shown in words by whoever asks. */
export const ClosedReason = z
  .object({
    code: z.enum([
      ...(['past', 'notice', 'horizon', 'skill', 'exception', 'outside_hours', 'limit', 'busy', 'time_off'] as const),
      ...(['calendar', 'calendar_unread', 'full'] as const),
      ...(['runs_past_hours', 'travel', 'buffer', 'off_step'] as const),
    ]),
    /** `notice`: the first start that keeps it; `horizon`: where it ends; `runs_past_hours`: when the hours end. */
    at: Instant.nullable(),
    /** `exception`: the date and what it is called; `calendar`, `calendar_unread`: the name of the calendar elsewhere. */
    date: PlainDate.nullable(),
    label: z.string().nullable(),
    /** `busy`, `time_off`, `calendar`, `full`, `travel`, `buffer`: what stands there. */
    busyFrom: Instant.nullable(),
    busyUntil: Instant.nullable(),
    bookingId: idOf('booking').nullable(),
    /** `off_step`: starts lie on multiples of this. */
    stepMinutes: z.int().nullable(),
    /** `buffer`, `travel`: whether it is the time before or after the start asked. */
    side: z.enum(['before', 'after']).nullable(),
    /** `travel`: how long the way takes; nothing where there is no way. */
    travelMinutes: z.int().nullable(),
    /** `limit`: what has all it may have, with `used` of `most` bookings or minutes. */
    per: z.enum(['day', 'week', 'month']).nullable(),
    counts: z.enum(['bookings', 'minutes']).nullable(),
    used: z.number().nullable(),
    most: z.int().nullable(),
    /** `skill`: what the person lacks for it. */
    missing: z.array(z.string()),
  })
  .meta({ id: 'ClosedReason' })

export const SlotExplanation = z
  .object({
    open: z.boolean(),
    start: Instant,
    end: Instant,
    zone: Zone,
    /** Stands in the way of everybody: the service is paused, nobody gives it, a room or device that it takes is out of use, or its own hours are closed. */
    service: z.array(z.object({ code: z.enum(['paused', 'nobody', 'resource_missing']) }).or(ClosedReason)),
    staff: z.array(
      z.object({
        staffId: idOf('staff'),
        name: z.string(),
        open: z.boolean(),
        reasons: z.array(ClosedReason),
        /** Calendars elsewhere that cannot be relied on now and, by their setting, close nothing. */
        unread: z.array(z.string()),
      }),
    ),
    /** Rooms and devices of which the service takes some. */
    resources: z.array(
      z.object({
        resourceId: idOf('resource'),
        name: z.string(),
        kind: ResourceKind,
        open: z.boolean(),
        /** Too few of those it can be replaced by are free. */
        inTheWay: z.boolean(),
        reasons: z.array(ClosedReason),
      }),
    ),
  })
  .meta({ id: 'SlotExplanation' })
