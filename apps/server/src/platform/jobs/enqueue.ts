import { CompiledQuery } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import { currentTraceparent } from '../traces/index.ts'
import type { Job } from './define-job.ts'
import { insertJobs, type NewJob } from './job-rows.ts'

/** When and how often a job is wanted. */
export type EnqueueOptions = {
  /** Not before this moment; at once unless given. */
  readonly startAfter?: Temporal.Instant
  /** While a job of this name and key waits for its first try in this workspace, another one is not added. */
  readonly singletonKey?: string
}

/**
 * Adds a job in the caller's transaction: after a rollback it never existed, after the commit a worker starts within milliseconds. The payload is checked, so that
 * only declared fields travel. Returns the job's id, or null when the singleton key was taken.
 */
export async function enqueue<Payload>(
  tx: WorkspaceTx,
  job: Job<Payload>,
  payload: NoInfer<Payload>,
  options: EnqueueOptions = {},
): Promise<string | null> {
  const id = tx.newId()
  const added = await insert(tx, job, [{ envelope: envelopeOf(tx, job, id, payload), ...options }])
  return added === 1 ? id : null
}

/** Adds many jobs of one kind with one statement. Returns their number. */
export function enqueueAll<Payload>(
  tx: WorkspaceTx,
  job: Job<Payload>,
  payloads: readonly NoInfer<Payload>[],
  options: EnqueueOptions = {},
): Promise<number> {
  if (payloads.length === 0) return Promise.resolve(0)
  return insert(
    tx,
    job,
    payloads.map((payload) => ({ envelope: envelopeOf(tx, job, tx.newId(), payload), ...options })),
  )
}

function envelopeOf<Payload>(tx: WorkspaceTx, job: Job<Payload>, id: string, payload: Payload): NewJob['envelope'] {
  return { workspaceId: tx.workspaceId, job: job.name, id, payload: job.payload.parse(payload), trace: currentTraceparent() }
}

async function insert(tx: WorkspaceTx, job: Job, jobs: readonly NewJob[]): Promise<number> {
  const { text, values } = insertJobs(job, jobs)
  const { rows } = await tx.db.executeQuery<{ added: number }>(CompiledQuery.raw(text, [...values]))
  return rows[0]?.added ?? 0
}
