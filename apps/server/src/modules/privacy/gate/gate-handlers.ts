import { shippedRulebook } from '@frontdesk/contact-rules'
import type { gateRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { changeContactPolicy, readContactPolicy } from './contact-policy.ts'
import { learnFact } from './list-known-facts.ts'
import { mayContact } from './may-contact.ts'
import { mayContactList } from './may-contact-list.ts'

/** What members ask the gate, and the rules they add to it. */
export const gateHandlers: Handlers<typeof gateRoutes> = {
  'GET /contacts/{contactId}/may-contact': { policy, may: 'gate.read', run: ({ tx, by, params }) => mayContact(tx, by, params.contactId) },
  'POST /contacts/{contactId}/known-facts': {
    policy,
    may: 'known_facts.record',
    run: ({ tx, by, params, body }) => learnFact(tx, by, { ...body, ...params }),
  },
  'GET /may-contact': { policy, may: 'gate.read', run: ({ tx, by, query }) => mayContactList(tx, by, query) },
  'GET /contact-policy': { policy, may: 'contact_policy.read', run: ({ tx, by }) => readContactPolicy(tx, by) },
  'PUT /contact-policy': {
    policy,
    may: 'contact_policy.manage',
    run: ({ tx, by, body, version }) => changeContactPolicy(tx, by, { rules: body, version }),
  },
  'GET /contact-law': { policy, may: 'contact_policy.read', run: async () => law },
}

const { version, asOf, countries, rules } = shippedRulebook
/** The rulebook as the API shows it: where each rule comes from, and what it makes us do. */
const law = {
  version,
  asOf,
  countries: [...countries],
  rules: rules.map(({ id, place, kind, law, source, asOf, certainty, does }) => ({ id, place, kind, law, source, asOf, certainty, does })),
}
