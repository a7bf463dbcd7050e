/**
 * Permits with PostgreSQL, as a confirmation of a booking is sent: the gate is asked with every fact gathered, the answer is stored with its reasons, and the permit is used by one
 * send, each in a transaction of its own, by several callers at once. Among 20,000 customers with addresses, numbers, bookings, purchases, consents, wishes and opt-outs, and a
 * register of 200,000 numbers; PostgreSQL as the desk runs it, durable: a permit counts once its transaction is on disk.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactId } from '@frontdesk/contract'
import pg from 'pg'
import { migrationFolders } from '../../apps/server/src/migration-order.ts'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { requestPermit, requestPermits, subjectSources, usePermit } from '../../apps/server/src/modules/privacy/index.ts'
import { bookingSubjects } from '../../apps/server/src/modules/scheduling/index.ts'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { type Database, onDatabase, openDatabase, prepareDatabase } from '../../apps/server/src/platform/database/index.ts'
import { orderedId } from '../../apps/server/src/platform/ids/index.ts'
import { startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'

const CONTACTS = 20_000
/** As many connections: while one waits for the disk, others work, and PostgreSQL writes what has come together at once. */
export const callers = 8
const PERMITS = 12_000
const WARM_UP = 2_000
/** Touches of one list. */
const AT_ONCE = 500

export type MeasuredPermits = {
  readonly permitsPerSecond: number
  /** The same asked for in lists of `AT_ONCE`. */
  readonly batchPerSecond: number
  /** What one permit, asked for by itself, costs this process and PostgreSQL, in milliseconds of processor time; PostgreSQL's is known on Linux alone. Hardly changes with what else runs. */
  readonly nodeMs: number
  readonly postgresMs: number
  readonly given: number
  readonly asked: number
}

/** Permits a second, and how many of those asked for were given. */
export async function measurePermits(): Promise<MeasuredPermits> {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-bench-'))
  chmodSync(folder, 0o711) // the account that runs PostgreSQL when we are root has to enter it
  const server = await startPostgresServer(folder)
  try {
    const urls = await prepareDatabase({
      administratorUrl: server.superuserUrl,
      database: 'bench',
      dataFolder: folder,
      migrations: migrationFolders,
    })
    const clock = () => Temporal.Instant.fromEpochMilliseconds(Date.now())
    const keys = openKeys(path.join(folder, 'keys'), clock())
    const database = openDatabase({ url: urls.app, keys, clock, connections: callers })
    const superuser = new pg.Client({ connectionString: onDatabase(server.superuserUrl, 'bench') })
    await superuser.connect()
    try {
      const { workspaceId } = await testWorkspace({ database })
      const customers = await fill(superuser, workspaceId)
      subjectSources.provide('scheduling', bookingSubjects)
      await ask(database, workspaceId, customers, WARM_UP)
      const began = performance.now()
      const [ownBefore, theirsBefore] = [ownCpuMs(), await backendCpuMs(superuser)]
      const given = await ask(database, workspaceId, customers, PERMITS)
      const seconds = (performance.now() - began) / 1000
      const nodeMs = (ownCpuMs() - ownBefore) / PERMITS
      const postgresMs = ((await backendCpuMs(superuser)) - theirsBefore) / PERMITS
      const batchBegan = performance.now()
      const batchGiven = await askInLists(database, workspaceId, customers, PERMITS / AT_ONCE)
      const batchSeconds = (performance.now() - batchBegan) / 1000
      if (batchGiven !== given) throw new Error(`In lists ${batchGiven} permits were given, one by one ${given}.`)
      const perSecond = { permitsPerSecond: Math.round(PERMITS / seconds), batchPerSecond: Math.round(PERMITS / batchSeconds) }
      return { ...perSecond, nodeMs, postgresMs, given, asked: PERMITS }
    } finally {
      await superuser.end()
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Processor time of this process so far. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A tick of /proc. */
const TICK_MS = 10

/** Processor time of the connections of the app so far; nothing where the system does not tell. */
async function backendCpuMs(superuser: pg.Client): Promise<number> {
  const { rows } = await superuser.query<{ pid: number }>(`select pid from pg_stat_activity where usename = 'frontdesk_app'`)
  return rows.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
}

function cpuMsOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN
  // The name of the program, in brackets, may hold blanks; user and system time are the fourteenth and fifteenth field (proc_pid_stat(5)).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Asks for so many permits from several callers at once, uses each, and answers how many were given. */
async function ask(database: Database, workspaceId: Parameters<Database['inWorkspace']>[0], customers: readonly Customer[], count: number) {
  let next = 0
  let given = 0
  const caller = async (): Promise<void> => {
    while (next < count) {
      const { contactId, bookingId } = customers[(next * 7919) % customers.length] as Customer
      next += 1
      await database.inWorkspace(workspaceId, async (tx) => {
        const sendId = orderedId(tx.now.epochMilliseconds)
        const answer = await requestPermit(tx, {
          contactId,
          channel: 'email',
          purpose: 'service',
          about: { type: 'booking', id: bookingId },
          sendId,
        })
        if (!answer.allowed) return
        await usePermit(tx, answer.permit, { sendId, contactId, channel: 'email' })
        given += 1
      })
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return given
}

/** Asks for lists of permits, one list after the other, and uses each. */
async function askInLists(
  database: Database,
  workspaceId: Parameters<Database['inWorkspace']>[0],
  customers: readonly Customer[],
  lists: number,
) {
  let given = 0
  for (let list = 0; list < lists; list++) {
    const touches = Array.from({ length: AT_ONCE }, (_, n) => {
      const { contactId, bookingId } = customers[((list * AT_ONCE + n) * 7919) % customers.length] as Customer
      const about = { type: 'booking', id: bookingId } as const
      return { contactId, channel: 'email', purpose: 'service', about, sendId: orderedId(Date.now()) } as const
    })
    await database.inWorkspace(workspaceId, async (tx) => {
      const answers = await requestPermits(tx, touches)
      for (const [place, answer] of answers.entries()) {
        const touch = touches[place]
        if (!answer?.allowed || !touch) continue
        await usePermit(tx, answer.permit, { sendId: touch.sendId, contactId: touch.contactId, channel: 'email' })
        given += 1
      }
    })
  }
  return given
}

type Customer = { readonly contactId: ContactId; readonly bookingId: string }

async function fill(superuser: pg.Client, workspaceId: string): Promise<Customer[]> {
  await superuser.query(
    `insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, created_at, updated_at)
    select $1, gen_random_uuid(), 1, 'Person ' || n, 'person ' || n, 'booking', 'person ' || n, now(), now(), now() from generate_series(1, $2::int) n`,
    [workspaceId, CONTACTS],
  )
  for (const [kind, value] of [
    ['email', `'p' || row_number() over () || '@home.example'`],
    ['phone', `'+1212' || (5000000 + row_number() over ())`],
  ]) {
    await superuser.query(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select workspace_id, gen_random_uuid(), id, '${kind}', ${value}, ${value}, true, false, created_at from contact where workspace_id = $1`,
      [workspaceId],
    )
  }
  await superuser.query(
    `insert into suppression (workspace_id, id, kind, value_hash, scope, cause, contact_id, added_by, created_at)
    select workspace_id, gen_random_uuid(), 'email', 'bench.' || id, 'marketing', 'asked', id, 'bench', now() from contact where workspace_id = $1 limit ${CONTACTS / 10}`,
    [workspaceId],
  )
  await superuser.query(
    `with copy as (insert into registry_snapshot (workspace_id, id, registry, as_of, area_codes, status, lines_seen, lines_kept, lines_known, lines_bad, loaded_by, created_at, finished_at)
      values ($1, gen_random_uuid(), 'us.national', now(), '212', 'ready', 200000, 200000, 0, 0, 'bench', now(), now()) returning workspace_id, id)
    insert into registry_number (workspace_id, id, snapshot_id) select workspace_id, gen_random_uuid(), id from copy, generate_series(1, 200000)`,
    [workspaceId],
  )
  await superuser.query(
    `with person as (insert into staff (workspace_id, id, name, hue, active, created_at, updated_at, version) values ($1, gen_random_uuid(), 'Ana', 10, true, now(), now(), 1) returning id),
    visit as (insert into service (workspace_id, id, name, slug, description, duration_minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days, step_minutes,
        change_notice_minutes, place_kind, hue, phone, choose_person, active, position, created_at, updated_at, version)
      values ($1, gen_random_uuid(), 'Visit', 'visit', '', 60, 0, 0, 0, 60, 60, 0, 'address', 10, 'optional', true, true, 0, now(), now(), 1) returning id)
    insert into booking (workspace_id, id, status, service_id, staff_id, contact_id, attendee_id, starts_at, ends_at, busy_from, busy_until, zone, wall_start, place_kind, source, thread_id,
        sequence, told_contact, told_business, quiet, created_at, updated_at, version)
      select $1, c.id, 'confirmed', visit.id, person.id, c.id, c.id, now(), now() + interval '1 hour', now(), now() + interval '1 hour', 'America/New_York', '2027-01-01T09:00', 'address',
        'page', c.id, 0, 0, 0, true, now(), now(), 1
      from contact c, person, visit where c.workspace_id = $1`,
    [workspaceId],
  )
  await superuser.query(
    `insert into dealing (workspace_id, id, contact_id, kind, source_type, source_id, happened_at, created_at)
    select workspace_id, gen_random_uuid(), id, 'transaction', 'booking', id, now() - interval '1 day', now() from contact where workspace_id = $1`,
    [workspaceId],
  )
  await superuser.query(
    `with text as (insert into consent_wording (workspace_id, id, wording, edition, locale, words, words_hash, created_at)
      values ($1, gen_random_uuid(), 'bench', '1', 'en', 'I agree.', repeat('0', 64), now()) returning id)
    insert into consent (workspace_id, id, contact_id, channel, purpose, action, level, automated, wording_id, how, happened_at, recorded_by, created_at)
    select $1, gen_random_uuid(), c.id, channel, 'marketing', 'given', 'pec', false, text.id, 'booking_page', now(), 'bench', now()
    from contact c, text, unnest('{chat,push}'::text[]) as channel where c.workspace_id = $1`,
    [workspaceId],
  )
  await superuser.query(
    `insert into preference (workspace_id, id, version, contact_id, channels_off, hours, languages, created_at, updated_at)
    select workspace_id, gen_random_uuid(), 1, id, '["sms"]', '[]', '["en"]', now(), now() from contact where workspace_id = $1 limit ${CONTACTS / 4}`,
    [workspaceId],
  )
  await superuser.query('analyze')
  const { rows } = await superuser.query<{ id: string; contact_id: ContactId }>(
    'select id, contact_id from booking where workspace_id = $1',
    [workspaceId],
  )
  return rows.map(({ id, contact_id }) => ({ contactId: contact_id, bookingId: id }))
}
