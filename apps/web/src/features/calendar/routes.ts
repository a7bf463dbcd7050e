import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readCalendarSearch } from './address.ts'

const calendarRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/calendar',
  validateSearch: readCalendarSearch,
  component: lazyRouteComponent(() => withTemporal(() => import('./calendar-screen.tsx')), 'CalendarScreen'),
})

/** The screens of the calendar room. */
export const calendarRoutes = [calendarRoute] as const
