import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readOutboxSearch } from './address.ts'

const outboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/outbox',
  validateSearch: readOutboxSearch,
  component: lazyRouteComponent(() => import('./outbox-screen.tsx'), 'OutboxScreen'),
})

const noMailRoute = createRoute({
  getParentRoute: () => outboxRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./no-mail.tsx'), 'NoMail'),
})

const mailRoute = createRoute({
  getParentRoute: () => outboxRoute,
  path: '/$mailId',
  component: lazyRouteComponent(() => import('./mail-screen.tsx'), 'MailScreen'),
})

/** The screens of the outbox room: every mail, and beside it one as it goes out. */
export const outboxRoutes = [outboxRoute.addChildren([noMailRoute, mailRoute])] as const
