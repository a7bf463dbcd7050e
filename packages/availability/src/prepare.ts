import { expandHours } from './expand-hours.ts'
import type { Intervals } from './intervals.ts'
import { normalise, subtract } from './intervals.ts'
import { AvailabilityError, checkQuery, dayMs, minuteMs } from './refusal.ts'
import type { AvailabilityQuery, Busy, Host, ServiceRules } from './types.ts'
import type { ZoneClock } from './zone-clock.ts'
import { startOfDayAfter, zoneClock } from './zone-clock.ts'

/** A question in milliseconds, with the clock of each zone in it. */
export type Prepared = {
  readonly fromMs: number
  readonly toMs: number
  readonly nowMs: number
  /** The first moment that keeps the notice. */
  readonly earliestMs: number
  readonly durationMs: number
  readonly beforeMs: number
  readonly afterMs: number
  /** Hours and busy times matter up to here. */
  readonly hoursToMs: number
  readonly clockOf: (zone: string) => ZoneClock
  /** Where the horizon ends on the calendar of a zone; Infinity without one. */
  readonly horizonOf: (zone: string) => number
}

/** Checks a question and turns it into milliseconds. Throws `AvailabilityError`. */
export function prepare(query: AvailabilityQuery): Prepared {
  checkQuery(query)
  const { service } = query
  const fromMs = query.from.epochMilliseconds
  const toMs = query.to.epochMilliseconds
  const nowMs = query.now.epochMilliseconds
  const durationMs = service.durationMinutes * minuteMs
  const hoursToMs = toMs + durationMs
  return {
    fromMs,
    toMs,
    nowMs,
    earliestMs: nowMs + (service.minimumNoticeMinutes ?? 0) * minuteMs,
    durationMs,
    beforeMs: (service.bufferBeforeMinutes ?? 0) * minuteMs,
    afterMs: (service.bufferAfterMinutes ?? 0) * minuteMs,
    hoursToMs,
    // Three days to either side hold every local date a block can start on.
    clockOf: once((zone) => zoneClock(zone, fromMs - 3 * dayMs, hoursToMs + 3 * dayMs)),
    horizonOf: once((zone) =>
      service.horizonDays === undefined ? Number.POSITIVE_INFINITY : startOfDayAfter(zone, nowMs, service.horizonDays + 1),
    ),
  }
}

/** The zone whose clock the starts of a host follow. */
export function stepZone(host: Host, service: ServiceRules): string {
  return service.zone ?? host.hours.zone
}

/** Where a start is possible for one host, before the step: sorted instants `[a, b)`. */
export function possibleStarts(host: Host, zone: string, at: Prepared): Intervals {
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
  return fitting.length === 0 ? fitting : subtract(fitting, startsBlockedBy(host.busy, at))
}

/** A start is blocked while the service with its buffers would overlap taken time; as the claims of the database see it, buffers of both add up. */
function startsBlockedBy(busy: readonly Busy[], at: Prepared): Intervals {
  const reach = at.durationMs + at.afterMs
  const pairs: number[] = []
  for (const one of busy) {
    checkBusy(one)
    if (one.endMs + at.beforeMs <= at.fromMs || one.startMs - reach >= at.toMs || one.startMs === one.endMs) continue
    pairs.push(one.startMs - reach + 1, one.endMs + at.beforeMs)
  }
  return normalise(pairs)
}

/** Throws `AvailabilityError` on taken time that ends before it starts. */
export function checkBusy(busy: Busy): void {
  if (busy.startMs <= busy.endMs) return
  throw new AvailabilityError('bad_busy', 'A busy time ends before it starts.', { startMs: busy.startMs, endMs: busy.endMs })
}

function once<T>(make: (zone: string) => T): (zone: string) => T {
  const made = new Map<string, T>()
  return (zone) => {
    const known = made.get(zone)
    if (known !== undefined) return known
    const value = make(zone)
    made.set(zone, value)
    return value
  }
}
