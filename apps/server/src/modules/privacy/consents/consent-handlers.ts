import type { consentRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { arrangeKit, consentKit, renewCounter } from './consent-kit.ts'
import { inviteContact } from './invite-contact.ts'
import { listConsents } from './list-consents.ts'
import { forgetInquiry, noteInquiry } from './note-inquiry.ts'
import { adoptWording, returnToReady } from './own-wordings.ts'
import { readProof } from './read-proof.ts'
import { recordConsent, recordWithdrawal } from './record-consent.ts'

/** What members do about consents. */
export const consentHandlers: Handlers<typeof consentRoutes> = {
  'GET /consent-kit': { policy, may: 'consents.read', run: ({ tx, by, query }) => consentKit(tx, by, query.locale) },
  'PUT /consent-kit': { policy, may: 'consents.arrange', run: ({ tx, by, body, version }) => arrangeKit(tx, by, { ...body, version }) },
  'PUT /consent-kit/wordings/{key}/{locale}': {
    policy,
    may: 'consents.arrange',
    run: ({ tx, by, params, body, version }) => adoptWording(tx, by, { ...params, ...body, version }),
  },
  'DELETE /consent-kit/wordings/{key}/{locale}': {
    policy,
    may: 'consents.arrange',
    run: ({ tx, by, params, version }) => returnToReady(tx, by, { ...params, version }),
  },
  'POST /consent-kit/renew-counter': { policy, may: 'consents.arrange', run: ({ tx, by }) => renewCounter(tx, by) },
  'GET /contacts/{contactId}/consents': {
    policy,
    may: 'consents.read',
    run: async ({ tx, by, params }) => ({ items: [...(await listConsents(tx, by, params.contactId))] }),
  },
  'POST /contacts/{contactId}/consents': {
    policy,
    may: 'consents.record',
    run: async ({ tx, by, params, body }) => {
      const { id } = await recordConsent(tx, by, { ...body, contactId: params.contactId })
      const made = (await listConsents(tx, by, params.contactId)).find((entry) => entry.id === id)
      if (!made) throw new Error('A consent was recorded and is not in the ledger.')
      return made
    },
  },
  'POST /contacts/{contactId}/consents/invite': {
    policy,
    may: 'consents.record',
    run: async ({ tx, by, params, body }) => ({ sentTo: await inviteContact(tx, by, { ...body, contactId: params.contactId }) }),
  },
  'POST /contacts/{contactId}/consents/withdraw': {
    policy,
    may: 'consents.withdraw',
    run: async ({ tx, by, params, body }) => {
      await recordWithdrawal(tx, by, { ...body, contactId: params.contactId })
      return { items: [...(await listConsents(tx, by, params.contactId))] }
    },
  },
  'POST /contacts/{contactId}/inquiries': {
    policy,
    may: 'inquiries.note',
    run: async ({ tx, by, params, body }) => ({ id: await noteInquiry(tx, by, { ...body, contactId: params.contactId }) }),
  },
  'DELETE /contacts/{contactId}/inquiries/{inquiryId}': {
    policy,
    may: 'inquiries.note',
    run: async ({ tx, by, params }) => {
      await forgetInquiry(tx, by, params)
      return undefined
    },
  },
  'GET /consents/{consentId}/proof': { policy, may: 'consents.proofs', run: ({ tx, by, params }) => readProof(tx, by, params.consentId) },
}
