import { AvailabilityError, dayMs, minuteMs } from './refusal.ts'

/** A stretch of time in which a zone keeps one offset from UTC. */
type Stretch = { readonly startMs: number; readonly endMs: number; readonly offsetMs: number }

/**
 * The clock of one zone over a bounded time. A *local* number is a wall clock read as if it were UTC, so local day `d` is
 * `[d * dayMs, (d + 1) * dayMs)`.
 */
export type ZoneClock = { readonly zone: string; readonly stretches: readonly Stretch[] }

/** Lists the zone's transitions over `[fromMs, toMs)`. Offsets per hour would be wrong: Lord Howe changes by 30 minutes at half past. */
export function zoneClock(zone: string, fromMs: number, toMs: number): ZoneClock {
  let time = zoned(fromMs, zone)
  const stretches: Stretch[] = []
  let startMs = Number.NEGATIVE_INFINITY
  for (;;) {
    const offsetMs = time.offsetNanoseconds / 1e6
    const next = time.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= toMs) {
      stretches.push({ startMs, endMs: Number.POSITIVE_INFINITY, offsetMs })
      return { zone, stretches }
    }
    stretches.push({ startMs, endMs: next.epochMilliseconds, offsetMs })
    startMs = next.epochMilliseconds
    time = next
  }
}

/** The instant at which the local day starts that lies `days` after the local day of `atMs`. */
export function startOfDayAfter(zone: string, atMs: number, days: number): number {
  return zoned(atMs, zone).toPlainDate().add({ days }).toZonedDateTime(zone).epochMilliseconds
}

/** The number of the local day at an instant. */
export function localDayOf(clock: ZoneClock, ms: number): number {
  for (const stretch of clock.stretches) if (ms < stretch.endMs) return Math.floor((ms + stretch.offsetMs) / dayMs)
  return Math.floor(ms / dayMs)
}

/** The first instant at which the wall clock shows this day or a later one: midnight, or where the clocks skip it, what comes instead. */
export function startOfDay(clock: ZoneClock, day: number): number {
  for (const { startMs, endMs, offsetMs } of clock.stretches) {
    const ms = Math.max(startMs, day * dayMs - offsetMs)
    if (ms < endMs) return ms
  }
  return day * dayMs
}

/**
 * The instant of a wall clock. Where clocks go back it happens twice: `which` says whether to take the first (for a start) or the last (for an
 * end). Where they go forward and it never happens, it moves forward by the length of the gap, as Temporal's `compatible` does.
 */
export function instantOf(clock: ZoneClock, localMs: number, which: 'first' | 'last'): number {
  let found: number | undefined
  let offsetBefore = 0
  for (const { startMs, endMs, offsetMs } of clock.stretches) {
    const ms = localMs - offsetMs
    if (ms < startMs) return found ?? localMs - offsetBefore
    if (ms < endMs) {
      if (which === 'first') return ms
      found = ms
    }
    offsetBefore = offsetMs
  }
  return found ?? localMs - offsetBefore
}

/** All instants in `[fromMs, toMs)` at which the wall clock shows a multiple of the step since its midnight, in order. */
export function stepsOnTheClock(clock: ZoneClock, fromMs: number, toMs: number, stepMinutes: number): number[] {
  const step = stepMinutes * minuteMs
  const starts: number[] = []
  for (const stretch of clock.stretches) {
    const end = Math.min(toMs, stretch.endMs) + stretch.offsetMs
    let local = Math.max(fromMs, stretch.startMs) + stretch.offsetMs
    while (local < end) {
      const midnight = Math.floor(local / dayMs) * dayMs
      const dayEnd = Math.min(end, midnight + dayMs)
      for (local = midnight + Math.ceil((local - midnight) / step) * step; local < dayEnd; local += step)
        starts.push(local - stretch.offsetMs)
      local = midnight + dayMs
    }
  }
  return starts
}

/** Whether the wall clock shows a multiple of the step since its midnight. */
export function isOnStep(clock: ZoneClock, ms: number, stepMinutes: number): boolean {
  return stepsOnTheClock(clock, ms, ms + 1, stepMinutes).length === 1
}

function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  try {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  } catch {
    throw new AvailabilityError('unknown_zone', `"${zone}" is not a time zone. Use a name such as America/New_York.`, { zone })
  }
}
