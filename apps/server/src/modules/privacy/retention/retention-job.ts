import { z } from 'zod'
import { defineJob, defineSchedule, type Job } from '../../../platform/jobs/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { runRetention } from './run-retention.ts'

/** The night's work of one workspace. Asked every hour, it does something once a night, from three in the morning on the business's own clock. */
export const retentionJob: Job<Record<string, never>> = defineJob({
  name: 'privacy.retention',
  payload: z.strictObject({}),
  fields: {},
  timeoutSeconds: 1800,
  concurrency: 1,
  run: ({ database, workspaceId, by, signal }) => runRetention({ ...erasureSurroundings.get(), database, workspaceId, by, signal }),
})

/** Every hour, so that a night that passed while the server was off is made up for, and what a crash left is finished. */
export const retentionSchedule = defineSchedule({ name: 'privacy.retention', cron: '8 * * * *', zone: 'UTC', job: retentionJob })
