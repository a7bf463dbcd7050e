import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { withTemporal } from '../../lib/temporal.ts'
import { workspaceRoute } from '../../routes/workspace.tsx'
import { readLogSearch } from './webhooks/log-address.ts'

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
})

/** The pages of a group come in one piece, so that the desk carries one address for each group. */
const you = () => import('./you/you-pages.ts')
const business = () => withTemporal(() => import('./business/business-pages.ts'))
const webhooks = () => withTemporal(() => import('./webhooks/webhook-pages.ts'))
const reminders = () => withTemporal(() => import('./reminders/reminder-pages.ts'))
const website = () => withTemporal(() => import('./website/website-pages.ts'))
const running = () => withTemporal(() => import('./business/running-pages.ts'))

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/security',
  // What another service, once connected or not, sent her back with.
  validateSearch: ({ connect, problem }): { connect?: 'google' | 'facebook'; problem?: string } => ({
    ...(connect === 'google' || connect === 'facebook' ? { connect } : {}),
    ...(typeof problem === 'string' ? { problem } : {}),
  }),
  component: lazyRouteComponent(you, 'SecurityPage'),
})

const endpointRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks/$endpointId',
  validateSearch: readLogSearch,
  component: lazyRouteComponent(webhooks, 'EndpointPage'),
})

/** Addresses that led to the settings once; they lead on to where their pages stand now. */
const movedRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/$',
  beforeLoad: async ({ location }) => {
    const { movedTo } = await import('./moved.ts')
    const href = movedTo(location.href)
    throw href === undefined ? notFound() : redirect({ href, replace: true })
  },
})

const page = <const Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => settingsRoute, path, component })

/** The screens of the settings room: the list of pages, and beside it one of them. */
export const settingsRoutes = [
  settingsRoute.addChildren([
    page(
      '/',
      lazyRouteComponent(() => import('./settings-start.tsx'), 'SettingsStart'),
    ),
    page('/account', lazyRouteComponent(you, 'AccountPage')),
    page('/profile', lazyRouteComponent(you, 'ProfilePage')),
    securityRoute,
    page('/sessions', lazyRouteComponent(you, 'SessionsPage')),
    page('/appearance', lazyRouteComponent(you, 'AppearancePage')),
    page('/business', lazyRouteComponent(business, 'BusinessPage')),
    page('/hours', lazyRouteComponent(business, 'HoursPage')),
    page('/reminders', lazyRouteComponent(reminders, 'RemindersPage')),
    page('/website', lazyRouteComponent(website, 'WebsitePage')),
    page('/people', lazyRouteComponent(business, 'PeoplePage')),
    page('/fields', lazyRouteComponent(business, 'FieldsPage')),
    page('/team', lazyRouteComponent(business, 'TeamPage')),
    page('/keys', lazyRouteComponent(running, 'KeysPage')),
    page('/webhooks', lazyRouteComponent(webhooks, 'WebhooksPage')),
    endpointRoute,
    page('/operator', lazyRouteComponent(running, 'OperatorPage')),
    page('/server', lazyRouteComponent(running, 'ServerPage')),
    page('/ownership', lazyRouteComponent(business, 'OwnershipPage')),
    page('/closing', lazyRouteComponent(running, 'ClosingPage')),
    movedRoute,
  ]),
] as const
