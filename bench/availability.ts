/**
 * How long it takes to find the free starts of a month: 31 days, a 30-minute service on a 15-minute step, two working blocks Monday to Friday, hosts
 * in five zones, busy times scattered over the days. Months with and without a change of clocks take turns. Computation only, no database.
 */
import type { AvailabilityQuery, Host } from '@frontdesk/availability'
import { closedPieces, freeSlots } from '@frontdesk/availability'

const zones = ['America/New_York', 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago']
const months = ['2026-01-05', '2026-03-02', '2026-04-01', '2026-10-05'].map((day) => Temporal.Instant.from(`${day}T00:00Z`))
const minuteMs = 60_000

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

function question(hostCount: number, busyPerDay: number, from: Temporal.Instant): AvailabilityQuery {
  const roll = dice(hostCount * 1000 + busyPerDay)
  const hosts = Array.from({ length: hostCount }, (_, index): Host => {
    const weekly = [1, 2, 3, 4, 5].flatMap((weekday) => [
      { weekday, start: '09:00', end: '12:30' },
      { weekday, start: '13:30', end: '18:00' },
    ])
    const busy = Array.from({ length: 31 * busyPerDay }, (_, place) => {
      const startMs = from.epochMilliseconds + (Math.floor(place / busyPerDay) * 1440 + Math.floor(roll() * 288) * 5) * minuteMs
      return { startMs, endMs: startMs + (busyPerDay > 10 ? 15 : 45) * minuteMs, ref: `b${place}` }
    })
    return { id: `host-${index}`, hours: { zone: zones[index % zones.length] ?? 'UTC', weekly }, busy }
  })
  const service = { durationMinutes: 30, stepMinutes: 15, bufferAfterMinutes: 10, minimumNoticeMinutes: 120, horizonDays: 60 }
  return { hosts, service, from, to: from.add({ hours: 31 * 24 }), now: from.subtract({ hours: 24 }) }
}

function measure(work: (turn: number) => unknown, turns: number): { p50: number; p95: number } {
  for (let turn = 0; turn < Math.min(turns, 20); turn++) work(turn)
  const times = Array.from({ length: turns }, (_, turn) => {
    const start = performance.now()
    work(turn)
    return performance.now() - start
  }).sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

const metrics: { [name: string]: number } = {}
for (const [hosts, turns] of [
  [1, 400],
  [50, 120],
  [200, 60],
] as const) {
  for (const busyPerDay of [4, 30]) {
    const questions = months.map((month) => question(hosts, busyPerDay, month))
    const first = questions[0]
    if (!first) throw new Error('No month to measure.')
    const slots = measure((turn) => freeSlots(questions[turn % questions.length] ?? first), turns)
    const reasons = measure((turn) => closedPieces(questions[turn % questions.length] ?? first), Math.ceil(turns / 4))
    console.log(
      `${String(hosts).padStart(3)} hosts, ${String(busyPerDay).padStart(2)} busy a day: ` +
        `${freeSlots(first).length} starts, p50 ${slots.p50.toFixed(2)} ms, p95 ${slots.p95.toFixed(2)} ms; ` +
        `reasons p50 ${reasons.p50.toFixed(2)} ms, p95 ${reasons.p95.toFixed(2)} ms`,
    )
    // The slower corpus counts.
    const name = `hosts${hosts}_p95_ms`
    metrics[name] = Math.max(metrics[name] ?? 0, Math.round(slots.p95 * 1000) / 1000)
  }
}
console.log(JSON.stringify({ bench: 'availability', metrics }))
