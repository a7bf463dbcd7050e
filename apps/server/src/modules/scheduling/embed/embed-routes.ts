import { embedRoutes } from '@frontdesk/contract'
import { type Handlers, mount } from '../../../platform/http/index.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { readBookingPage, writeBookingPage } from './framing-sites.ts'

const embedHandlers: Handlers<typeof embedRoutes> = {
  'GET /booking-page': { policy, may: 'booking_page.read', run: ({ tx, by }) => readBookingPage(tx, by) },
  'PUT /booking-page': {
    policy,
    may: 'booking_page.manage',
    run: ({ tx, by, body, version }) => writeBookingPage(tx, by, { ...body, version }),
  },
}

/** The API of how the booking pages stand on other sites. */
export const mountedEmbedRoutes = mount(embedRoutes, embedHandlers)
