import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { isDatabaseAway, type Listener } from '../database/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { jobChannel, leaseSeconds } from './job-rows.ts'

/** A job that this process is running. */
export type Lease = {
  readonly id: string
  readonly name: string
  readonly stop: AbortController
  readonly finished: Promise<void>
  lost: boolean
}

export type LeaseSettings = {
  readonly relay: pg.Pool
  readonly boss: PgBoss
  readonly listener: Listener
  readonly log: Log
  readonly running: ReadonlyMap<string, Lease>
  readonly onReclaimed: () => void
}

const RENEW_MS = 4000
/** After the database came back, workers are given this long to say that they are alive before their jobs are taken for lost. */
const PATIENCE_MS = 10_000
const CLEAN_UP_MS = 600_000

/** Says every few seconds which jobs still run here, and gives those of dead workers back to their queues, as one used-up try. */
export function keepLeases(settings: LeaseSettings): { stop(): void } {
  const { relay, boss, listener, log, running } = settings
  let turning = false
  let lastCleanUp = performance.now()

  async function turn(): Promise<void> {
    if (turning) return
    turning = true
    try {
      await renew(relay, running)
      const since = listener.connectedSince
      if (since !== undefined && performance.now() - since > PATIENCE_MS && (await reclaim(relay, boss))) settings.onReclaimed()
      if (performance.now() - lastCleanUp > CLEAN_UP_MS) {
        lastCleanUp = performance.now()
        await boss.supervise() // removes what was done an hour ago
      }
    } catch (error) {
      if (!isDatabaseAway(error)) log.error('relay.failed', errorFields(error))
    } finally {
      turning = false
    }
  }

  const timer = setInterval(() => void turn(), RENEW_MS)
  const end = listener.onConnected(() => void turn())
  return {
    stop() {
      clearInterval(timer)
      end()
    },
  }
}

/** Renews the leases of what runs here, and stops what another worker took over. */
export async function renew(relay: pg.Pool, running: ReadonlyMap<string, Lease>): Promise<void> {
  const held = [...running.values()]
  if (held.length === 0) return
  const { rows } = await relay.query<{ id: string }>(
    `update pgboss.job set started_on = now()
     where (name, id) in (select * from unnest($1::text[], $2::uuid[])) and state = 'active' returning id`,
    [held.map(({ name }) => name), held.map(({ id }) => id)],
  )
  const kept = new Set(rows.map(({ id }) => id))
  for (const lease of held) {
    if (kept.has(lease.id) || running.get(lease.id) !== lease) continue
    lease.lost = true
    lease.stop.abort(new Error('Another worker took this job over.'))
  }
}

/** One worker at a time looks for jobs whose worker fell silent. They have waited long enough: they are due at once, one try poorer; those without another one are dead. */
export async function reclaim(relay: pg.Pool, boss: PgBoss): Promise<boolean> {
  const client = await relay.connect()
  try {
    await client.query('begin')
    const { rows: free } = await client.query<{ mine: boolean }>(
      "select pg_try_advisory_xact_lock(hashtext('frontdesk reclaim jobs')) as mine",
    )
    const { rows: silent } = free[0]?.mine
      ? await client.query<{ name: string; id: string; dead: boolean }>(
          `select name, id, retry_count >= retry_limit as dead from pgboss.job_common
           where state = 'active' and started_on < now() - make_interval(secs => ${leaseSeconds}) limit 500 for update skip locked`,
        )
      : { rows: [] }
    const db = { executeSql: (text: string, values: unknown[]) => client.query(text, values) }
    const lost = { error: 'worker_lost' }
    for (const { name, id } of silent.filter(({ dead }) => dead)) await boss.fail(name, id, lost, { db })
    await client.query(
      // what was started once before is one try further when it is taken again
      `update pgboss.job_common set state = 'retry', start_after = now(), output = $2::jsonb where id = any($1::uuid[]) and state = 'active'`,
      [silent.filter(({ dead }) => !dead).map(({ id }) => id), JSON.stringify(lost)],
    )
    await client.query('commit')
    return silent.length > 0
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Puts jobs that did not finish back into their queues, to be taken after so many seconds; the try does not count. */
export async function giveBack(relay: pg.Pool, leases: readonly Lease[], afterSeconds = 0): Promise<void> {
  if (leases.length === 0) return
  await relay.query(
    `with back as (
       update pgboss.job set state = 'retry', started_on = null, start_after = now() + make_interval(secs => $4)
       where (name, id) in (select * from unnest($1::text[], $2::uuid[])) and state = 'active' returning name
     ) select pg_notify($3, name) from back`,
    [leases.map(({ name }) => name), leases.map(({ id }) => id), jobChannel, afterSeconds],
  )
}
