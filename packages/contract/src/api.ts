import { accountsRoutes } from './accounts.ts'
import { contactsRoutes } from './contacts.ts'
import { conversationsRoutes } from './conversations.ts'
import { platformRoutes } from './platform.ts'
import { privacyRoutes } from './privacy.ts'
import { schedulingRoutes } from './scheduling.ts'

/** The public API under `/api/v1`: every route of every room. */
export const api = {
  ...platformRoutes,
  ...accountsRoutes,
  ...contactsRoutes,
  ...privacyRoutes,
  ...conversationsRoutes,
  ...schedulingRoutes,
} as const

export type ApiRoutes = typeof api
