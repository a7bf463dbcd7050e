import { roles } from '@frontdesk/contract'
import { definePolicy } from '../../../../platform/policy/index.ts'

/** Terms, instructions and training. None of it shows a contact, so whoever is overdue can still read and confirm. */
export const teamPolicy = definePolicy(
  {
    'processing_terms.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
    'processing_terms.accept': ['owner'],
    'training.read': roles,
    'training.confirm': roles,
    'training.manage': ['owner', 'privacy_officer'],
    'authorization_policy.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
  },
  ['processing_terms.read', 'processing_terms.accept', 'training.read', 'training.confirm', 'training.manage', 'authorization_policy.read'],
)
