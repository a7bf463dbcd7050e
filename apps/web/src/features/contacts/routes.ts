import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readContactsSearch } from './address.ts'

const contactsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts',
  validateSearch: readContactsSearch,
  component: lazyRouteComponent(() => import('./contacts-screen.tsx'), 'ContactsScreen'),
})

const noContactRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./no-contact.tsx'), 'NoContact'),
})

const contactRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/$contactId',
  // Booking somebody from her page reckons with days.
  component: lazyRouteComponent(() => withTemporal(() => import('./contact-screen.tsx')), 'ContactScreen'),
})

/** The screens of the contacts room: the list, and beside it one contact. */
export const contactsRoutes = [contactsRoute.addChildren([noContactRoute, contactRoute])] as const
