import { setTimeout as delay } from 'node:timers/promises'
import type { WorkspaceId } from '@frontdesk/contract'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Listener, openListener, openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { system } from '../inventory/index.ts'
import { openLog } from '../log/index.ts'
import {
  defineJob,
  enqueue,
  enqueueAll,
  type Job,
  type JobContext,
  type JobObservation,
  prepareJobs,
  startWorker,
  type Worker,
} from './index.ts'
import { type Lease, reclaim, renew } from './leases.ts'

type Numbered = { readonly number: number }
type Handler = (context: JobContext, payload: Numbered) => Promise<void>

let handler: Handler = async () => undefined
const numbered = (name: string, limits: Partial<Pick<Job, 'retries' | 'timeoutSeconds' | 'concurrency'>> = {}): Job<Numbered> =>
  defineJob({
    retries: { limit: 2, delaySeconds: 0, backoff: 'fixed' },
    ...limits,
    name,
    payload: z.strictObject({ number: z.int() }),
    fields: { number: system },
    run: (context, payload) => handler(context, payload),
  })
const count = numbered('test.count')
const slow = numbered('test.slow', { timeoutSeconds: 1, retries: { limit: 0, delaySeconds: 0, backoff: 'fixed' } })
const single = numbered('test.single', { concurrency: 1 })
const jobs = [count, slow, single]

let test: TestDatabase
let relay: pg.Pool
let listener: Listener
let workspaceId: WorkspaceId
const workers: Worker[] = []
const seen: JobObservation[] = []
const log = openLog({ level: 'silent', role: 'test', strict: true })

beforeAll(async () => {
  test = await testDatabase()
  await prepareJobs(test.urls.owner, jobs)
  relay = openPool(test.urls.relay, 6)
  listener = openListener({ url: test.urls.relay })
  workspaceId = test.newWorkspaceId()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await test.asSuperuser('delete from pgboss.job')
  seen.length = 0
})
afterAll(async () => {
  await listener.close()
  await relay.end()
})

async function work(options: { stopSeconds?: number } = {}): Promise<Worker> {
  const worker = await startWorker({
    database: test.database,
    relay,
    listener,
    log,
    jobs,
    observe: (observation) => seen.push(observation),
    ...options,
  })
  workers.push(worker)
  return worker
}
const add = (job: Job<Numbered>, number: number, startAfter?: Temporal.Instant) =>
  test.database.inWorkspace(workspaceId, (tx) => enqueue(tx, job, { number }, startAfter ? { startAfter } : {}))
const outcomes = () => seen.map(({ job, outcome, attempt }) => `${job} ${attempt} ${outcome}`)
const until = (what: () => unknown, timeout = 4000) => expect.poll(what, { timeout, interval: 10 })
const failedJobs = (workspace: WorkspaceId) =>
  test.database.inWorkspace(workspace, (tx) => tx.db.selectFrom('failed_job').selectAll().execute())

describe('a job that fails', () => {
  it('is tried again, with the number of its try', async () => {
    const attempts: [number, boolean][] = []
    handler = async ({ attempt, lastAttempt }) => {
      attempts.push([attempt, lastAttempt])
      if (attempt < 3) throw new Error('not yet')
    }
    await work()
    await add(count, 1)
    await until(outcomes).toEqual(['test.count 1 failed', 'test.count 2 failed', 'test.count 3 done'])
    expect(attempts).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
  })

  it('for want of a database loses no try by it', async () => {
    let met = 0
    handler = async () => {
      met++
      if (met === 1) throw new Error('Connection terminated unexpectedly')
    }
    await work()
    await add(slow, 1) // which has one try only
    await until(outcomes).toEqual(['test.slow 1 lost', 'test.slow 1 done'])
  })

  it('is kept in its workspace when its tries are used up, told of, and without the words of the error', async () => {
    handler = async () => {
      throw Object.assign(new RangeError('Ana Silva, ana@example.com'), { code: 'E_TEST' })
    }
    await work()
    const id = await add(count, 7)
    await until(() => failedJobs(workspaceId)).toEqual([
      expect.objectContaining({ id, name: 'test.count', payload: { number: 7 }, attempts: 3, error: 'RangeError E_TEST' }),
    ])
    expect(await failedJobs(test.newWorkspaceId())).toEqual([])
    const { rows } = await test.asSuperuser("select payload from outbox where type = 'job.failed'")
    expect(rows).toEqual([{ payload: { jobId: id } }])
    expect(JSON.stringify((await test.asSuperuser('select data, output from pgboss.job')).rows)).not.toContain('Ana')
  })

  it('has failed when its time is up, and was told so', async () => {
    let reason: unknown
    handler = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason
          reject(signal.reason)
        })
      })
    await work()
    await add(slow, 1)
    await until(outcomes).toContain('test.slow 1 dead')
    expect(reason).toMatchObject({ name: 'JobTimedOut' })
  })
})

describe('a worker', () => {
  it('starts a job by notification, long before it would have looked', async () => {
    const ran: number[] = []
    handler = async (_context, { number }) => void ran.push(number)
    await work()
    await add(count, 1)
    await until(() => ran, 2000).toEqual([1]) // it looks by itself every five seconds
  })

  it('binds the handler to the workspace that enqueued, as a system principal', async () => {
    const seenRows: unknown[] = []
    handler = async ({ inWorkspace, by, jobId }) => {
      seenRows.push(await inWorkspace((tx) => Promise.resolve(tx.workspaceId)), by, jobId)
    }
    await work()
    const id = await add(count, 1)
    await until(() => seenRows).toEqual([workspaceId, { kind: 'system', workspaceId, job: 'test.count' }, id])
  })

  it('waits until a job is due, and starts it then', async () => {
    handler = async () => undefined
    await work()
    const due = Temporal.Now.instant().add({ milliseconds: 700 })
    await add(count, 1, due)
    await until(outcomes).toEqual(['test.count 1 done'])
    expect(Temporal.Instant.compare(Temporal.Now.instant(), due)).toBe(1)
  })

  it('takes over what waited before it started', async () => {
    handler = async () => undefined
    await add(count, 1)
    await work()
    await until(outcomes).toEqual(['test.count 1 done'])
  })

  it('runs no more of one kind at once than the job allows', async () => {
    let running = 0
    let most = 0
    handler = async () => {
      running += 1
      most = Math.max(most, running)
      await delay(5)
      running -= 1
    }
    await work()
    await test.database.inWorkspace(workspaceId, (tx) =>
      enqueueAll(tx, single, [{ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 }]),
    )
    await until(() => seen.length).toBe(4)
    expect(most).toBe(1)
  })

  it('never runs a job that another one runs: 300 jobs and three workers', async () => {
    const ran: number[] = []
    handler = async (_context, { number }) => void ran.push(number)
    await Promise.all([work(), work(), work()])
    const numbers = Array.from({ length: 300 }, (_, number) => number)
    await test.database.inWorkspace(workspaceId, (tx) =>
      enqueueAll(
        tx,
        count,
        numbers.map((number) => ({ number })),
      ),
    )
    await until(() => seen.length, 10_000).toBe(300)
    expect(ran.toSorted((a, b) => a - b)).toEqual(numbers)
  })
})

describe('a stop', () => {
  it('takes nothing more and lets the running handler finish', async () => {
    let started = false
    let finished = false
    handler = async () => {
      started = true
      await delay(150)
      finished = true
    }
    const worker = await work()
    await add(single, 1)
    await until(() => started).toBe(true)
    await add(single, 2)
    await worker.stop()
    expect(finished).toBe(true)
    const { rows } = await test.asSuperuser('select state from pgboss.job order by created_on')
    expect(rows).toEqual([{ state: 'completed' }, { state: 'created' }])
  })

  it('gives back what does not finish in time, without using up a try', async () => {
    let started = false
    let release: () => void = () => undefined
    handler = () =>
      new Promise((resolve) => {
        started = true
        release = resolve
      })
    const worker = await work({ stopSeconds: 0.2 })
    await add(single, 1)
    await until(() => started).toBe(true)
    await worker.stop()
    const { rows } = await test.asSuperuser('select state, retry_count, started_on from pgboss.job')
    expect(rows).toEqual([{ state: 'retry', retry_count: 0, started_on: null }])
    release()

    handler = async () => undefined
    await work()
    await until(outcomes).toContain('test.single 1 done')
  })
})

describe('a lease', () => {
  const boss = () =>
    new PgBoss({
      db: { executeSql: (text, values) => relay.query(text, values) },
      schema: 'pgboss',
      migrate: false,
      supervise: false,
      schedule: false,
    })
  const state = async (id: string | null) =>
    (await test.asSuperuser('select state, retry_count from pgboss.job where id = $1', [id])).rows[0]

  it('that nobody renewed gives the job back, as a used-up try', async () => {
    const [dead, alive] = [await add(count, 1), await add(count, 2)]
    await test.asSuperuser("update pgboss.job set state = 'active', started_on = now() - interval '16 s' where id = $1", [dead])
    await test.asSuperuser("update pgboss.job set state = 'active', started_on = now() - interval '10 s' where id = $1", [alive])
    const instance = boss()
    await instance.start()
    expect(await reclaim(relay, instance)).toBe(true)
    expect(await reclaim(relay, instance)).toBe(false)
    await instance.stop({ graceful: false, close: false })
    expect(await state(dead)).toMatchObject({ state: 'retry' })
    expect(await state(alive)).toMatchObject({ state: 'active' })

    handler = async () => undefined
    await work()
    await until(outcomes).toEqual(['test.count 2 done'])
  })

  it('that nobody renewed makes the job due at once, however often it was lost, until its tries are used up', async () => {
    const id = await add(numbered('test.count', { retries: { limit: 2, delaySeconds: 600, backoff: 'exponential' } }), 1)
    const instance = boss()
    await instance.start()
    const lose = async (tries: number) => {
      await test.asSuperuser(
        "update pgboss.job set state = 'active', retry_count = $2, started_on = now() - interval '16 s' where id = $1",
        [id, tries],
      )
      await reclaim(relay, instance)
      const { rows } = await test.asSuperuser('select state, start_after <= now() as due from pgboss.job where id = $1', [id])
      return rows[0]
    }
    expect(await lose(0)).toEqual({ state: 'retry', due: true })
    expect(await lose(1)).toEqual({ state: 'retry', due: true })
    expect(await lose(2)).toMatchObject({ state: 'failed' })
    await instance.stop({ graceful: false, close: false })
  })

  it('that another worker took is noticed, and the handler is told', async () => {
    const id = await add(count, 1)
    const stop = new AbortController()
    const lease: Lease = { id: id ?? '', name: 'test.count', stop, finished: Promise.resolve(), lost: false }
    await test.asSuperuser("update pgboss.job set state = 'active', started_on = now() - interval '10 s' where id = $1", [id])
    await renew(relay, new Map([[lease.id, lease]]))
    expect(stop.signal.aborted).toBe(false)
    await test.asSuperuser("update pgboss.job set state = 'retry' where id = $1", [id])
    await renew(relay, new Map([[lease.id, lease]]))
    expect(lease.lost).toBe(true)
    expect(stop.signal.aborted).toBe(true)
  })
})
