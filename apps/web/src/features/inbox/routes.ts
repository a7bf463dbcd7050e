import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'

const inboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./inbox-screen.tsx'), 'InboxScreen'),
})

/** The screens of the inbox room. */
export const inboxRoutes = [inboxRoute] as const
