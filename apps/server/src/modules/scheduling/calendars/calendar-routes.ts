import { calendarRoutes } from '@frontdesk/contract'
import { mount } from '../../../platform/http/index.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { changeFeed, readFeed, removeFeed, renewFeed } from './calendar-feed.ts'
import { changeCalendar, connectCalendar, disconnectCalendar, readNow } from './connect-calendar.ts'
import { listCalendars, presentCalendar } from './present-calendar.ts'
import { arriveWithCalendar } from './providers/arrive.ts'
import { departForCalendar, listProviders } from './providers/depart.ts'

const manage = { policy, may: 'calendars.manage' } as const
const feeds = { policy, may: 'calendar_feeds.manage' } as const

/** The API of calendars elsewhere. */
export const mountedCalendarRoutes = mount(calendarRoutes, {
  'GET /staff/{staffId}/calendars': {
    policy,
    may: 'calendars.read',
    run: ({ tx, by, params }) => listCalendars(tx, by, params.staffId),
  },
  'POST /staff/{staffId}/calendars': {
    ...manage,
    run: async ({ tx, by, params, body }) => presentCalendar(tx, await connectCalendar(tx, by, { ...params, ...body })),
  },
  'GET /calendar-providers': { policy, may: 'calendars.read', run: async ({ by }) => listProviders(by) },
  'POST /staff/{staffId}/calendar-departures': {
    ...manage,
    run: ({ tx, by, params, body }) => departForCalendar(tx, by, { ...params, ...body }),
  },
  'POST /calendar-arrivals': {
    ...manage,
    run: async ({ tx, by, body }) => presentCalendar(tx, await arriveWithCalendar(tx, by, body)),
  },
  'PATCH /calendars/{calendarId}': {
    ...manage,
    run: async ({ tx, by, params, body, version }) => presentCalendar(tx, await changeCalendar(tx, by, { ...params, ...body, version })),
  },
  'DELETE /calendars/{calendarId}': {
    ...manage,
    run: async ({ tx, by, params }) => void (await disconnectCalendar(tx, by, params.calendarId)),
  },
  'POST /calendars/{calendarId}/read': {
    ...manage,
    run: async ({ tx, by, params }) => presentCalendar(tx, await readNow(tx, by, params.calendarId)),
  },
  'GET /staff/{staffId}/calendar-feed': { ...feeds, run: ({ tx, by, params }) => readFeed(tx, by, params.staffId) },
  'PUT /staff/{staffId}/calendar-feed': {
    ...feeds,
    run: ({ tx, by, params, body }) => changeFeed(tx, by, { ...params, ...body }),
  },
  'POST /staff/{staffId}/calendar-feed/renew': { ...feeds, run: ({ tx, by, params }) => renewFeed(tx, by, params.staffId) },
  'DELETE /staff/{staffId}/calendar-feed': {
    ...feeds,
    run: async ({ tx, by, params }) => void (await removeFeed(tx, by, params.staffId)),
  },
})
