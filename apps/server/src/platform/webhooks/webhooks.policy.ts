import { definePolicy } from '../policy/index.ts'

/** Who sees where events are sent, who sets it up, and who sees the secret with which they are signed. */
export const webhooksPolicy = definePolicy({
  'webhooks.read': ['owner', 'admin', 'auditor', 'privacy_officer'],
  'webhooks.manage': ['owner', 'admin'],
  'webhooks.secrets': ['owner', 'admin'],
})
