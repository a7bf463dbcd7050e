import type pg from 'pg'
import { isDatabaseAway, type Listener } from '../database/index.ts'
import { orderedId } from '../ids/index.ts'
import { insertJobs, type NewJob } from '../jobs/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { noticeOf, realtimeChannel } from '../realtime/notice.ts'
import type { OutboxRow } from './events.tables.ts'
import type { Subscriber } from './subscribe.ts'

export type RelaySettings = {
  /** As the relay role. */
  readonly relay: pg.Pool
  readonly listener: Listener
  readonly log: Log
  readonly subscribers: readonly Subscriber[]
  /** What else is done with the events of a batch, in its transaction. */
  readonly alongside?: (client: pg.ClientBase, events: readonly RelayedEvent[]) => Promise<void>
  /** Told of each batch: how many events, and how long the oldest had waited. */
  readonly observe?: (batch: { readonly events: number; readonly oldestMs: number }) => void
}

/** The channel by which a commit with events wakes the relay. */
export const outboxChannel = 'frontdesk_outbox'

const POLL_MS = 2000
const BATCH = 500

/** Delivers events until it is stopped: wakes at once by NOTIFY, and looks every two seconds in case one was missed. */
export function startRelay(settings: RelaySettings): { stop(): Promise<void> } {
  const { listener, log } = settings
  let stopped = false
  let again = false
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    do {
      again = false
      try {
        while (!stopped && (await relayBatch(settings)) === BATCH);
      } catch (error) {
        if (!isDatabaseAway(error)) log.error('relay.failed', errorFields(error))
      }
    } while (again && !stopped)
    working = undefined
  }
  const wake = () => {
    again = true
    working ??= work()
  }
  const endings = [listener.on(outboxChannel, wake), listener.onConnected(wake)]
  const timer = setInterval(wake, POLL_MS)
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      for (const end of endings) end()
      await working
    },
  }
}

/**
 * Takes unsent events, adds a job for each subscriber, tells browsers, and marks them sent, in one transaction: after a crash either all of it happened or nothing.
 * One relay works at a time, so that `position` grows in the order in which it becomes visible, and a reader of `GET /events` never misses one. Returns how many
 * events it took.
 */
export async function relayBatch({
  relay,
  subscribers,
  alongside,
  observe,
}: Pick<RelaySettings, 'relay' | 'subscribers' | 'alongside' | 'observe'>): Promise<number> {
  const client = await relay.connect()
  try {
    await client.query('begin')
    const { rows: lock } = await client.query<{ mine: boolean }>("select pg_try_advisory_xact_lock(hashtext('frontdesk relay')) as mine")
    const rows = lock[0]?.mine ? await unsent(client) : []
    if (rows.length > 0) {
      await fanOut(client, rows, subscribers)
      await alongside?.(client, rows)
      await markSent(client, rows)
    }
    await client.query('commit')
    if (rows.length > 0) observe?.({ events: rows.length, oldestMs: Math.max(...rows.map(({ waited_ms }) => waited_ms)) })
    return rows.length
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** An event as the relay hands it on. */
export type RelayedEvent = Pick<OutboxRow, 'workspace_id' | 'id' | 'type' | 'at'> & {
  readonly payload: Record<string, unknown>
  readonly waited_ms: number
}

async function unsent(client: pg.ClientBase): Promise<readonly RelayedEvent[]> {
  const { rows } = await client.query<RelayedEvent>(
    `select workspace_id, id, type, payload, at, extract(epoch from clock_timestamp() - at)::float8 * 1000 as waited_ms
     from outbox where sent_at is null order by id limit ${BATCH} for update skip locked`,
  )
  return rows
}

async function fanOut(client: pg.ClientBase, rows: readonly RelayedEvent[], subscribers: readonly Subscriber[]): Promise<void> {
  for (const { event, job } of subscribers) {
    const jobs: NewJob[] = rows
      .filter(({ type }) => type === event)
      .map((row) => ({
        envelope: {
          workspaceId: row.workspace_id,
          job: job.name,
          id: orderedId(row.at.epochMilliseconds),
          payload: { eventId: row.id, at: row.at.toString(), event: row.payload },
        },
      }))
    if (jobs.length === 0) continue
    const { text, values } = insertJobs(job, jobs)
    await client.query(text, [...values])
  }
}

async function markSent(client: pg.ClientBase, rows: readonly RelayedEvent[]): Promise<void> {
  const notices = rows.map((row) =>
    JSON.stringify(noticeOf({ eventId: row.id, workspaceId: row.workspace_id, type: row.type, payload: row.payload })),
  )
  await client.query(
    `with numbered as materialized (select id, nextval('outbox_position') as position from unnest($1::uuid[]) as id)
     update outbox set sent_at = now(), position = numbered.position from numbered where outbox.id = numbered.id and sent_at is null`,
    [rows.map(({ id }) => id)],
  )
  await client.query('select pg_notify($1, notice) from unnest($2::text[]) as notice', [realtimeChannel, notices])
}
