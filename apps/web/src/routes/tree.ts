import { accountRoutes } from '../features/accounts/routes.ts'
import { calendarRoutes } from '../features/calendar/routes.ts'
import { contactsRoutes } from '../features/contacts/routes.ts'
import { inboxRoutes } from '../features/inbox/routes.ts'
import { leadsRoutes } from '../features/leads/routes.ts'
import { onboardingRoutes } from '../features/onboarding/routes.ts'
import { outboxRoutes } from '../features/outbox/routes.ts'
import { privacyRoutes } from '../features/privacy/routes.ts'
import { calendarArriveRoute, servicesRoutes } from '../features/services/routes.ts'
import { settingsRoutes } from '../features/settings/routes.ts'
import { waitlistScreens } from '../features/waitlist/routes.ts'
import { designRoute } from './design.ts'
import { homeRoute } from './home.ts'
import { rootRoute } from './root.tsx'
import { workspaceHomeRoute, workspaceRoute } from './workspace.tsx'

/** Every screen there is. A room adds its routes below the workspace; what people see before they are in one stands beside it. */
export const routeTree = rootRoute.addChildren([
  homeRoute,
  designRoute,
  ...accountRoutes,
  calendarArriveRoute,
  ...onboardingRoutes,
  workspaceRoute.addChildren([
    workspaceHomeRoute,
    ...calendarRoutes,
    ...waitlistScreens,
    ...contactsRoutes,
    ...inboxRoutes,
    ...leadsRoutes,
    ...servicesRoutes,
    ...outboxRoutes,
    ...privacyRoutes,
    ...settingsRoutes,
  ]),
])
