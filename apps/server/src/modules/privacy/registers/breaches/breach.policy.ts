import { definePolicy, desk } from '../../../../platform/policy/index.ts'

/** Everybody at the desk may raise the alarm; deciding and telling is for those who answer for it. */
export const breachPolicy = definePolicy({
  'breaches.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
  'breaches.report': [...desk, 'privacy_officer'],
  'breaches.manage': ['owner', 'privacy_officer'],
})
