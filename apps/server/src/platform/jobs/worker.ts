import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { type Database, isDatabaseAway, type Listener } from '../database/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { recordDeadJob } from './dead-jobs.ts'
import type { Job } from './define-job.ts'
import { deadQueue, jobChannel, type TakenJob, takeJobs } from './job-rows.ts'
import { giveBack, keepLeases, type Lease } from './leases.ts'
import { errorSummary, runJob } from './run-job.ts'
import { startBoss } from './start-boss.ts'

/** What became of one try. */
export type JobOutcome = 'done' | 'failed' | 'dead' | 'lost'

/** One try, for metrics. */
export type JobObservation = { readonly job: string; readonly outcome: JobOutcome; readonly ms: number; readonly attempt: number }

export type WorkerSettings = {
  /** As the app role; handlers are bound to their workspace by it. */
  readonly database: Database
  /** As the relay role; takes and completes jobs. */
  readonly relay: pg.Pool
  readonly listener: Listener
  readonly log: Log
  readonly jobs: readonly Job[]
  readonly observe?: (observation: JobObservation) => void
  /** How long a stop waits for running handlers. */
  readonly stopSeconds?: number
}

const POLL_MS = 5000
const SHORTEST_PAUSE_MS = 200
const MOST_AT_ONCE = 20
/** A job that met a database that was away is tried again after this long. */
const AWAY_SECONDS = 1

/** Runs the jobs of this process until it is stopped. */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  return new Worker(settings, await startBoss(settings.relay, settings.log))
}

/** Takes jobs as they become due and runs them side by side. Lives from `startWorker` to `stop`. */
export class Worker {
  readonly #settings: WorkerSettings
  readonly #boss: PgBoss
  readonly #jobs: ReadonlyMap<string, Job>
  /** Queues that may hold something to run now. */
  readonly #due = new Set<string>()
  /** Queues that held more than there were free slots for. */
  readonly #hungry = new Set<string>()
  readonly #running = new Map<string, Lease>()
  readonly #busy = new Map<string, number>()
  readonly #endings: (() => void)[] = []
  readonly #leases: { stop(): void }
  readonly #loop: Promise<void>
  #nextPoll = 0
  #stopping = false
  #wakeUp: () => void = () => undefined

  constructor(settings: WorkerSettings, boss: PgBoss) {
    this.#settings = settings
    this.#boss = boss
    this.#jobs = new Map(settings.jobs.map((job) => [job.name, job]))
    this.#endings.push(
      settings.listener.on(jobChannel, (name) => this.#mayHold(name)),
      settings.listener.onConnected(() => this.#pollNow()),
    )
    this.#leases = keepLeases({ ...settings, boss, running: this.#running, onReclaimed: () => this.#pollNow() })
    this.#loop = this.#work()
  }

  /** Takes nothing more, lets handlers finish for a while, and gives back what did not. */
  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    for (const end of this.#endings) end()
    this.#wakeUp()
    await this.#loop
    const stopMs = (this.#settings.stopSeconds ?? 10) * 1000
    const deadline = performance.now() + stopMs
    let told = false
    while (this.#running.size > 0 && performance.now() < deadline) {
      if (!told && performance.now() > deadline - stopMs / 4) {
        told = true
        for (const { stop } of this.#running.values()) stop.abort(new Error('The server is stopping.'))
      }
      await Promise.race([delay(50), Promise.allSettled([...this.#running.values()].map(({ finished }) => finished))])
    }
    this.#leases.stop()
    await this.#giveBack([...this.#running.values()])
    await this.#boss.stop({ graceful: false, close: false })
  }

  #mayHold(name: string): void {
    if (name !== deadQueue && !this.#jobs.has(name)) return
    this.#due.add(name)
    this.#nextPoll = Math.min(this.#nextPoll, performance.now() + SHORTEST_PAUSE_MS) // it may be for later: look when
    this.#wakeUp()
  }

  #pollNow(): void {
    this.#nextPoll = 0
    this.#wakeUp()
  }

  async #work(): Promise<void> {
    while (!this.#stopping) {
      try {
        for (const name of [...this.#due]) {
          this.#due.delete(name)
          if (!this.#stopping) await this.#take(name)
        }
        if (performance.now() >= this.#nextPoll) await this.#poll()
        if (this.#due.size === 0) await this.#sleep(this.#nextPoll - performance.now())
      } catch (error) {
        if (!isDatabaseAway(error)) this.#settings.log.error('relay.failed', errorFields(error))
        this.#nextPoll = performance.now() + 1000
        await this.#sleep(1000)
      }
    }
  }

  /** Takes as many jobs of one queue as there are free slots. */
  async #take(name: string): Promise<void> {
    const busy = this.#busy.get(name) ?? 0
    const free = Math.min((this.#jobs.get(name)?.concurrency ?? 1) - busy, MOST_AT_ONCE)
    if (free <= 0) return void this.#hungry.add(name)
    const { rows: taken } = await this.#settings.relay.query<TakenJob>(takeJobs, [name, free])
    if (taken.length === free) this.#hungry.add(name)
    for (const job of taken) this.#start(job)
  }

  #start(taken: TakenJob): void {
    this.#busy.set(taken.name, (this.#busy.get(taken.name) ?? 0) + 1)
    const stop = new AbortController()
    const finished = this.#run(taken, stop).finally(() => {
      this.#running.delete(taken.id)
      this.#busy.set(taken.name, (this.#busy.get(taken.name) ?? 1) - 1)
      if (this.#hungry.delete(taken.name)) this.#mayHold(taken.name)
    })
    this.#running.set(taken.id, { id: taken.id, name: taken.name, stop, finished, lost: false })
  }

  async #run(taken: TakenJob, stop: AbortController): Promise<void> {
    const { observe } = this.#settings
    const began = performance.now()
    const outcome = await this.#try(taken, stop).then(
      () => 'done' as const,
      (error: unknown) => ({ error }),
    )
    const attempt = taken.retryCount + 1
    const tell = (what: JobOutcome) => observe?.({ job: taken.name, outcome: what, ms: performance.now() - began, attempt })
    const lease = this.#running.get(taken.id)
    if (lease?.lost) return tell('lost') // another worker has it now, and its outcome counts
    if (outcome === 'done') {
      tell('done')
      return this.#insist(() => this.#boss.complete(taken.name, taken.id))
    }
    if (lease && this.#stopping && stop.signal.aborted) {
      tell('lost')
      return this.#giveBack([lease])
    }
    if (lease && isDatabaseAway(outcome.error)) {
      // Not the job's doing: it waits for the database like everything else, and keeps its tries for faults of its own.
      tell('lost')
      this.#settings.log.warn('job.failed', { queue: taken.name, jobId: taken.id, attempt, ...errorFields(outcome.error) })
      await this.#insist(async () => lease.lost || giveBack(this.#settings.relay, [lease], AWAY_SECONDS))
      return this.#pollNow()
    }
    const dead = taken.retryCount >= taken.retryLimit
    tell(dead ? 'dead' : 'failed')
    await this.#fail(taken, outcome.error, attempt)
    if (dead) this.#mayHold(deadQueue)
    this.#pollNow() // to learn when it is tried again
  }

  #fail({ name, id }: TakenJob, error: unknown, attempt: number): Promise<void> {
    this.#settings.log.warn('job.failed', { queue: name, jobId: id, attempt, ...errorFields(error) })
    return this.#insist(() => this.#boss.fail(name, id, { error: errorSummary(error) }))
  }

  async #try(taken: TakenJob, stop: AbortController): Promise<void> {
    const { database, log } = this.#settings
    if (taken.name === deadQueue) {
      const { error } = (taken.output ?? {}) as { error?: string }
      return recordDeadJob(database, log, taken.data, error ?? 'worker_lost', (this.#jobs.get(taken.data.job)?.retries.limit ?? 0) + 1)
    }
    const job = this.#jobs.get(taken.name)
    if (!job) throw new Error(`There is no job ${taken.name} in this version.`)
    return runJob(job, taken, { database, log }, stop)
  }

  /** An outcome has to be written: while the database is away it is tried again, and the lease is renewed as soon as it is back. */
  async #insist(write: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await write()
        return
      } catch (error) {
        if (!isDatabaseAway(error)) this.#settings.log.error('relay.failed', errorFields(error))
        await delay(500)
        if (this.#stopping) return
      }
    }
  }

  async #giveBack(leases: readonly Lease[]): Promise<void> {
    await giveBack(
      this.#settings.relay,
      leases.filter(({ lost }) => !lost),
    ).catch((error: unknown) => this.#settings.log.error('relay.failed', errorFields(error)))
  }

  /** Finds which queues have something due, and when the next one will. */
  async #poll(): Promise<void> {
    const names = [deadQueue, ...this.#jobs.keys()]
    const { rows } = await this.#settings.relay.query<{ name: string; ms: number }>(
      `select queue.name, extract(epoch from (first.start_after - now()))::float8 * 1000 as ms
       from unnest($1::text[]) as queue (name)
       cross join lateral (
         select start_after from pgboss.job_common job where job.name = queue.name and state < 'active' order by start_after limit 1
       ) first`,
      [names],
    )
    const waiting = rows.filter(({ name }) => (this.#busy.get(name) ?? 0) < (this.#jobs.get(name)?.concurrency ?? 1))
    for (const { name, ms } of waiting) if (ms < 0) this.#due.add(name)
    const soonest = Math.min(POLL_MS, ...waiting.map(({ ms }) => ms + 2))
    this.#nextPoll = performance.now() + Math.max(soonest, SHORTEST_PAUSE_MS)
  }

  #sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.#stopping) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
