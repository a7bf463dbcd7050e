import { intakeLinkRoutes, intakeRoutes } from '@frontdesk/contract'
import { type EntryHandler, type Handlers, mount } from '../../../platform/http/index.ts'
import { bookingOfBearer, openBookingLink } from '../booking-link.ts'
import { readBooking } from '../list-bookings.ts'
import { linkLimit } from '../public-routes.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { answersOf, changeAnswers, isAhead } from './answers.ts'
import { questionsOf, readIntake, writeIntake } from './questions.ts'

/** What members and API keys do with questions and answers. */
const intakeHandlers: Handlers<typeof intakeRoutes> = {
  'GET /services/{serviceId}/questions': {
    policy,
    may: 'services.read',
    run: ({ tx, by, params }) => readIntake(tx, by, params.serviceId),
  },
  'PUT /services/{serviceId}/questions': {
    policy,
    may: 'services.manage',
    run: ({ tx, by, params, body, version }) => writeIntake(tx, by, { ...body, ...params, version }),
  },
  'GET /bookings/{bookingId}/answers': {
    policy,
    may: 'bookings.read',
    run: async ({ tx, by, params }) => ({ items: await answersOf(tx, (await readBooking(tx, by, params.bookingId)).thread_id) }),
  },
  'PUT /bookings/{bookingId}/answers': {
    policy,
    may: 'bookings.manage',
    run: async ({ tx, by, params, body }) => {
      await readBooking(tx, by, params.bookingId)
      return { items: await changeAnswers(tx, by, { ...params, ...body }) }
    },
  },
}

type Table = typeof intakeLinkRoutes

/** What bearers of links do with their answers. */
const intakeLinkHandlers: { readonly [Name in keyof Table]: EntryHandler<Table[Name]> } = {
  'GET /links/{token}/answers': {
    policy,
    may: 'link.read',
    limit: linkLimit,
    enter: ({ database, params }) => openBookingLink(database, params.token),
    run: async ({ tx, by }) => {
      const booking = await bookingOfBearer(tx, by)
      return {
        questions: await questionsOf(tx, booking.service_id),
        items: await answersOf(tx, booking.thread_id),
        changeable: isLive(booking.status) && isAhead(booking, tx.now),
      }
    },
  },
  'PUT /links/{token}/answers': {
    policy,
    may: 'link.change',
    limit: linkLimit,
    enter: ({ database, params }) => openBookingLink(database, params.token),
    run: async ({ tx, by, body }) => ({ items: await changeAnswers(tx, by, { ...body, bookingId: (await bookingOfBearer(tx, by)).id }) }),
  },
}

const isLive = (status: string): boolean => ['held', 'pending', 'confirmed'].includes(status)

/** The API of questions and answers. */
export const mountedIntakeRoutes = mount({ ...intakeRoutes, ...intakeLinkRoutes }, { ...intakeHandlers, ...intakeLinkHandlers })
