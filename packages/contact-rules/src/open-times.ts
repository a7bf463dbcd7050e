import type { DayNumber } from '@frontdesk/deadlines'
import type { Stretch } from './zone-clock.ts'

/** Sorted, disjoint `[start, end)` pairs one after the other, in epoch milliseconds. */
export type OpenTimes = readonly number[]

/** Stretches of one local day in minutes since its midnight, sorted. */
export type Minutes = readonly (readonly [fromMinute: number, toMinute: number])[]

export const minuteMs = 60_000
export const dayMs = 1440 * minuteMs

/**
 * The instants in `[fromMs, toMs)` at which the wall clock of a zone is within the minutes of its day. Cut by the zone's stretches, so an hour that comes
 * twice is open both times where it is open at all, and one that never comes opens nothing.
 */
export function openTimes(stretches: readonly Stretch[], fromMs: number, toMs: number, minutesOf: (day: DayNumber) => Minutes): OpenTimes {
  const times: number[] = []
  const add = (start: number, end: number) => {
    if (start >= end) return
    if (times.length > 0 && times[times.length - 1] === start) times[times.length - 1] = end
    else times.push(start, end)
  }
  for (const { startMs, endMs, offsetMs } of stretches) {
    const start = Math.max(fromMs, startMs) + offsetMs
    const end = Math.min(toMs, endMs) + offsetMs
    for (let day = Math.floor(start / dayMs); day * dayMs < end; day++) {
      for (const [from, to] of minutesOf(day)) {
        add(Math.max(start, day * dayMs + from * minuteMs) - offsetMs, Math.min(end, day * dayMs + to * minuteMs) - offsetMs)
      }
    }
  }
  return times
}

/** What is in both. */
export function bothOpen(a: OpenTimes, b: OpenTimes): OpenTimes {
  const times: number[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const start = Math.max(a[i] as number, b[j] as number)
    const end = Math.min(a[i + 1] as number, b[j + 1] as number)
    if (start < end) times.push(start, end)
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2
    else j += 2
  }
  return times
}

/** The end of the opening that holds the instant; undefined where it is closed. */
export function closingAfter(times: OpenTimes, ms: number): number | undefined {
  const place = lastStart(times, ms)
  const end = place < 0 ? undefined : times[place + 1]
  return end !== undefined && ms < end ? end : undefined
}

/** The next start after an instant at which it is closed; undefined where none is known. */
export const openingAfter = (times: OpenTimes, ms: number): number | undefined => times[lastStart(times, ms) + 2]

/** The place of the last start that is not after the instant, or -2. */
function lastStart(times: OpenTimes, ms: number): number {
  let low = 0
  let high = times.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle * 2] as number) <= ms) low = middle + 1
    else high = middle
  }
  return (low - 1) * 2
}
