import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'

const outboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/outbox',
  component: lazyRouteComponent(() => import('./outbox-screen.tsx'), 'OutboxScreen'),
})

/** The screens of the outbox room. */
export const outboxRoutes = [outboxRoute] as const
