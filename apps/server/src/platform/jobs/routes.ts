import type { platformRoutes } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { pageFrom, readCursor } from '../http/cursor.ts'
import type { Handlers } from '../http/handlers.ts'
import type { Job } from './define-job.ts'
import { enqueue } from './enqueue.ts'
import { jobsPolicy } from './jobs.policy.ts'

type JobRoutes = Pick<typeof platformRoutes, 'GET /failed-jobs' | 'POST /failed-jobs/{jobId}/retry'>

/** The routes about jobs that used up their tries. `jobs` are all the house has, because a retry enqueues by name. */
export function jobHandlers(jobs: readonly Job[]): Handlers<JobRoutes> {
  return {
    'GET /failed-jobs': {
      policy: jobsPolicy,
      may: 'jobs.read',
      run: async ({ tx, query }) => {
        const after = readCursor(query.cursor, [z.uuid()])
        let rows = tx.db.selectFrom('failed_job').selectAll().where('workspace_id', '=', tx.workspaceId)
        if (after) rows = rows.where('id', '<', after[0])
        const found = await rows
          .orderBy('id', 'desc')
          .limit(query.limit + 1)
          .execute()
        return pageFrom(
          found,
          query.limit,
          ({ id, name, failed_at, attempts, error, payload }) => ({
            id,
            name,
            failedAt: failed_at.toString(),
            attempts,
            error,
            payload: payload as Record<string, unknown>,
          }),
          ({ id }) => [id],
        )
      },
    },
    'POST /failed-jobs/{jobId}/retry': {
      policy: jobsPolicy,
      may: 'jobs.retry',
      run: ({ tx, params }) => retryFailedJob(tx, jobs, params.jobId),
    },
  }
}

/** Takes a failed job out of the list and enqueues it anew, with all its tries. */
async function retryFailedJob(tx: WorkspaceTx, jobs: readonly Job[], jobId: string): Promise<undefined> {
  const failed = await tx.db
    .deleteFrom('failed_job')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', jobId)
    .returning(['name', 'payload'])
    .executeTakeFirst()
  if (!failed)
    throw new Refusal('http/not-found', { detail: 'This job is not in the list any more. Somebody may have started it already.' })
  const job = jobs.find(({ name }) => name === failed.name)
  const payload = job?.payload.safeParse(failed.payload)
  if (!job || !payload?.success) {
    throw new Refusal('http/conflict', {
      detail: 'This version of Frontdesk does not have this kind of job any more, so it cannot be run again. It was kept in the list.',
    })
  }
  await enqueue(tx, job, payload.data as never)
  return undefined
}
