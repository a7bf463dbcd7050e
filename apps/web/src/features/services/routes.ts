import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { rootRoute } from '../../routes/root.tsx'
import { signedIn, workspaceRoute } from '../../routes/workspace.tsx'
import { readServicesSearch } from './address.ts'

const servicesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/services',
  validateSearch: readServicesSearch,
  component: lazyRouteComponent(() => import('./services-screen.tsx'), 'ServicesScreen'),
})

const noServiceRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./nothing-open.tsx'), 'NoService'),
})

const serviceRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/$serviceId',
  component: lazyRouteComponent(() => withTemporal(() => import('./service-screen.tsx')), 'ServiceScreen'),
})

const noPersonRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./nothing-open.tsx'), 'NoPerson'),
})

const personRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/people/$staffId',
  component: lazyRouteComponent(() => withTemporal(() => import('./person-screen.tsx')), 'PersonScreen'),
})

/** Back from the provider of a calendar; outside of a workspace, because its address is one for all. */
export const calendarArriveRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/calendars/arrive',
  validateSearch: ({ state, code }): { state?: string; code?: string } => ({
    ...(typeof state === 'string' ? { state } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
  }),
  beforeLoad: ({ context, location }) => signedIn(context, location.href),
  component: lazyRouteComponent(() => import('./calendars/arrive-screen.tsx'), 'ArriveScreen'),
})

const noResourceRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/resources',
  component: lazyRouteComponent(() => import('./nothing-open.tsx'), 'NoResource'),
})

const resourceRoute = createRoute({
  getParentRoute: () => servicesRoute,
  path: '/resources/$resourceId',
  component: lazyRouteComponent(() => withTemporal(() => import('./resources/resource-screen.tsx')), 'ResourceScreen'),
})

/** The screens of the services room: what can be booked, who gives it, and the rooms and devices it takes. */
export const servicesRoutes = [
  servicesRoute.addChildren([noServiceRoute, serviceRoute, noPersonRoute, personRoute, noResourceRoute, resourceRoute]),
] as const
