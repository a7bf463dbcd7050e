import { definePolicy, desk } from '../../../platform/policy/index.ts'

/** Who asks, who decides, who reads. Complaints are confidential: whoever may not read them is told that there are none. */
export const requestsPolicy = definePolicy({
  'requests.read': ['owner', 'admin', 'privacy_officer'],
  'requests.manage': ['owner', 'privacy_officer'],
  'requests.record': [...desk, 'privacy_officer'],
  'complaints.read': ['owner', 'privacy_officer'],
  'privacy_office.read': [...desk, 'privacy_officer', 'auditor', 'support', 'read_only'],
  'privacy_office.manage': ['owner'],
})
