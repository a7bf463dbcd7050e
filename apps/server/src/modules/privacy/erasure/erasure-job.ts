import { z } from 'zod'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, defineSchedule, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { erasureJobName, runErasure } from './run-erasure.ts'
import { erasureSurroundings } from './surroundings.ts'

/** Carries out one erasure; goes on where a crash left it. */
export const eraseContactJob: Job<{ erasureId: string }> = defineJob({
  name: erasureJobName,
  payload: z.strictObject({ erasureId: z.uuid() }),
  fields: { erasureId: system },
  retries: { limit: 12, delaySeconds: 2, backoff: 'exponential' },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: (context, { erasureId }) => runErasure({ ...erasureSurroundings.get(), database: context.database }, context.workspaceId, erasureId),
})

/** Erasures that are not done: a hold may have ended, or the tries of their job were used up. */
export const resumeErasuresJob: Job<Record<string, never>> = defineJob({
  name: 'privacy.resume-erasures',
  payload: z.strictObject({}),
  fields: {},
  run: (context) =>
    context.inWorkspace(async (tx) => {
      const open = await tx.db
        .selectFrom('erasure')
        .select('id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('state', '<>', 'done')
        .execute()
      for (const { id } of open) await enqueue(tx, eraseContactJob, { erasureId: id }, { singletonKey: id })
    }),
})

/** Every hour, so that an erasure goes on by itself when its hold has ended. */
export const resumeErasures = defineSchedule({ name: 'privacy.resume-erasures', cron: '27 * * * *', zone: 'UTC', job: resumeErasuresJob })
