import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import type { Job } from './define-job.ts'

/** When and how often a job is wanted. */
export type EnqueueOptions = {
  /** Not before this moment; at once unless given. */
  readonly startAfter?: Temporal.Instant
  /** While a job of this name and key waits for its first try in this workspace, another one is not added. */
  readonly singletonKey?: string
}

/** The channel that tells workers of new jobs; its payload is the job's name. */
export const jobChannel = 'frontdesk_jobs'
/** The queue that keeps jobs which used up their tries until they are recorded in their workspace. */
export const deadQueue = 'jobs.dead'

const LEASE_SECONDS = 30
const DAY_SECONDS = 86_400

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
  const data = JSON.stringify({ workspaceId: tx.workspaceId, job: job.name, id, payload: job.payload.parse(payload) })
  const key = options.singletonKey === undefined ? null : `${tx.workspaceId}|${options.singletonKey}`
  const { limit, delaySeconds, backoff } = job.retries
  const startAfter = options.startAfter?.toString() ?? null
  const { rows } = await sql<{ added: number }>`
    with added as (
      insert into pgboss.job (id, name, data, start_after, singleton_key, policy, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter)
      values (${id}, ${job.name}, ${data}::jsonb, coalesce(${startAfter}::timestamptz, now()), ${key}, ${key === null ? 'standard' : 'short'}, ${LEASE_SECONDS}, ${7 * DAY_SECONDS},
        coalesce(${startAfter}::timestamptz, now()) + interval '365 days', ${limit}, ${delaySeconds}, ${backoff === 'exponential'}, ${backoff === 'exponential' ? 3600 : null}, ${deadQueue})
      on conflict do nothing
      returning 1 as added
    )
    select added, case when ${startAfter}::timestamptz is null then pg_notify(${jobChannel}, ${job.name}) end from added`.execute(tx.db)
  return rows.length === 1 ? id : null
}
