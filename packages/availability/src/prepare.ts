import { AvailabilityError, checkQuery, dayMs, minuteMs } from './refusal.ts'
import type { AvailabilityQuery, Busy, Host, ServiceRules, TravelMinutes } from './types.ts'
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
  readonly units: number
  /** What counts towards limits of minutes. */
  readonly countedMs: number
  readonly place: string | undefined
  readonly travelMinutes: TravelMinutes | undefined
  /** Hours and busy times matter up to here. */
  readonly hoursToMs: number
  readonly clockOf: (zone: string) => ZoneClock
  /** Where the horizon ends on the calendar of a zone; Infinity without one. */
  readonly horizonOf: (zone: string) => number
}

/** Three days to either side hold every local date a block can start on; with limits, so does the month around the range. */
const clockDays = { hours: 3, limits: 40 } as const

/** Checks a question and turns it into milliseconds. Throws `AvailabilityError`. */
export function prepare(query: AvailabilityQuery): Prepared {
  checkQuery(query)
  const { service } = query
  const fromMs = query.from.epochMilliseconds
  const toMs = query.to.epochMilliseconds
  const nowMs = query.now.epochMilliseconds
  const durationMs = service.durationMinutes * minuteMs
  const hoursToMs = toMs + durationMs
  const wider = (query.hosts.some((host) => host.limits?.length) ? clockDays.limits : clockDays.hours) * dayMs
  return {
    fromMs,
    toMs,
    nowMs,
    earliestMs: nowMs + (service.minimumNoticeMinutes ?? 0) * minuteMs,
    durationMs,
    beforeMs: (service.bufferBeforeMinutes ?? 0) * minuteMs,
    afterMs: (service.bufferAfterMinutes ?? 0) * minuteMs,
    units: service.units ?? 1,
    countedMs: durationMs,
    place: service.place,
    travelMinutes: query.travelMinutes,
    hoursToMs,
    clockOf: once((zone) => zoneClock(zone, fromMs - wider, hoursToMs + wider)),
    horizonOf: once((zone) =>
      service.horizonDays === undefined ? Number.POSITIVE_INFINITY : startOfDayAfter(zone, nowMs, service.horizonDays + 1),
    ),
  }
}

/** The zone whose clock the starts of a host follow. */
export function stepZone(host: Host, service: ServiceRules): string {
  return service.zone ?? host.hours.zone
}

/** Throws `AvailabilityError` on taken time that ends before it starts, or takes a part of a unit. */
export function checkBusy({ startMs, endMs, units }: Busy): void {
  if (!(startMs <= endMs)) throw new AvailabilityError('bad_busy', 'A busy time ends before it starts.', { startMs, endMs })
  if (units === undefined || (Number.isInteger(units) && units >= 1)) return
  throw new AvailabilityError('bad_busy', `A busy time takes a whole number of units, not ${units}.`, { startMs, endMs, units })
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
