import PgBoss from 'pg-boss'
import { openPool } from '../database/index.ts'
import type { Job } from './define-job.ts'
import { deadQueue, queueOptions } from './job-rows.ts'

/** Just enough for `enqueue`: columns that are written and never read. */
const INSERTED =
  'id, name, data, start_after, singleton_key, policy, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter'

const grants = [
  'grant usage on schema pgboss to frontdesk_app, frontdesk_relay',
  `grant insert (${INSERTED}) on pgboss.job to frontdesk_app`,
  'grant select, insert, update, delete on pgboss.job, pgboss.job_common to frontdesk_relay',
  'grant select, update on pgboss.queue, pgboss.version to frontdesk_relay',
  // pg-boss finds stalled jobs by reading its whole table; ours are found by this index.
  "create index if not exists job_active on pgboss.job_common (started_on) where state = 'active'",
]

/** Makes or upgrades pg-boss's schema and the queue of each job, as the owner, after the migrations. Several processes may do it at once. */
export async function prepareJobs(ownerUrl: string, jobs: readonly Job[]): Promise<void> {
  const names = jobs.map((job) => job.name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`Two jobs are named ${twice}. Give one of them another name.`)

  const pool = openPool(ownerUrl, 1) // one connection, so that the lock below holds for every statement
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'pgboss',
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined) // of its cache's timer; failures of the calls below are thrown
  try {
    await pool.query("select pg_advisory_lock(hashtext('frontdesk prepare jobs'))")
    await boss.start()
    const known = new Set((await boss.getQueues()).map((queue) => queue.name))
    if (!known.has(deadQueue))
      await boss.createQueue(deadQueue, { policy: 'standard', retryLimit: 1000, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 })
    // A queue's options are defaults; every row brings its job's own, so that they need no update when the code changes.
    for (const job of jobs) if (!known.has(job.name)) await boss.createQueue(job.name, queueOptions(job))
    for (const statement of grants) await pool.query(statement)
  } finally {
    await boss.stop({ graceful: false, close: false })
    await pool.end()
  }
}
