import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readInboxSearch } from './address.ts'

const inboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('./inbox-screen.tsx'), 'InboxScreen'),
})

const noConversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./no-conversation.tsx'), 'NoConversation'),
})

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '/$conversationId',
  // Putting off reckons with days.
  component: lazyRouteComponent(() => withTemporal(() => import('./thread-screen.tsx')), 'ThreadScreen'),
})

/** The screens of the inbox room: the list, and beside it one conversation. */
export const inboxRoutes = [inboxRoute.addChildren([noConversationRoute, conversationRoute])] as const
