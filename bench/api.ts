/**
 * `npm run bench -- api`: the ten hottest routes of a running desk over HTTP, among 100,000 contacts in 20 workspaces, four callers at once. Prints p50 and p99 of each.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { addCrowd } from '../tests/setup/crowd.ts'
import { newDataFolder, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { addService, becomeOwner } from '../tests/setup/owner.ts'

const CALLERS = 4
const CALLS = 100 // together below what one person may call in a minute
const WARM_UP = 15

type Measured = { readonly name: string; readonly p50: number; readonly p99: number }

const dataFolder = newDataFolder()
const desk = await startDesk({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1', LOG_LEVEL: 'warn' } })
try {
  const owner = await becomeOwner(desk)
  const service = await addService(owner, { name: 'Visit', durationMinutes: 30 })
  const staff = (await owner.call('GET /staff')).items[0]
  await fill(owner.workspace.id, service.id, staff?.id ?? '')
  const contact = (await owner.call('GET /contacts')).items[0]
  const now = Temporal.Now.instant()
  const week = `from=${now}&to=${now.add({ hours: 168 })}`
  const page = `/pages/${owner.workspace.slug}/${service.slug}`
  const days = await owner.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', {
    params: { workspaceSlug: owner.workspace.slug, serviceSlug: service.slug },
    query: { days: 31 },
  })
  const starts = days.days.flatMap(({ slots }) => slots.map(({ start }) => start))

  const reads: readonly (readonly [string, (n: number) => string])[] = [
    ['GET /me', () => '/me'],
    ['GET /bookings, a week', () => `/bookings?${week}`],
    ['GET /contacts', () => '/contacts?limit=50'],
    ['GET /contacts/search', (n) => `/contacts/search?q=person%20${n % 500}`],
    ['GET /contacts/{id}', () => `/contacts/${contact?.id}`],
    ['GET /contacts/{id}/timeline', () => `/contacts/${contact?.id}/timeline`],
    ['GET /services', () => '/services'],
    ['GET /services/{id}/slots, a week', () => `/services/${service.id}/slots?${week}`],
    ['GET public days, a week', () => `${page}/days?days=7`],
  ]
  const results: Measured[] = []
  for (const [name, place] of reads)
    results.push(
      await measure(name, (n) => owner.fetch(`${desk.url}/api/v1${place(n)}`, { headers: { 'x-forwarded-for': `203.0.113.${n % 250}` } })),
    )
  results.push(
    await measure('POST public booking', (n) =>
      owner.fetch(`${desk.url}/api/v1${page}/bookings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'x-forwarded-for': `203.0.${n % 250}.9` },
        body: JSON.stringify({ start: starts[n % starts.length], name: `Bench ${n}`, email: `bench${n}@example.com` }),
      }),
    ),
  )
  for (const { name, p50, p99 } of results)
    console.log(`${name.padEnd(36)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms`)
  const metrics = Object.fromEntries(
    results.flatMap(({ name, p50, p99 }) => [
      [`${slug(name)}_p50_ms`, round(p50)],
      [`${slug(name)}_p99_ms`, round(p99)],
    ]),
  )
  console.log(JSON.stringify({ bench: 'api', metrics: { p99_ms_worst: round(Math.max(...results.map(({ p99 }) => p99))), ...metrics } }))
} finally {
  await desk.stop()
  removeDataFolder(dataFolder)
}

/** Calls from several callers at once; answers that are refusals count like others, failures stop the run. */
async function measure(name: string, call: (n: number) => Promise<Response>): Promise<Measured> {
  const times: number[] = []
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < CALLS + WARM_UP) {
      const n = next++
      const began = performance.now()
      const response = await call(n)
      await response.arrayBuffer()
      if (response.status >= 500 || response.status === 429) throw new Error(`${name} answered ${response.status}.`)
      if (n >= WARM_UP) times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  times.sort((left, right) => left - right)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { name, p50: at(0.5), p99: at(0.99) }
}

async function fill(workspaceId: string, serviceId: string, staffId: string): Promise<void> {
  const running = readFileSync(path.join(dataFolder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(path.join(dataFolder, 'postgres/superuser-password'), 'utf8').trim()
  const client = new pg.Client({ host: '127.0.0.1', port: Number(running[3]), user: 'postgres', password, database: 'frontdesk' })
  await client.connect()
  try {
    await addCrowd((text, values) => client.query(text, values ? [...values] : undefined), {
      existing: [{ workspaceId, serviceId, staffId }],
      others: 19,
      contactsEach: 5000,
      bookingsEach: 0,
    })
  } finally {
    await client.end()
  }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_|_$/g, '')
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10
}
