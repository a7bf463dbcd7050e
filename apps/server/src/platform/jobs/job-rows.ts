import type { Job } from './define-job.ts'

/** The channel that tells workers of new jobs; its payload is the job's name. */
export const jobChannel = 'frontdesk_jobs'

/** The queue that keeps jobs which used up their tries until they are recorded in their workspace. */
export const deadQueue = 'jobs.dead'

/** A worker that has not said for this long that it is alive has lost its jobs. */
export const leaseSeconds = 15

/** What pg-boss stores as a job's data. */
export type Envelope = {
  readonly workspaceId: string
  readonly job: string
  readonly id: string
  readonly payload: Readonly<Record<string, unknown>>
  /** The trace that enqueued it, as a W3C traceparent. */
  readonly trace?: string | undefined
}

/** One job to be inserted. */
export type NewJob = {
  readonly envelope: Envelope
  readonly startAfter?: Temporal.Instant | undefined
  readonly singletonKey?: string | undefined
}

const KEEP_DONE_SECONDS = 3600

/**
 * Inserts jobs and tells the workers, in one statement that needs nothing but the right to insert. It writes what `send` of pg-boss 11 writes (a test compares the
 * rows), but without reading the queue table, and with the policy `short` for a row that has a singleton key and for no other: under `standard` pg-boss ignores the key,
 * and under any other policy two jobs without a key would exclude each other.
 */
export function insertJobs(job: Job, added: readonly NewJob[]): { readonly text: string; readonly values: readonly unknown[] } {
  const { limit, delaySeconds, backoff } = job.retries
  const rows = added.map(({ envelope, startAfter, singletonKey }) => ({
    id: envelope.id,
    data: envelope,
    start_after: startAfter?.toString() ?? null,
    singleton_key: singletonKey === undefined ? null : `${envelope.workspaceId}|${singletonKey}`,
  }))
  return {
    text: INSERT,
    values: [
      JSON.stringify(rows),
      job.name,
      limit,
      delaySeconds,
      backoff === 'exponential',
      backoff === 'exponential' ? 3600 : null,
      jobChannel,
    ],
  }
}

const INSERT = `
  with added as (
    insert into pgboss.job (id, name, data, start_after, singleton_key, policy, expire_seconds, deletion_seconds, keep_until,
                            retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter)
    select id, $2, data, coalesce(start_after, now()), singleton_key, case when singleton_key is null then 'standard' else 'short' end,
           ${leaseSeconds}, ${KEEP_DONE_SECONDS}, coalesce(start_after, now()) + interval '365 days', $3, $4, $5, $6, '${deadQueue}'
    from json_to_recordset($1::json) as wanted (id uuid, data jsonb, start_after timestamptz, singleton_key text)
    on conflict do nothing
    returning 1
  ), told as materialized (select pg_notify($7, $2))
  select (select count(*) from added)::int as added from told`

/** One job as it was taken from its queue. */
export type TakenJob = {
  readonly id: string
  readonly name: string
  readonly data: Envelope
  readonly retryCount: number
  readonly retryLimit: number
  /** What the last try left behind. */
  readonly output: unknown
}

/**
 * Takes jobs that are due, oldest first. As `fetch` of pg-boss 11, but in the order of the index on `start_after`: in the order of creation each fetch sorts the whole
 * backlog, so that a hundred thousand jobs would take hours. `$1` the queue, `$2` how many.
 */
export const takeJobs = `
  with next as (
    select id from pgboss.job_common
    where name = $1 and state < 'active' and start_after <= now()
    order by start_after limit $2 for update skip locked
  )
  update pgboss.job_common job
  set state = 'active', started_on = now(), retry_count = case when started_on is null then retry_count else retry_count + 1 end
  from next where job.name = $1 and job.id = next.id
  returning job.id, job.name, job.data, job.retry_count as "retryCount", job.retry_limit as "retryLimit", job.output`

/** Options of a job's queue, as pg-boss keeps them. */
export const queueOptions = (job: Job) => ({
  policy: 'standard' as const,
  retryLimit: job.retries.limit,
  retryDelay: job.retries.delaySeconds,
  retryBackoff: job.retries.backoff === 'exponential',
  ...(job.retries.backoff === 'exponential' ? { retryDelayMax: 3600 } : {}),
  expireInSeconds: leaseSeconds,
  retentionSeconds: 365 * 86_400,
  deleteAfterSeconds: KEEP_DONE_SECONDS,
  deadLetter: deadQueue,
})
