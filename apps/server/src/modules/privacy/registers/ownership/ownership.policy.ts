import { definePolicy } from '../../../../platform/policy/index.ts'

/** A change of ownership is the owner's affair; whoever was written to may object by her own link. */
export const ownershipPolicy = definePolicy({
  'ownership.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
  'ownership.manage': ['owner'],
  'ownership.object': ['contact_link'],
})
