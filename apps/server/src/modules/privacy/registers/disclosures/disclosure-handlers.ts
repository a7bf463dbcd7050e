import type { disclosureRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../../platform/http/index.ts'
import { disclosurePolicy as policy } from './disclosure.policy.ts'
import { listDisclosures, writeDisclosure } from './disclosures.ts'

/** The account of disclosures. */
export const disclosureHandlers: Handlers<typeof disclosureRoutes> = {
  'GET /disclosures': { policy, may: 'disclosures.read', run: ({ tx, by, query }) => listDisclosures(tx, by, query) },
  'POST /disclosures': { policy, may: 'disclosures.write', run: ({ tx, by, body }) => writeDisclosure(tx, by, body) },
}
