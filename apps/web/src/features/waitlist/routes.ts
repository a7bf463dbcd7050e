import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import type { WaitlistSearch } from './address.ts'

const waitlistRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/waitlist',
  // Read by the screen itself: what is here comes with every first load.
  validateSearch: (search: WaitlistSearch) => search,
  component: lazyRouteComponent(() => withTemporal(() => import('./waitlist-screen.tsx')), 'WaitlistScreen'),
})

/** The screen of the waitlist. */
export const waitlistScreens = [waitlistRoute] as const
