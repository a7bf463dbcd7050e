import type { sensitiveRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { changeField, declareField, endField, listFields } from './declare-field.ts'
import { listMasked } from './mask-from-outside.ts'
import { listReveals, revealValue } from './reveal-value.ts'
import { listValues, recordValue, removeValue } from './sensitive-values.ts'

/** Sensitive fields, their values, and who saw them. */
export const sensitiveHandlers: Handlers<typeof sensitiveRoutes> = {
  'GET /sensitive-fields': { policy, may: 'sensitive_fields.read', run: ({ tx, by }) => listFields(tx, by) },
  'POST /sensitive-fields': { policy, may: 'sensitive_fields.manage', run: ({ tx, by, body }) => declareField(tx, by, body) },
  'PUT /sensitive-fields/{fieldId}': {
    policy,
    may: 'sensitive_fields.manage',
    run: ({ tx, by, params, body, version }) => changeField(tx, by, { ...params, ...body, version }),
  },
  'POST /sensitive-fields/{fieldId}/end': {
    policy,
    may: 'sensitive_fields.manage',
    run: ({ tx, by, params, body }) => endField(tx, by, { ...params, ...body }),
  },
  'GET /contacts/{contactId}/sensitive-values': {
    policy,
    may: 'sensitive_values.read',
    run: async ({ tx, by, params }) => ({ items: await listValues(tx, by, params.contactId) }),
  },
  'PUT /contacts/{contactId}/sensitive-values/{fieldId}': {
    policy,
    may: 'sensitive_values.write',
    run: ({ tx, by, params, body }) => recordValue(tx, by, { ...params, ...body }),
  },
  'DELETE /contacts/{contactId}/sensitive-values/{fieldId}': {
    policy,
    may: 'sensitive_values.write',
    run: ({ tx, by, params }) => removeValue(tx, by, params),
  },
  'POST /contacts/{contactId}/sensitive-values/{fieldId}/reveal': {
    policy,
    may: 'sensitive_values.reveal',
    // One after another, as somebody who needs them does; nobody reads a whole list of them.
    limit: { name: 'sensitive-reveal', requests: 60, seconds: 600, shared: true },
    run: ({ tx, by, params, body }) => revealValue(tx, by, { ...params, ...body }),
  },
  'GET /contacts/{contactId}/sensitive-reveals': {
    policy,
    may: 'sensitive_reveals.read',
    run: ({ tx, by, params, query }) => listReveals(tx, by, { ...params, ...query }),
  },
  'GET /masked-numbers': { policy, may: 'sensitive_fields.read', run: ({ tx, by, query }) => listMasked(tx, by, query) },
}
