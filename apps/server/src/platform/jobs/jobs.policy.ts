import { definePolicy, leads } from '../policy/index.ts'

/** Who sees jobs that failed, and who has them run again. */
export const jobsPolicy = definePolicy({
  'jobs.read': [...leads, 'support', 'auditor'],
  'jobs.retry': leads,
})
