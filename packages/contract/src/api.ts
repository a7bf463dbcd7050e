import { accountsRoutes } from './accounts.ts'
import { contactsRoutes } from './contacts.ts'
import { conversationsRoutes } from './conversations.ts'
import { leadsRoutes } from './leads.ts'
import { platformRoutes } from './platform.ts'
import { privacyRoutes } from './privacy.ts'
import { erasureRoutes } from './privacy-erasure.ts'
import { schedulingRoutes } from './scheduling.ts'
import { calendarRoutes } from './scheduling-calendars.ts'
import { embedRoutes } from './scheduling-embed.ts'
import { intakeLinkRoutes, intakeRoutes } from './scheduling-intake.ts'
import { resourceRoutes } from './scheduling-resources.ts'
import { waitlistRoutes } from './scheduling-waitlist.ts'

/** The public API under `/api/v1`: every route of every room. */
export const api = {
  ...platformRoutes,
  ...accountsRoutes,
  ...contactsRoutes,
  ...privacyRoutes,
  ...erasureRoutes,
  ...conversationsRoutes,
  ...schedulingRoutes,
  ...calendarRoutes,
  ...intakeRoutes,
  ...intakeLinkRoutes,
  ...waitlistRoutes,
  ...resourceRoutes,
  ...embedRoutes,
  ...leadsRoutes,
} as const

export type ApiRoutes = typeof api
