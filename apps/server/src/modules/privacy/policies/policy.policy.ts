import { definePolicy, leads, readers } from '../../../platform/policy/index.ts'

/** Who sees the documents of the business, and who publishes them. */
export const policyPolicy = definePolicy({
  'policies.read': [...leads, 'privacy_officer', 'auditor'],
  'policies.write': ['owner', 'privacy_officer'],
  'policies.publish': ['owner', 'privacy_officer'],
  'policies.news': readers,
})
