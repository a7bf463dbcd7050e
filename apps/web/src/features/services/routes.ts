import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
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

/** The screens of the services room: what can be booked, and who gives it. */
export const servicesRoutes = [servicesRoute.addChildren([noServiceRoute, serviceRoute, noPersonRoute, personRoute])] as const
