import type { auditRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { checkAudit, readAudit, readContactAudit } from './read-audit.ts'

/** Who saw, changed and exported what, and whether the record of it is whole. */
export const auditHandlers: Handlers<typeof auditRoutes> = {
  'GET /audit': { policy, may: 'audit.read', run: ({ tx, by, query }) => readAudit(tx, by, query) },
  // A walk over everything: a few a minute are plenty.
  'POST /audit/check': {
    policy,
    may: 'audit.read',
    limit: { name: 'audit-check', requests: 6, seconds: 60 },
    run: ({ tx, by }) => checkAudit(tx, by),
  },
  'GET /contacts/{contactId}/audit': {
    policy,
    may: 'audit.read',
    run: ({ tx, by, params, query }) => readContactAudit(tx, by, { ...params, ...query }),
  },
}
