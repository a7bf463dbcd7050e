import type { reminderRoutes, schedulingRoutes } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { bookAppointment } from './book-appointment.ts'
import { sourceOf } from './booking-actor.rules.ts'
import { askCalendarsAgain } from './calendars/ask-again.ts'
import { cancelBooking } from './cancel-booking.ts'
import { confirmHold } from './confirm-hold.ts'
import { explainClosed } from './explain-closed.ts'
import { serviceById } from './find-service.ts'
import { bookingHistory, changedBooking, listBookings, readBooking } from './list-bookings.ts'
import { listServices } from './list-services.ts'
import { listSlots } from './list-slots.ts'
import { withAlternatives } from './offer-alternatives.ts'
import { readHours, setHours } from './own-hours.ts'
import { presentBooking } from './present-booking.ts'
import { presentService } from './present-service.ts'
import { recordOutcome } from './record-outcome.ts'
import { approveRequest, declineRequest } from './requests/answer-request.ts'
import { rescheduleBooking } from './reschedule-booking.ts'
import { changeBookedResources } from './resources/change-booked-resources.ts'
import { schedulingPolicy as policy } from './scheduling.policy.ts'
import { changeTimeOff, closeTime, listTimeOff, openTime } from './time-off.ts'
import { undoChange } from './undo-change.ts'
import { addService, archiveService, changeService, orderServices } from './write-service.ts'
import { addStaff, archiveStaff, changeStaff, listStaff, presentStaff, restoreStaff, staffById } from './write-staff.ts'

type Table = Omit<typeof schedulingRoutes, keyof typeof reminderRoutes>
type MemberRoute = { [Name in keyof Table]: Table[Name] extends { access: 'member' } ? Name : never }[keyof Table]

const readServices = { policy, may: 'services.read' } as const
const manageServices = { policy, may: 'services.manage' } as const
const readStaff = { policy, may: 'staff.read' } as const
const manageStaff = { policy, may: 'staff.manage' } as const
const readBookings = { policy, may: 'bookings.read' } as const
const manageBookings = { policy, may: 'bookings.manage' } as const

const at = (instant: string): Temporal.Instant => Temporal.Instant.from(instant)

/** What members and API keys do. */
export const memberHandlers: Pick<Handlers<Table>, MemberRoute> = {
  'GET /services': {
    ...readServices,
    run: ({ tx, by, query, request }) => listServices(tx, by, { ...query, archived: query.archived ?? false }, request.origin),
  },
  'POST /services': {
    ...manageServices,
    run: async ({ tx, by, body, request }) => presentService(tx, await addService(tx, by, body), request.origin),
  },
  'PUT /services/order': {
    ...manageServices,
    run: async ({ tx, by, body }) => ({ serviceIds: await orderServices(tx, by, body.serviceIds) }),
  },
  'GET /services/{serviceId}': {
    ...readServices,
    run: async ({ tx, params, request }) => presentService(tx, await serviceById(tx, params.serviceId), request.origin),
  },
  'PATCH /services/{serviceId}': {
    ...manageServices,
    run: async ({ tx, by, params, body, version, request }) =>
      presentService(tx, await changeService(tx, by, { ...body, ...params, version }), request.origin),
  },
  'DELETE /services/{serviceId}': {
    ...manageServices,
    run: async ({ tx, by, params, version, request }) =>
      presentService(tx, await archiveService(tx, by, params.serviceId, version, true), request.origin),
  },
  'POST /services/{serviceId}/restore': {
    ...manageServices,
    run: async ({ tx, by, params, request }) =>
      presentService(tx, await archiveService(tx, by, params.serviceId, undefined, false), request.origin),
  },
  'GET /services/{serviceId}/hours': { ...readServices, run: ({ tx, by, params }) => readHours(tx, by, params) },
  'PUT /services/{serviceId}/hours': {
    ...manageServices,
    run: ({ tx, by, params, body, version }) => setHours(tx, by, { ...body, owner: params, version }),
  },
  'GET /services/{serviceId}/slots': {
    ...readBookings,
    run: ({ tx, by, params, query }) => listSlots(tx, by, { ...params, ...query, from: at(query.from), to: at(query.to) }),
  },
  'GET /services/{serviceId}/why': {
    ...readBookings,
    run: ({ tx, by, params, query }) => explainClosed(tx, by, { ...params, ...query, start: at(query.start) }),
  },

  'GET /staff': { ...readStaff, run: ({ tx, by, query }) => listStaff(tx, by, { ...query, archived: query.archived ?? false }) },
  'POST /staff': { ...manageStaff, run: async ({ tx, by, body }) => one(await presentStaff(tx, [await addStaff(tx, by, body)])) },
  'GET /staff/{staffId}': {
    ...readStaff,
    run: async ({ tx, params }) => one(await presentStaff(tx, [await staffById(tx, params.staffId)])),
  },
  'PATCH /staff/{staffId}': {
    ...manageStaff,
    run: async ({ tx, by, params, body, version }) =>
      one(await presentStaff(tx, [await changeStaff(tx, by, { ...body, ...params, version })])),
  },
  'DELETE /staff/{staffId}': {
    ...manageStaff,
    run: async ({ tx, by, params, version }) => one(await presentStaff(tx, [await archiveStaff(tx, by, params.staffId, version)])),
  },
  'POST /staff/{staffId}/restore': {
    ...manageStaff,
    run: async ({ tx, by, params }) => one(await presentStaff(tx, [await restoreStaff(tx, by, params.staffId)])),
  },
  'GET /staff/{staffId}/hours': { ...readStaff, run: ({ tx, by, params }) => readHours(tx, by, params) },
  'PUT /staff/{staffId}/hours': {
    ...manageStaff,
    run: ({ tx, by, params, body, version }) => setHours(tx, by, { ...body, owner: params, version }),
  },
  'GET /resources/{resourceId}/hours': { policy, may: 'resources.read', run: ({ tx, by, params }) => readHours(tx, by, params) },
  'PUT /resources/{resourceId}/hours': {
    policy,
    may: 'resources.manage',
    run: ({ tx, by, params, body, version }) => setHours(tx, by, { ...body, owner: params, version }),
  },

  'GET /time-off': {
    policy,
    may: 'time_off.read',
    run: ({ tx, by, query }) => listTimeOff(tx, by, { ...query, from: at(query.from), to: at(query.to) }),
  },
  'POST /time-off': {
    policy,
    may: 'time_off.manage',
    run: ({ tx, by, body }) => closeTime(tx, by, { ...body, start: at(body.start), end: at(body.end) }),
  },
  'PATCH /time-off/{timeOffId}': {
    policy,
    may: 'time_off.manage',
    run: ({ tx, by, params, body: { start, end, ...rest }, version }) =>
      changeTimeOff(tx, by, { ...rest, ...params, ...(start ? { start: at(start) } : {}), ...(end ? { end: at(end) } : {}), version }),
  },
  'DELETE /time-off/{timeOffId}': {
    policy,
    may: 'time_off.manage',
    run: async ({ tx, by, params }) => void (await openTime(tx, by, params.timeOffId)),
  },

  'GET /bookings': {
    ...readBookings,
    run: ({ tx, by, query }) => listBookings(tx, by, { ...query, from: at(query.from), to: at(query.to) }),
  },
  'GET /bookings/{bookingId}': {
    ...readBookings,
    run: async ({ tx, by, params }) => presentBooking(tx, await readBooking(tx, by, params.bookingId)),
  },
  'GET /bookings/{bookingId}/history': {
    ...readBookings,
    run: async ({ tx, by, params }) => ({ items: await bookingHistory(tx, by, params.bookingId) }),
  },
  'POST /bookings': {
    ...manageBookings,
    before: ({ database, workspaceId, body }) => askCalendarsAgain(database, workspaceId, body),
    run: ({ tx, by, body: { contactId, contact, notify, start, ...rest } }) => {
      const who = contactId !== undefined ? { contactId } : contact
      if (who === undefined) throw new Refusal('http/invalid-request')
      return changedBooking(tx, bookAppointment(tx, by, { ...rest, start: at(start), who, quiet: !notify, source: sourceOf(by) }))
    },
    afterRefusal: (error, { database, workspaceId, body }) =>
      withAlternatives(database, workspaceId, error, { ...body, start: at(body.start) }),
  },
  'POST /bookings/{bookingId}/confirm': {
    ...manageBookings,
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, confirmHold(tx, by, { ...params, quiet: !body.notify, version }))
    },
  },
  'POST /bookings/{bookingId}/approve': {
    ...manageBookings,
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, approveRequest(tx, by, { ...params, quiet: !body.notify, version }))
    },
  },
  'POST /bookings/{bookingId}/decline': {
    ...manageBookings,
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, declineRequest(tx, by, { ...params, reason: body.reason, quiet: !body.notify, version }))
    },
  },
  'POST /bookings/{bookingId}/reschedule': {
    ...manageBookings,
    before: ({ database, workspaceId, params, body }) =>
      askCalendarsAgain(database, workspaceId, { bookingId: params.bookingId, staffId: body.staffId }),
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      const { start, notify, ...rest } = body
      return changedBooking(tx, rescheduleBooking(tx, by, { ...rest, ...params, start: at(start), quiet: !notify, version }))
    },
    afterRefusal: async (error, { database, workspaceId, by, params, body }) => {
      const booking = await database.inWorkspace(workspaceId, (tx) => readBooking(tx, by, params.bookingId).catch(() => undefined))
      if (!booking) return error
      return withAlternatives(database, workspaceId, error, {
        serviceId: booking.service_id,
        start: at(body.start),
        staffId: body.staffId ?? booking.staff_id,
        movingBookingId: booking.id,
      })
    },
  },
  'PUT /bookings/{bookingId}/resources': {
    ...manageBookings,
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, changeBookedResources(tx, by, { ...params, ...body, version }))
    },
  },
  'POST /bookings/{bookingId}/cancel': {
    ...manageBookings,
    run: async ({ tx, by, params, body, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, cancelBooking(tx, by, { ...params, reason: body.reason, quiet: !body.notify, version }))
    },
  },
  'POST /bookings/{bookingId}/attended': {
    ...manageBookings,
    run: async ({ tx, by, params, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, recordOutcome(tx, by, { ...params, outcome: 'attended', version }))
    },
  },
  'POST /bookings/{bookingId}/no-show': {
    ...manageBookings,
    run: async ({ tx, by, params, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, recordOutcome(tx, by, { ...params, outcome: 'no_show', version }))
    },
  },
  'POST /bookings/{bookingId}/undo': {
    ...manageBookings,
    run: async ({ tx, by, params, version }) => {
      await readBooking(tx, by, params.bookingId)
      return changedBooking(tx, undoChange(tx, by, { ...params, version }))
    },
  },
}

function one<T>(items: readonly T[]): T {
  const [item] = items
  if (item === undefined) throw new Error('One was presented as none.')
  return item
}
