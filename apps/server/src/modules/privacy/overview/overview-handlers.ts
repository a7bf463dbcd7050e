import type { overviewRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { privacyOverview } from './privacy-overview.ts'

/** What waits for somebody, in one answer. */
export const overviewHandlers: Handlers<typeof overviewRoutes> = {
  'GET /privacy-overview': { policy, may: 'privacy_overview.read', run: ({ tx, by }) => privacyOverview(tx, by) },
}
