import type { retentionRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { listLegalHolds, placeLegalHold, releaseLegalHold } from './legal-holds.ts'
import { listRetentionRuns } from './list-runs.ts'
import { previewRetention } from './preview-retention.ts'
import { changeRetention, confirmRetention, readRetention } from './retention-setting.ts'

/** Periods, previews, the nights' reports and holds. */
export const retentionHandlers: Handlers<typeof retentionRoutes> = {
  'GET /retention': { policy, may: 'retention.read', run: ({ tx, by }) => readRetention(tx, by) },
  'PUT /retention': {
    policy,
    may: 'retention.manage',
    run: ({ tx, by, body, version }) => changeRetention(tx, by, { days: body, version }),
  },
  'POST /retention/previews': { policy, may: 'retention.preview', run: ({ tx, by }) => previewRetention(tx, by) },
  'POST /retention/confirmation': { policy, may: 'retention.confirm', run: ({ tx, by, body }) => confirmRetention(tx, by, body.previewId) },
  'GET /retention/runs': { policy, may: 'retention.read', run: ({ tx, by, query }) => listRetentionRuns(tx, by, query) },
  'GET /legal-holds': { policy, may: 'legal_holds.read', run: ({ tx, by, query }) => listLegalHolds(tx, by, query) },
  'POST /legal-holds': { policy, may: 'legal_holds.manage', run: ({ tx, by, body }) => placeLegalHold(tx, by, body) },
  'POST /legal-holds/{holdId}/release': {
    policy,
    may: 'legal_holds.manage',
    run: ({ tx, by, params, body }) => releaseLegalHold(tx, by, { ...params, ...body }),
  },
}
