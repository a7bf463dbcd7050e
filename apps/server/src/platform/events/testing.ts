/** Runs what happens after a commit inside a test, by the test's clock and one thing after another, instead of in a worker process. */
import { afterAll } from 'vitest'
import { openPool } from '../database/index.ts'
import type { TestDatabase } from '../database/testing.ts'
import { type Envelope, type Job, prepareJobs } from '../jobs/index.ts'
import type { TakenJob } from '../jobs/job-rows.ts'
import { errorSummary, runJob } from '../jobs/run-job.ts'
import { type Log, openLog } from '../log/index.ts'
import { type RelaySettings, relayBatch } from './relay.ts'
import type { Subscriber } from './subscribe.ts'

/** One try of one job, as `settle` saw it. */
export type SettledJob = {
  readonly name: string
  readonly outcome: 'done' | 'failed'
  readonly payload: Envelope['payload']
  readonly attempt: number
  readonly error?: unknown
}

export type Background = {
  /** Delivers events and runs jobs until nothing is due by the test's clock. A failing job is tried until its tries are used up, without waiting. */
  settle(): Promise<readonly SettledJob[]>
  /** Jobs that wait for a later moment, soonest first. */
  waiting(): Promise<readonly { readonly name: string; readonly startAfter: Temporal.Instant; readonly payload: Envelope['payload'] }[]>
}

/** Makes the queues of these jobs and subscribers in the test's database. Call it before the first commit that enqueues one. */
export async function backgroundOf(
  test: TestDatabase,
  parts: {
    readonly jobs?: readonly Job[]
    readonly subscribers?: readonly Subscriber[]
    readonly log?: Log
    readonly alongside?: RelaySettings['alongside']
  },
): Promise<Background> {
  const { jobs: own = [], subscribers = [] } = parts
  const jobs = [...own, ...subscribers.map(({ job }) => job)]
  await prepareJobs(test.urls.owner, jobs)
  const relay = openPool(test.urls.relay, 2)
  const log = parts.log ?? openLog({ level: 'silent', role: 'test', strict: true })
  afterAll(() => relay.end())

  async function takeDue(): Promise<TakenJob | undefined> {
    const { rows } = await relay.query<TakenJob>(
      `update pgboss.job_common set state = 'active', started_on = now()
       where id = (
         select id from pgboss.job_common
         where name = any ($1) and (state = 'retry' or (state = 'created' and (start_after = created_on or start_after <= $2)))
         order by created_on, id limit 1 for update
       )
       returning id, name, data, retry_count as "retryCount", retry_limit as "retryLimit", output`,
      [jobs.map(({ name }) => name), test.clock().toString()],
    )
    return rows[0]
  }

  async function run(taken: TakenJob): Promise<SettledJob> {
    const job = jobs.find(({ name }) => name === taken.name)
    if (!job) throw new Error(`There is no job ${taken.name}.`)
    const seen = { name: taken.name, payload: taken.data.payload, attempt: taken.retryCount + 1 }
    try {
      await runJob(job, taken, { database: test.database, log }, new AbortController())
      await relay.query("update pgboss.job_common set state = 'completed', completed_on = now() where id = $1", [taken.id])
      return { ...seen, outcome: 'done' }
    } catch (error) {
      const state = taken.retryCount >= taken.retryLimit ? 'failed' : 'retry'
      await relay.query('update pgboss.job_common set state = $2, retry_count = retry_count + 1, output = $3 where id = $1', [
        taken.id,
        state,
        { error: errorSummary(error) },
      ])
      return { ...seen, outcome: 'failed', error }
    }
  }

  return {
    async settle() {
      const settled: SettledJob[] = []
      for (;;) {
        while ((await relayBatch({ relay, subscribers, ...(parts.alongside ? { alongside: parts.alongside } : {}) })) > 0);
        const taken = await takeDue()
        if (!taken) return settled
        settled.push(await run(taken))
      }
    },
    async waiting() {
      const { rows } = await relay.query<{ name: string; start_after: Temporal.Instant; data: Envelope }>(
        "select name, start_after, data from pgboss.job_common where state = 'created' and start_after <> created_on and start_after > $1 order by start_after, id",
        [test.clock().toString()],
      )
      return rows.map(({ name, start_after, data }) => ({ name, startAfter: start_after, payload: data.payload }))
    },
  }
}
