import type { WorkspaceId } from '@frontdesk/contract'
import type { Database } from '../database/index.ts'
import { emit } from '../events/emit.ts'
import type { Log } from '../log/index.ts'
import type { Envelope } from './job-rows.ts'
import './jobs.tables.ts'

/** Records a job that used up its tries in its workspace, and tells of it. May run twice for one job. */
export async function recordDeadJob(database: Database, log: Log, dead: Envelope, error: string, attempts: number): Promise<void> {
  await database.inWorkspace(dead.workspaceId as WorkspaceId, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('failed_job')
      .values({
        workspace_id: tx.workspaceId,
        id: dead.id,
        name: dead.job,
        payload: JSON.stringify(dead.payload),
        error,
        attempts,
        failed_at: tx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 1n) await emit(tx, 'job.failed', { jobId: dead.id })
  })
  log.error('job.dead', { queue: dead.job, jobId: dead.id })
}
