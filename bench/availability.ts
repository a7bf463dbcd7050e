/**
 * How long it takes to find the free starts of a month: 31 days, a 30-minute service on a 15-minute step, two working blocks Monday to Friday, hosts
 * in five zones, 4 and 30 busy times a day. Months with and without a change of clocks take turns. Computation only, no database. Nothing is kept
 * from one question to the next, and each turn asks one that was never asked before, so every cache of the processor is as cold as in a server.
 */
import type { AvailabilityQuery, Host } from '@frontdesk/availability'
import { closedPieces, freeSlots } from '@frontdesk/availability'

const zones = ['America/New_York', 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago']
const months = ['2026-01-05', '2026-03-02', '2026-04-01', '2026-10-05'].map((day) => Temporal.Instant.from(`${day}T00:00Z`))
const minuteMs = 60_000
const days = 31

/** A small generator with a fixed seed, so that every run measures the same corpus (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function question(hostCount: number, busyPerDay: number, turn: number): AvailabilityQuery {
  const from = months[turn % months.length]
  if (!from) throw new Error('No month to measure.')
  const roll = dice(hostCount * 1_000_000 + busyPerDay * 1000 + turn)
  const hosts = Array.from({ length: hostCount }, (_, index): Host => {
    const weekly = [1, 2, 3, 4, 5].flatMap((weekday) => [
      { weekday, start: '09:00', end: '12:30' },
      { weekday, start: '13:30', end: '18:00' },
    ])
    const busy = Array.from({ length: Math.round(days * busyPerDay) }, (_, place) => {
      const startMs = from.epochMilliseconds + (Math.floor(place / busyPerDay) * 1440 + Math.floor(roll() * 288) * 5) * minuteMs
      return { startMs, endMs: startMs + (busyPerDay > 10 ? 15 : 45) * minuteMs, ref: `b${place}` }
    })
    return { id: `host-${index}`, hours: { zone: zones[index % zones.length] ?? 'UTC', weekly }, busy }
  })
  const service = { durationMinutes: 30, stepMinutes: 15, bufferAfterMinutes: 10, minimumNoticeMinutes: 120, horizonDays: 60 }
  return { hosts, service, from, to: from.add({ hours: days * 24 }), now: from.subtract({ hours: 24 }) }
}

type Measured = { readonly p50: number; readonly p95: number }

function measure(hosts: number, busyPerDay: number, turns: number, work: (query: AvailabilityQuery) => unknown): Measured {
  const warmUp = Math.min(turns, 20)
  const times: number[] = []
  for (let turn = 0; turn < turns + warmUp; turn++) {
    const query = question(hosts, busyPerDay, turn)
    const start = performance.now()
    work(query)
    if (turn >= warmUp) times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

const write = ({ p50, p95 }: Measured): string => `p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`
const starts = (hosts: number, busyPerDay: number): string => `${freeSlots(question(hosts, busyPerDay, 0)).length} starts`

const metrics: { [name: string]: number } = {}
const first = question(50, 30, 0)
const began = performance.now()
freeSlots(first)
console.log(`50 hosts, 30 busy a day, the very first question of a process: ${(performance.now() - began).toFixed(2)} ms`)

for (const [hosts, turns] of [
  [1, 400],
  [50, 120],
  [200, 60],
] as const) {
  for (const busyPerDay of [4, 30]) {
    const slots = measure(hosts, busyPerDay, turns, freeSlots)
    const reasons = measure(hosts, busyPerDay, Math.ceil(turns / 6), closedPieces)
    const corpus = `${String(hosts).padStart(3)} hosts, ${String(busyPerDay).padStart(2)} busy a day`
    console.log(`${corpus}: ${starts(hosts, busyPerDay)}, ${write(slots)}; reasons ${write(reasons)}`)
    // The slower corpus counts.
    const name = `hosts${hosts}_p95_ms`
    metrics[name] = Math.max(metrics[name] ?? 0, Math.round(slots.p95 * 1000) / 1000)
  }
}

/** Cost by hosts, and by busy times of one host and of a hundred: what one more costs must not grow with how many there are. */
const growth: readonly (readonly [what: string, sizes: readonly (readonly [hosts: number, busyPerDay: number])[]])[] = [
  ['hosts', [100, 200, 500, 1000].map((hosts) => [hosts, 4] as const)],
  ['busy times, 1 host', [1000, 10_000, 100_000].map((busy) => [1, busy / days] as const)],
  ['busy times, 100 hosts', [10_000, 30_000, 100_000].map((busy) => [100, busy / days / 100] as const)],
]
for (const [what, sizes] of growth) {
  let before: { size: number; cost: number } | undefined
  for (const [hosts, busyPerDay] of sizes) {
    const busy = Math.round(days * busyPerDay) * hosts
    const { p50 } = measure(hosts, busyPerDay, 15, freeSlots)
    const size = what === 'hosts' ? hosts : busy
    const grown = before ? `: ${(size / before.size).toFixed(1)} times as many cost ${(p50 / before.cost).toFixed(2)} times as much` : ''
    console.log(`by ${what}: ${hosts} hosts, ${busy} busy times, ${starts(hosts, busyPerDay)}, p50 ${p50.toFixed(2)} ms${grown}`)
    if (before) metrics[`exponent_${what.replaceAll(/\W+/g, '_')}`] = exponent(before, { size, cost: p50 })
    before = { size, cost: p50 }
  }
}

/** The power of the size with which the cost grows, over the last step: 1 is linear. */
function exponent(one: { size: number; cost: number }, more: { size: number; cost: number }): number {
  return Math.round((Math.log(more.cost / one.cost) / Math.log(more.size / one.size)) * 100) / 100
}

console.log(JSON.stringify({ bench: 'availability', metrics }))
