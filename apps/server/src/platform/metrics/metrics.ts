import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { HttpObservation } from '../http/index.ts'
import type { JobObservation } from '../jobs/index.ts'

/** What one process counts. Names and labels hold routes, jobs and states: never an address, an id or a person. */
export type Metrics = {
  readonly http: (answered: HttpObservation) => void
  readonly job: (ran: JobObservation) => void
  readonly relay: (batch: { readonly events: number; readonly oldestMs: number }) => void
  /** Watches the connections of a pool. */
  pool(name: string, pool: pg.Pool): void
  /** Watches a number that is read when somebody asks. */
  watch(name: 'realtime_streams', what: string, read: () => number): void
  /** Watches what waits, as the relay role: jobs by name, and events not sent yet. */
  backlog(relay: pg.Pool): void
  /** All of it in the text format of Prometheus, version 0.0.4. */
  text(): Promise<string>
  readonly contentType: string
}

const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300]

/** Starts counting, the process itself included: memory, garbage collection, lag of the event loop. */
export function openMetrics(role: string): Metrics {
  const register = new Registry()
  register.setDefaultLabels({ role })
  collectDefaultMetrics({ register })
  const registers = [register]

  const http = new Histogram({
    name: 'frontdesk_http_request_seconds',
    help: 'Time to answer a request, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers,
  })
  const jobSeconds = new Histogram({
    name: 'frontdesk_job_seconds',
    help: 'Time of one try of a job.',
    labelNames: ['job'],
    buckets: JOB_SECONDS,
    registers,
  })
  const jobs = new Counter({ name: 'frontdesk_jobs_total', help: 'Tries of jobs, by outcome.', labelNames: ['job', 'outcome'], registers })
  const events = new Counter({ name: 'frontdesk_events_sent_total', help: 'Events that the relay delivered.', registers })
  const pools = watchPools(register)
  const lag = new Gauge({
    name: 'frontdesk_outbox_lag_seconds',
    help: 'How long the oldest event of the last batch had waited.',
    registers,
  })

  return {
    http: ({ method, route, status, ms }) => http.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000),
    job({ job, outcome, ms }) {
      jobs.inc({ job, outcome })
      jobSeconds.observe({ job }, ms / 1000)
    },
    relay({ events: sent, oldestMs }) {
      events.inc(sent)
      lag.set(Math.max(0, oldestMs) / 1000)
    },
    pool: (name, pool) => void pools.set(name, pool),
    watch(name, help, read) {
      new Gauge({
        name: `frontdesk_${name}`,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    },
    backlog: (relay) => watchBacklog(register, relay),
    text: () => register.metrics(),
    contentType: register.contentType,
  }
}

function watchPools(register: Registry): Map<string, pg.Pool> {
  const pools = new Map<string, pg.Pool>()
  new Gauge({
    name: 'frontdesk_pool_connections',
    help: 'Connections to the database: in use, idle, and callers that wait for one.',
    labelNames: ['pool', 'state'],
    registers: [register],
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of pools) {
        this.set({ pool, state: 'used' }, totalCount - idleCount)
        this.set({ pool, state: 'idle' }, idleCount)
        this.set({ pool, state: 'waiting' }, waitingCount)
      }
    },
  })
  return pools
}

/** While the database is away these two are missing, and the others are still told. */
function watchBacklog(register: Registry, relay: pg.Pool): void {
  new Gauge({
    name: 'frontdesk_jobs_waiting',
    help: 'Jobs that are due and wait for a worker, by name.',
    labelNames: ['job'],
    registers: [register],
    async collect() {
      this.reset()
      const { rows } = await relay
        .query<{ job: string; waiting: number }>(
          "select name as job, count(*)::int as waiting from pgboss.job_common where state < 'active' and start_after <= now() group by name",
        )
        .catch(() => ({ rows: [] }))
      for (const { job, waiting } of rows) this.set({ job }, waiting)
    },
  })
  new Gauge({
    name: 'frontdesk_outbox_unsent',
    help: 'Events that the relay has not delivered yet.',
    registers: [register],
    async collect() {
      this.reset()
      const { rows } = await relay
        .query<{ unsent: number }>('select count(*)::int as unsent from outbox where sent_at is null')
        .catch(() => ({ rows: [] }))
      for (const { unsent } of rows) this.set(unsent)
    },
  })
}
