import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../../routes/workspace.tsx'

const contactsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts',
  component: lazyRouteComponent(() => import('./contacts-screen.tsx'), 'ContactsScreen'),
})

/** The screens of the contacts room. */
export const contactsRoutes = [contactsRoute] as const
