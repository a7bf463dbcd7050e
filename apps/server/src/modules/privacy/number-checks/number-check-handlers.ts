import type { numberCheckRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { loadNumberChecks } from './load-checks.ts'
import { listNumberLookups, lookUpNumbers } from './look-up-numbers.ts'

/** What was found out about numbers: files of answers, and services that are asked. */
export const numberCheckHandlers: Handlers<typeof numberCheckRoutes> = {
  'POST /number-checks': { policy, may: 'known_facts.load', run: ({ tx, by, body }) => loadNumberChecks(tx, by, body) },
  'GET /number-lookups': { policy, may: 'gate.read', run: async ({ by }) => listNumberLookups(by) },
  'POST /contacts/{contactId}/number-lookups': {
    policy,
    may: 'known_facts.record',
    run: ({ tx, by, params }) => lookUpNumbers(tx, by, params.contactId),
  },
}
