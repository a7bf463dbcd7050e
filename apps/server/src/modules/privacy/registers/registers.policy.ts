import { definePolicy } from '../../../platform/policy/index.ts'

/** Who keeps the registers, and who may read them. */
export const registersPolicy = definePolicy({
  'registers.read': ['owner', 'admin', 'privacy_officer', 'auditor'],
  'registers.manage': ['owner', 'privacy_officer'],
})
