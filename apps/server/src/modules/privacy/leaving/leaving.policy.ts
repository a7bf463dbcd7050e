import { definePolicy } from '../../../platform/policy/index.ts'

/** Who takes everything along: it is the business's own, so its owners. */
export const leavingPolicy = definePolicy({
  'workspace_exports.read': ['owner'],
  'workspace_exports.make': ['owner'],
})
