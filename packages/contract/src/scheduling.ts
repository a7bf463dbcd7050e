import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Booking, BookingDraft, BookingStatus, TimeOff } from './scheduling-bookings.ts'
import { PublicBooking, PublicBookingDraft, PublicBusiness, PublicDays, PublicService } from './scheduling-public.ts'
import { reminderRoutes } from './scheduling-reminders.ts'
import {
  OwnHours,
  OwnHoursDraft,
  Service,
  ServiceDraft,
  ServicePatch,
  Slot,
  SlotExplanation,
  Staff,
  StaffDraft,
  StaffPatch,
} from './scheduling-services.ts'
import { notify, outsideHours } from './scheduling-values.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf, Slug, Zone } from './values.ts'

const bool = z.enum(['true', 'false']).transform((value) => value === 'true')

const bookingPath = z.strictObject({ bookingId: idOf('booking') })

const servicePath = z.strictObject({ serviceId: idOf('service') })

const staffPath = z.strictObject({ staffId: idOf('staff') })

const resourcePath = z.strictObject({ resourceId: idOf('resource') })

const timeOffFields = {
  staffId: idOf('staff').nullable(),
  /** A room or a device; then no person. */
  resourceId: idOf('resource').nullable(),
  start: Instant,
  end: Instant,
  label: Line(120).nullable(),
}

const pagePath = z.strictObject({ workspaceSlug: Slug })

const pageServicePath = z.strictObject({ workspaceSlug: Slug, serviceSlug: Slug })

const linkPath = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{1,120}$/) })

const daysQuery = z.strictObject({
  zone: Zone.optional(),
  from: PlainDate.optional(),
  days: z.coerce.number().int().min(1).max(31).default(7),
  staffId: idOf('staff').optional(),
})

const slotRefusals = ['scheduling/slot-taken', 'scheduling/slot-not-offered', 'scheduling/service-closed'] as const

const changeRefusals = ['scheduling/already-cancelled', 'scheduling/booking-changed', 'scheduling/booking-over'] as const

const linkRefusals = ['scheduling/link-invalid', 'scheduling/too-late-to-change', ...changeRefusals] as const

export const schedulingRoutes = routes({
  ...reminderRoutes,
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

  'GET /resources/{resourceId}/hours': {
    summary: 'When a room or a device can be had',
    access: 'member',
    params: resourcePath,
    answer: OwnHours,
  },
  'PUT /resources/{resourceId}/hours': {
    summary: 'Set the own hours of a room or a device',
    access: 'member',
    params: resourcePath,
    body: OwnHoursDraft,
    ifMatch: true,
    answer: OwnHours,
  },

  'GET /time-off': {
    summary: 'Times in which people, rooms or devices cannot be booked, in a stretch of at most 400 days',
    access: 'member',
    query: PageQuery.extend({ from: Instant, to: Instant, staffId: idOf('staff').optional(), resourceId: idOf('resource').optional() }),
    answer: pageOf(TimeOff),
  },
  'POST /time-off': {
    summary: 'Close a time for one person, one room or device, or for everybody',
    access: 'member',
    body: z.strictObject({
      ...timeOffFields,
      resourceId: timeOffFields.resourceId.default(null),
      label: timeOffFields.label.default(null),
    }),
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
      resourceId: idOf('resource').optional(),
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
  'POST /bookings/{bookingId}/approve': {
    summary: 'Say yes to a request: it becomes a booking',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ notify }),
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/request-answered', 'scheduling/slot-taken'],
  },
  'POST /bookings/{bookingId}/decline': {
    summary: 'Say no to a request, with a reason for the customer',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ reason: Line(300).nullable().default(null), notify }),
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/request-answered'],
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
  'PUT /bookings/{bookingId}/resources': {
    summary: 'Give a booking other rooms or devices; whole',
    description: 'Time and person stay. Undone by putting back what it had.',
    access: 'member',
    params: bookingPath,
    body: z.strictObject({ resourceIds: z.array(idOf('resource')).max(50) }),
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/resource-taken', ...changeRefusals],
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
    summary: 'Take back the last change: a move, a cancellation, attended or no-show, an answer to a request',
    description: 'A cancelled or moved booking comes back only if its time is still free.',
    access: 'member',
    params: bookingPath,
    ifMatch: true,
    answer: Booking,
    refusals: ['scheduling/nothing-to-undo', 'scheduling/slot-taken', 'scheduling/booking-changed', 'scheduling/booking-over'],
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
