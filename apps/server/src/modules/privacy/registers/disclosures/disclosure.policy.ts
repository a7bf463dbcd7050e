import { definePolicy } from '../../../../platform/policy/index.ts'

/** Who reads and writes the account of disclosures. */
export const disclosurePolicy = definePolicy({
  'disclosures.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
  'disclosures.write': ['owner', 'privacy_officer'],
})
