import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { isId, readContactsSearch } from './address.ts'

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

const companiesRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/companies',
  component: lazyRouteComponent(() => import('./companies/no-company.tsx'), 'NoCompany'),
})

const companyRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/companies/$companyId',
  component: lazyRouteComponent(() => import('./companies/company-screen.tsx'), 'CompanyScreen'),
})

const importsRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/import',
  component: lazyRouteComponent(() => import('./import/imports-screen.tsx'), 'ImportsScreen'),
})

const importRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/import/$importId',
  validateSearch: ({ step }: Record<string, unknown>): { step?: 'people' } => (step === 'people' ? { step } : {}),
  component: lazyRouteComponent(() => import('./import/import-screen.tsx'), 'ImportScreen'),
})

const segmentsRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/segments',
  component: lazyRouteComponent(() => import('./segments/no-segment.tsx'), 'NoSegment'),
})

const duplicatesRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/duplicates',
  component: lazyRouteComponent(() => import('./merge/no-duplicate.tsx'), 'NoDuplicate'),
})

const compareRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/duplicates/$survivorId/$mergedId',
  component: lazyRouteComponent(() => import('./merge/compare-screen.tsx'), 'CompareScreen'),
})

const contactRoute = createRoute({
  getParentRoute: () => contactsRoute,
  path: '/$contactId',
  // Booking somebody from her page reckons with days.
  component: lazyRouteComponent(() => withTemporal(() => import('./contact-screen.tsx')), 'ContactScreen'),
})

const tasksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/contacts/tasks',
  // Whose tasks: everybody's, or those of one member; left out: the reader's own.
  validateSearch: ({ whose }: Record<string, unknown>): { whose?: string } =>
    whose === 'all' || (typeof whose === 'string' && isId.test(whose)) ? { whose } : {},
  component: lazyRouteComponent(() => withTemporal(() => import('./tasks/tasks-screen.tsx')), 'TasksScreen'),
})

/** The screens of the contacts room: the list, and beside it one contact; and what is to be done. */
export const contactsRoutes = [
  contactsRoute.addChildren([
    noContactRoute,
    companiesRoute,
    companyRoute,
    importsRoute,
    importRoute,
    segmentsRoute,
    duplicatesRoute,
    compareRoute,
    contactRoute,
  ]),
  tasksRoute,
] as const
