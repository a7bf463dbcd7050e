import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'

const calendarRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/calendar',
  component: lazyRouteComponent(() => import('./calendar-screen.tsx'), 'CalendarScreen'),
})

/** The screens of the calendar room. */
export const calendarRoutes = [calendarRoute] as const
