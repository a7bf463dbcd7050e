import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readWaitlistSearch } from './address.ts'

const waitlistRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/waitlist',
  validateSearch: readWaitlistSearch,
  component: lazyRouteComponent(() => withTemporal(() => import('./waitlist-screen.tsx')), 'WaitlistScreen'),
})

/** The screen of the waitlist. */
export const waitlistScreens = [waitlistRoute] as const
