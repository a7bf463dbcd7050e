import type { disclosureRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../../platform/http/index.ts'
import { disclosurePolicy as policy } from './disclosure.policy.ts'
import { listDisclosures, writeDisclosure } from './disclosures.ts'
import { listNotices, settleNotice } from './recipient-notices.ts'

/** The account of disclosures. */
export const disclosureHandlers: Handlers<typeof disclosureRoutes> = {
  'GET /disclosures': { policy, may: 'disclosures.read', run: ({ tx, by, query }) => listDisclosures(tx, by, query) },
  'GET /recipient-notices': { policy, may: 'disclosures.read', run: ({ tx, by, query }) => listNotices(tx, by, query) },
  'POST /recipient-notices/{noticeId}/done': {
    policy,
    may: 'disclosures.write',
    run: ({ tx, by, params, body }) => settleNotice(tx, by, { ...body, ...params }),
  },
  'POST /disclosures': { policy, may: 'disclosures.write', run: ({ tx, by, body }) => writeDisclosure(tx, by, body) },
}
