import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { type ListName, lists } from '../privacy/requests/lists.ts'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
})

const startRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./settings-start.tsx'), 'SettingsStart'),
})

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('./you/profile-page.tsx'), 'ProfilePage'),
})

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  // What another service, once connected or not, sent her back with.
  validateSearch: ({ connect, problem }): { connect?: 'google' | 'facebook'; problem?: string } => ({
    ...(connect === 'google' || connect === 'facebook' ? { connect } : {}),
    ...(typeof problem === 'string' ? { problem } : {}),
  }),
  component: lazyRouteComponent(() => import('./you/security-page.tsx'), 'SecurityPage'),
})

const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sessions',
  component: lazyRouteComponent(() => import('./you/sessions-page.tsx'), 'SessionsPage'),
})

const appearanceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/appearance',
  component: lazyRouteComponent(() => import('./appearance-page.tsx'), 'AppearancePage'),
})

const businessRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/business',
  component: lazyRouteComponent(() => import('./business/business-page.tsx'), 'BusinessPage'),
})

const hoursRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/hours',
  component: lazyRouteComponent(() => withTemporal(() => import('./business/hours-page.tsx')), 'HoursPage'),
})

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./business/people-page.tsx'), 'PeoplePage'),
})

const requestsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/requests',
  validateSearch: ({ list }): { list?: ListName } => {
    const known = lists.find((one) => one === list && one !== 'open')
    return known ? { list: known } : {}
  },
  component: lazyRouteComponent(() => import('../privacy/requests/requests-page.tsx'), 'RequestsPage'),
})

const requestRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/requests/$requestId',
  component: lazyRouteComponent(() => import('../privacy/requests/case-page.tsx'), 'CasePage'),
})

const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/privacy',
  component: lazyRouteComponent(() => import('./business/privacy-page.tsx'), 'PrivacyPage'),
})

const contactRulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/contact-rules',
  component: lazyRouteComponent(() => import('../privacy/gate/contact-rules-page.tsx'), 'ContactRulesPage'),
})

const consentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/consents',
  component: lazyRouteComponent(() => import('../privacy/consents/consents-page.tsx'), 'ConsentsPage'),
})

const erasuresRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/erasures',
  component: lazyRouteComponent(() => import('../privacy/erasure/erasures-page.tsx'), 'ErasuresPage'),
})

const auditRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/audit',
  // The contact whose data it is about; nobody: the whole workspace.
  validateSearch: ({ contact }): { contact?: string } => (typeof contact === 'string' ? { contact } : {}),
  component: lazyRouteComponent(() => import('../privacy/audit/audit-page.tsx'), 'AuditPage'),
})

const sensitiveRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/sensitive',
  component: lazyRouteComponent(() => import('../privacy/sensitive/sensitive-page.tsx'), 'SensitivePage'),
})

const cookiesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/cookies',
  component: lazyRouteComponent(() => import('../privacy/cookies/cookies-page.tsx'), 'CookiesPage'),
})

const retentionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/retention',
  component: lazyRouteComponent(() => import('../privacy/retention/retention-page.tsx'), 'RetentionPage'),
})

const policiesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/policies',
  // The document that is open; left out: the list of them.
  validateSearch: ({ document }): { document?: string } => (typeof document === 'string' ? { document } : {}),
  component: lazyRouteComponent(() => import('../privacy/policies/policies-page.tsx'), 'PoliciesPage'),
})

const privacySettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/privacy-settings',
  component: lazyRouteComponent(() => import('../privacy/settings/privacy-settings-page.tsx'), 'PrivacySettingsPage'),
})

const recordsRoute = createRoute({ getParentRoute: () => settingsRoute, path: '/records' })

/** One of the registers. They come in one piece, so that the desk carries one address for all of them. */
const register = <const Path extends string>(path: Path, screen: keyof typeof import('../privacy/registers/register-screens.ts')) =>
  createRoute({
    getParentRoute: () => recordsRoute,
    path,
    component: lazyRouteComponent(() => withTemporal(() => import('../privacy/registers/register-screens.ts')), screen),
  })

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/keys',
  component: lazyRouteComponent(() => withTemporal(() => import('./business/keys-page.tsx')), 'KeysPage'),
})

const operatorRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/operator',
  component: lazyRouteComponent(() => import('./business/operator-page.tsx'), 'OperatorPage'),
})

const serverRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/server',
  component: lazyRouteComponent(() => import('./business/server-page.tsx'), 'ServerPage'),
})

const closingRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/closing',
  component: lazyRouteComponent(() => import('./business/closing-page.tsx'), 'ClosingPage'),
})

/** The screens of the settings room: the list of pages, and beside it one of them. */
export const settingsRoutes = [
  settingsRoute.addChildren([
    startRoute,
    profileRoute,
    securityRoute,
    sessionsRoute,
    appearanceRoute,
    businessRoute,
    hoursRoute,
    peopleRoute,
    requestsRoute,
    requestRoute,
    privacyRoute,
    contactRulesRoute,
    consentsRoute,
    cookiesRoute,
    retentionRoute,
    erasuresRoute,
    sensitiveRoute,
    auditRoute,
    policiesRoute,
    privacySettingsRoute,
    recordsRoute.addChildren([
      register('/', 'RecordsPage'),
      register('/processing', 'ProcessingPage'),
      register('/recipients', 'RecipientsPage'),
      register('/incidents', 'IncidentsPage'),
      register('/incidents/$breachId', 'IncidentPage'),
      register('/disclosures', 'DisclosuresPage'),
      register('/legal-requests', 'LegalRequestsPage'),
      register('/legal-requests/$legalRequestId', 'LegalRequestPage'),
      register('/team', 'TeamPage'),
      register('/ownership', 'OwnershipPage'),
    ]),
    keysRoute,
    operatorRoute,
    serverRoute,
    closingRoute,
  ]),
] as const
