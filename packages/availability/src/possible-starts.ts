import { expandHours } from './expand-hours.ts'
import type { Intervals } from './intervals.ts'
import { normalise, subtract } from './intervals.ts'
import { eachBlockedStretch } from './obstacles.ts'
import type { Prepared } from './prepare.ts'
import type { Host } from './types.ts'

/** Where the hours, the notice, the horizon and the range leave room for a start of one host, before anything that stands there: sorted `[a, b)`. */
export function startsInHours(host: Host, zone: string, at: Prepared): Intervals {
  const from = Math.max(at.fromMs, at.earliestMs)
  const to = Math.min(at.toMs, at.horizonOf(zone))
  if (from >= to) return []
  const hours = expandHours(host.hours, at.clockOf(host.hours.zone), at.fromMs, at.hoursToMs)
  const fitting: number[] = []
  for (let i = 0; i < hours.length; i += 2) {
    const start = Math.max(hours[i] ?? 0, from)
    // The last start ends with the hours, hence + 1 on a half-open end.
    const end = Math.min((hours[i + 1] ?? 0) - at.durationMs + 1, to)
    if (start < end) fitting.push(start, end)
  }
  return fitting
}

/** Where a start is possible for one host, before the step: sorted instants `[a, b)`. */
export function possibleStarts(host: Host, zone: string, at: Prepared): Intervals {
  const fitting = startsInHours(host, zone, at)
  const blocked: number[] = []
  eachBlockedStretch(host, at, (startMs, endMs) => blocked.push(startMs, endMs))
  return subtract(fitting, normalise(blocked))
}
