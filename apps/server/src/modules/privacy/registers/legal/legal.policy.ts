import { definePolicy } from '../../../../platform/policy/index.ts'

/** Requests by authorities are for those who decide; auditors read what was done. Nobody acts here by an API key. */
export const legalPolicy = definePolicy({
  'legal_requests.read': ['owner', 'privacy_officer', 'auditor'],
  'legal_requests.manage': ['owner', 'privacy_officer'],
})
