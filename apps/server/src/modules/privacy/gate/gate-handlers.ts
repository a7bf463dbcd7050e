import type { gateRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { mayContact } from './may-contact.ts'

/** What members ask the gate. */
export const gateHandlers: Handlers<typeof gateRoutes> = {
  'GET /contacts/{contactId}/may-contact': { policy, may: 'gate.read', run: ({ tx, by, params }) => mayContact(tx, by, params.contactId) },
}
