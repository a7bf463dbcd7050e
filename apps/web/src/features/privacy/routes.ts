import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { type ListName, lists } from './requests/lists.ts'

const privacyRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/privacy',
  component: lazyRouteComponent(() => import('./privacy-screen.tsx'), 'PrivacyScreen'),
})

/** The pages of a group come in one piece, so that the desk carries one address for each group. */
const rights = () => import('./rights-pages.ts')
const permission = () => import('./permission-pages.ts')
const promise = () => import('./promise-pages.ts')
const records = () => withTemporal(() => import('./records-pages.ts'))
const keeping = () => import('./keeping-pages.ts')

const overviewRoute = createRoute({
  getParentRoute: () => privacyRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
})

const requestsRoute = createRoute({
  getParentRoute: () => privacyRoute,
  path: '/requests',
  validateSearch: ({ list }): { list?: ListName } => {
    const known = lists.find((one) => one === list && one !== 'open')
    return known ? { list: known } : {}
  },
  component: lazyRouteComponent(rights, 'RequestsPage'),
})

const policiesRoute = createRoute({
  getParentRoute: () => privacyRoute,
  path: '/policies',
  // The document that is open; left out: the list of them.
  validateSearch: ({ document }): { document?: string } => (typeof document === 'string' ? { document } : {}),
  component: lazyRouteComponent(promise, 'PoliciesPage'),
})

const auditRoute = createRoute({
  getParentRoute: () => privacyRoute,
  path: '/audit',
  // The contact whose data it is about; nobody: the whole workspace.
  validateSearch: ({ contact }): { contact?: string } => (typeof contact === 'string' ? { contact } : {}),
  component: lazyRouteComponent(records, 'AuditPage'),
})

const page = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => privacyRoute, path, component })

/** The screens of the privacy room: what needs somebody today, and the pages beside their list. */
export const privacyRoutes = [
  privacyRoute.addChildren([
    overviewRoute,
    requestsRoute,
    page('/requests/$requestId', lazyRouteComponent(rights, 'CasePage')),
    page('/erasures', lazyRouteComponent(rights, 'ErasuresPage')),
    page('/may-contact', lazyRouteComponent(permission, 'MayContactPage')),
    page('/consents', lazyRouteComponent(permission, 'ConsentsPage')),
    page('/do-not-contact', lazyRouteComponent(permission, 'DoNotContactPage')),
    page('/contact-rules', lazyRouteComponent(permission, 'ContactRulesPage')),
    policiesRoute,
    page('/cookies', lazyRouteComponent(promise, 'CookiesPage')),
    page('/choices', lazyRouteComponent(promise, 'ChoicesPage')),
    page('/incidents', lazyRouteComponent(records, 'IncidentsPage')),
    page('/incidents/$breachId', lazyRouteComponent(records, 'IncidentPage')),
    page('/recipients', lazyRouteComponent(records, 'RecipientsPage')),
    page('/processing', lazyRouteComponent(records, 'ProcessingPage')),
    page('/disclosures', lazyRouteComponent(records, 'DisclosuresPage')),
    page('/legal-requests', lazyRouteComponent(records, 'LegalRequestsPage')),
    page('/legal-requests/$legalRequestId', lazyRouteComponent(records, 'LegalRequestPage')),
    auditRoute,
    page('/retention', lazyRouteComponent(keeping, 'RetentionPage')),
    page('/holds', lazyRouteComponent(keeping, 'HoldsPage')),
    page('/sensitive', lazyRouteComponent(keeping, 'SensitivePage')),
  ]),
] as const
