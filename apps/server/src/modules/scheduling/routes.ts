import { schedulingRoutes } from '@frontdesk/contract'
import { mount } from '../../platform/http/index.ts'
import { mountedCalendarRoutes } from './calendars/calendar-routes.ts'
import { mountedEmbedRoutes } from './embed/embed-routes.ts'
import { mountedIntakeRoutes } from './intake/intake-routes.ts'
import { memberHandlers } from './member-routes.ts'
import { publicHandlers } from './public-routes.ts'
import { reminderHandlers } from './reminders/index.ts'
import { mountedResourceRoutes } from './resources/resource-routes.ts'
import { mountedWaitlistRoutes } from './waitlist/waitlist-routes.ts'

/** The API of the scheduling room. */
export const mountedRoutes = [
  ...mount(schedulingRoutes, { ...memberHandlers, ...reminderHandlers, ...publicHandlers }),
  ...mountedCalendarRoutes,
  ...mountedIntakeRoutes,
  ...mountedWaitlistRoutes,
  ...mountedResourceRoutes,
  ...mountedEmbedRoutes,
]
