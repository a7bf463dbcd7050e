import type { schedulingRoutes } from '@frontdesk/contract'
import { type EntryHandler, publicLimit, type RateLimit } from '../../platform/http/index.ts'
import { bookAppointment } from './book-appointment.ts'
import { bookingOfBearer, openBookingLink } from './booking-link.ts'
import { businessFacts } from './business.ts'
import { askCalendarsAgain } from './calendars/ask-again.ts'
import { cancelBooking } from './cancel-booking.ts'
import { enterPage } from './enter-page.ts'
import { serviceById, serviceBySlug } from './find-service.ts'
import { withAlternatives } from './offer-alternatives.ts'
import { openServices, presentBusiness, presentPublicBooking, presentPublicService } from './present-public.ts'
import { publicDays } from './public-days.ts'
import { rescheduleBooking } from './reschedule-booking.ts'
import { schedulingPolicy as policy } from './scheduling.policy.ts'

type Table = typeof schedulingRoutes
type OpenRoute = { [Name in keyof Table]: Table[Name] extends { access: 'member' } ? never : Name }[keyof Table]

/** Bookings that one address can make or change: a waiting room behind one connection stays below it. */
export const bookLimit: RateLimit = { name: 'book', requests: 240, seconds: 60 }

/** What the bearer of a link looks at or changes, and guesses at links, for all web processes together: it opens somebody's appointment. */
export const linkLimit: RateLimit = { name: 'booking-link', requests: 240, seconds: 60, shared: true }

const readPage = { policy, may: 'page.read', limit: publicLimit } as const
const readLink = { policy, may: 'link.read', limit: linkLimit } as const
const changeLink = { policy, may: 'link.change', limit: linkLimit } as const

type PageKnock = { readonly params: { readonly workspaceSlug: string }; readonly database: Parameters<typeof enterPage>[0] }
const enterBySlug = ({ database, params }: PageKnock) => enterPage(database, params.workspaceSlug)

type LinkKnock = { readonly params: { readonly token: string }; readonly database: Parameters<typeof enterPage>[0] }
const enterByLink = ({ database, params }: LinkKnock) => openBookingLink(database, params.token)

const at = (instant: string): Temporal.Instant => Temporal.Instant.from(instant)

/** What visitors of the public pages and bearers of links do. */
export const publicHandlers: { readonly [Name in OpenRoute]: EntryHandler<Table[Name]> } = {
  'GET /pages/{workspaceSlug}': {
    ...readPage,
    enter: enterBySlug,
    run: async ({ tx }) => {
      const services = []
      for (const service of await openServices(tx)) services.push(await presentPublicService(tx, service))
      return { business: presentBusiness(await businessFacts(tx)), services }
    },
  },
  'GET /pages/{workspaceSlug}/{serviceSlug}': {
    ...readPage,
    enter: enterBySlug,
    run: async ({ tx, params }) => ({
      business: presentBusiness(await businessFacts(tx)),
      service: await presentPublicService(tx, await serviceBySlug(tx, params.serviceSlug)),
    }),
  },
  'GET /pages/{workspaceSlug}/{serviceSlug}/days': {
    ...readPage,
    enter: enterBySlug,
    run: async ({ tx, params, query }) => {
      const service = await serviceBySlug(tx, params.serviceSlug)
      const zone = query.zone ?? (await businessFacts(tx)).zone
      const from = query.from ? Temporal.PlainDate.from(query.from) : tx.now.toZonedDateTimeISO(zone).toPlainDate()
      return publicDays(tx, { service, zone, from, days: query.days, staffId: query.staffId })
    },
  },
  'POST /pages/{workspaceSlug}/{serviceSlug}/bookings': {
    policy,
    may: 'page.book',
    limit: bookLimit,
    enter: enterBySlug,
    before: async ({ database, workspaceId, params, body }) => {
      const service = await database.inWorkspace(workspaceId, (tx) => serviceBySlug(tx, params.serviceSlug), { readOnly: true })
      await askCalendarsAgain(database, workspaceId, { serviceId: service.id, staffId: body.staffId })
    },
    run: async ({ tx, by, params, body: { start, staffId, note, placeDetail, answers, attendee, ...who }, request }) => {
      const service = await serviceBySlug(tx, params.serviceSlug)
      const booking = await bookAppointment(tx, by, {
        serviceId: service.id,
        staffId,
        start: at(start),
        who,
        note: note ?? null,
        placeDetail: placeDetail ?? null,
        source: 'page',
        outsideHours: false,
        quiet: false,
        holdMinutes: null,
        answers,
        attendee,
      })
      return presentPublicBooking(tx, booking, request.origin)
    },
    afterRefusal: async (error, { database, workspaceId, params, body }) => {
      const service = await database.inWorkspace(workspaceId, (tx) => serviceBySlug(tx, params.serviceSlug).catch(() => undefined))
      return service
        ? withAlternatives(database, workspaceId, error, { serviceId: service.id, start: at(body.start), staffId: body.staffId })
        : error
    },
  },
  'GET /links/{token}': {
    ...readLink,
    enter: enterByLink,
    run: async ({ tx, by, request }) => presentPublicBooking(tx, await bookingOfBearer(tx, by), request.origin),
  },
  'GET /links/{token}/days': {
    ...readLink,
    enter: enterByLink,
    run: async ({ tx, by, query }) => {
      const booking = await bookingOfBearer(tx, by)
      const service = await serviceById(tx, booking.service_id)
      const zone = query.zone ?? booking.contact_zone ?? (await businessFacts(tx)).zone
      const from = query.from ? Temporal.PlainDate.from(query.from) : tx.now.toZonedDateTimeISO(zone).toPlainDate()
      return publicDays(tx, { service, zone, from, days: query.days, staffId: query.staffId, movingBookingId: booking.id })
    },
  },
  'POST /links/{token}/reschedule': {
    ...changeLink,
    enter: enterByLink,
    before: async ({ database, workspaceId, by, body }) => {
      const booking = await database.inWorkspace(workspaceId, (tx) => bookingOfBearer(tx, by), { readOnly: true })
      await askCalendarsAgain(database, workspaceId, { serviceId: booking.service_id, staffId: body.staffId })
    },
    run: async ({ tx, by, body, request }) => {
      const booking = await bookingOfBearer(tx, by)
      const moved = await rescheduleBooking(tx, by, {
        bookingId: booking.id,
        start: at(body.start),
        staffId: body.staffId,
        outsideHours: false,
        quiet: false,
      })
      return presentPublicBooking(tx, moved, request.origin)
    },
    afterRefusal: async (error, { database, workspaceId, by, body }) => {
      const booking = await database.inWorkspace(workspaceId, (tx) => bookingOfBearer(tx, by).catch(() => undefined))
      if (!booking) return error
      return withAlternatives(database, workspaceId, error, {
        serviceId: booking.service_id,
        start: at(body.start),
        staffId: body.staffId,
        movingBookingId: booking.id,
      })
    },
  },
  'POST /links/{token}/cancel': {
    ...changeLink,
    enter: enterByLink,
    run: async ({ tx, by, body, request }) => {
      const booking = await bookingOfBearer(tx, by)
      const cancelled = await cancelBooking(tx, by, { bookingId: booking.id, reason: body.reason ?? null, quiet: false })
      return presentPublicBooking(tx, cancelled, request.origin)
    },
  },
}
