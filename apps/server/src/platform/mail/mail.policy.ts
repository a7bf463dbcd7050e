import { definePolicy, leads } from '../policy/index.ts'

/** Who sees the outbox, and who decides about mails in it. A representative sees her mails with her contacts' conversations, not here, where everybody's lie. */
export const mailPolicy = definePolicy({
  'outbox.read': [...leads, 'member', 'privacy_officer', 'auditor', 'operator'],
  'outbox.manage': leads,
})
