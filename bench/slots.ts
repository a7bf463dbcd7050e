/**
 * `npm run bench -- slots`: the free starts of a month over HTTP with PostgreSQL, of a service of half an hour on a step of a quarter that fifty people give, each with 4 and with 30 bookings a
 * day. As the desk asks, and as the booking page does. Prints p50 and p95, what a call costs the web
 * server in processor time, how many starts there are, and how long the answer is.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { newDataFolder, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { type Browser, becomeOwner } from '../tests/setup/owner.ts'
import { processorSecondsOf } from './import/where-time-goes.ts'

const PEOPLE = 50
const DAYS = 31
const CALLS = 60
const WARM_UP = 10

const dataFolder = newDataFolder()
const desk = await startDesk({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1', LOG_LEVEL: 'warn' } })
const metrics: Record<string, number> = {}
try {
  const owner = await becomeOwner(desk)
  const staffIds = await addPeople(owner)
  const service = await owner.call('POST /services', {
    body: {
      name: 'Visit',
      durationMinutes: 30,
      stepMinutes: 15,
      bufferAfterMinutes: 10,
      noticeMinutes: 120,
      horizonDays: 60,
      staffIds,
    } as never,
  })
  const client = await superuser()
  try {
    for (const busyPerDay of [4, 30]) {
      await fill(client, owner.workspace.id, { serviceId: service.id, staffIds, busyPerDay })
      const from = Temporal.Now.instant().add({ hours: 24 })
      const page = `/pages/${owner.workspace.slug}/${service.slug}`
      for (const [name, address] of [
        ['desk', `/services/${service.id}/slots?from=${from}&to=${from.add({ hours: 24 * DAYS })}`],
        ['page', `${page}/days?days=${DAYS}`],
      ] as const) {
        const { p50, p95, starts, bytes, processorMs } = await measure(owner, address)
        console.log(
          `${name}, ${PEOPLE} people, ${busyPerDay} busy a day: ${starts} starts in ${Math.round(bytes / 1000)} kB, p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${processorMs.toFixed(1)} ms of a processor`,
        )
        metrics[`${name}_${busyPerDay}_busy_p95_ms`] = Math.round(p95 * 10) / 10
      }
    }
  } finally {
    await client.end()
  }
  console.log(JSON.stringify({ bench: 'slots', metrics: { p95_ms_worst: Math.max(...Object.values(metrics)), ...metrics } }))
} finally {
  await desk.stop()
  removeDataFolder(dataFolder)
}

async function addPeople(owner: Browser): Promise<string[]> {
  const ids = (await owner.call('GET /staff')).items.map(({ id }) => id as string)
  while (ids.length < PEOPLE) ids.push((await owner.call('POST /staff', { body: { name: `Person ${ids.length}` } as never })).id)
  return ids
}

async function superuser(): Promise<pg.Client> {
  const running = readFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataFolder, 'postgres/superuser-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(running[3]), user: 'postgres', password, database: 'frontdesk' })
  await client.connect()
  return client
}

type Busy = { readonly serviceId: string; readonly staffId?: string; readonly staffIds: readonly string[]; readonly busyPerDay: number }

/** So many bookings a day for each, anywhere in it. */
async function fill(client: pg.Client, workspaceId: string, { serviceId, staffIds, busyPerDay }: Busy): Promise<void> {
  const minutes = busyPerDay > 10 ? 15 : 45
  await client.query('delete from claim')
  await client.query('delete from booking')
  const contact = (
    await client.query(
      `insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, created_at, updated_at)
      values ($1, gen_random_uuid(), 1, 'Ann', 'ann', 'member', ' ann', now(), now(), now()) returning id`,
      [workspaceId],
    )
  ).rows[0].id
  await client.query('drop table if exists visit')
  await client.query(
    `create temporary table visit as
    select gen_random_uuid() as id, staff.id as staff_id, date_trunc('day', now()) + day * interval '1 day' + place * $5::int * interval '1 minute' as starts_at
    from unnest($1::uuid[]) with ordinality as staff (id, n), generate_series(0, $3::int) day,
      lateral (select place from generate_series(0, $2::int - 1) place order by md5(n || ' ' || day || ' ' || place) limit $4::int) taken`,
    [staffIds, 1440 / minutes, DAYS + 1, busyPerDay, minutes],
  )
  await client.query(
    `insert into booking (workspace_id, id, status, service_id, staff_id, contact_id, attendee_id, starts_at, ends_at, busy_from, busy_until, zone, wall_start, place_kind, source, thread_id,
      sequence, told_contact, told_business, quiet, created_at, updated_at, version)
    select $1, id, 'confirmed', $2, staff_id, $3, $3, starts_at, starts_at + $4::int * interval '1 minute', starts_at, starts_at + $4::int * interval '1 minute', 'America/New_York',
      '2027-01-01T09:00', 'address', 'page', id, 0, 0, 0, true, now(), now(), 1 from visit`,
    [workspaceId, serviceId, contact, minutes],
  )
  await client.query(
    `insert into claim (workspace_id, id, claimed_id, staff_id, booking_id, busy_from, busy_until, active)
    select $1, gen_random_uuid(), staff_id, staff_id, id, starts_at, starts_at + $2::int * interval '1 minute', true from visit`,
    [workspaceId, minutes],
  )
  await client.query('vacuum analyze booking, claim')
}

type Measured = {
  readonly p50: number
  readonly p95: number
  readonly starts: number
  readonly bytes: number
  readonly processorMs: number
}

async function measure(owner: Browser, address: string): Promise<Measured> {
  const times: number[] = []
  let body = ''
  const web = desk.pids().web ?? 0
  let processorBefore = 0
  for (let n = 0; n < CALLS + WARM_UP; n += 1) {
    if (n === WARM_UP) processorBefore = processorSecondsOf(web)
    const began = performance.now()
    const response = await owner.fetch(`${desk.url}/api/v1${address}`, { headers: { 'x-forwarded-for': `203.0.113.${n % 250}` } })
    body = await response.text()
    if (response.status !== 200) throw new Error(`${address}: ${response.status} ${body.slice(0, 300)}`)
    if (n >= WARM_UP) times.push(performance.now() - began)
  }
  const processorMs = ((processorSecondsOf(web) - processorBefore) * 1000) / CALLS
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), starts: body.split('"start":').length - 1, bytes: body.length, processorMs }
}
