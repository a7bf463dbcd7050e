import type { Prepared } from './prepare.ts'
import { minuteMs } from './refusal.ts'
import type { Host, HostLimit } from './types.ts'
import type { ZoneClock } from './zone-clock.ts'
import { localDayOf, startOfDay } from './zone-clock.ts'

/** A day, week or month of the host's calendar, as instants, that has all it may have. */
export type UsedUpPeriod = {
  readonly startMs: number
  readonly endMs: number
  readonly counts: 'bookings' | 'minutes'
  readonly most: number
  readonly used: number
}

/** Finds the periods of the range in which one more booking would break a limit of the host. */
export function eachUsedUpPeriod(host: Host, at: Prepared, visit: (limit: HostLimit, period: UsedUpPeriod) => void): void {
  for (const limit of host.limits ?? []) {
    const edges = periodEdges(limit, at.clockOf(host.hours.zone), at.fromMs, at.toMs)
    const used = usedIn(edges, host)
    for (let index = 0; index + 1 < edges.length; index++) {
      const period = { startMs: edges[index] ?? 0, endMs: edges[index + 1] ?? 0 }
      const { bookings = 0, minutes = 0 } = used[index] ?? {}
      if (limit.bookings !== undefined && bookings + 1 > limit.bookings) {
        visit(limit, { ...period, counts: 'bookings', most: limit.bookings, used: bookings })
      }
      if (limit.minutes !== undefined && minutes + at.countedMs / minuteMs > limit.minutes) {
        visit(limit, { ...period, counts: 'minutes', most: limit.minutes, used: minutes })
      }
    }
  }
}

/** Where the periods that meet the range start, and where the last one ends. */
function periodEdges(limit: HostLimit, clock: ZoneClock, fromMs: number, toMs: number): number[] {
  const edges: number[] = []
  let day = firstDayOfPeriod(limit, localDayOf(clock, fromMs))
  for (;;) {
    const startMs = startOfDay(clock, day)
    edges.push(startMs)
    if (startMs >= toMs) return edges
    day = nextPeriod(limit, day)
  }
}

function firstDayOfPeriod({ per, weekStart = 1 }: HostLimit, day: number): number {
  if (per === 'day') return day
  // Day 0 was a Thursday, so day -3 was a Monday.
  if (per === 'week') return day - ((((day + 4 - weekStart) % 7) + 7) % 7)
  return day - dateOf(day).day + 1
}

function nextPeriod({ per }: HostLimit, day: number): number {
  if (per === 'day') return day + 1
  return per === 'week' ? day + 7 : day + dateOf(day).daysInMonth
}

function dateOf(day: number): Temporal.PlainDate {
  return new Temporal.PlainDate(1970, 1, 1).add({ days: day })
}

function usedIn(edges: readonly number[], host: Host): { bookings: number; minutes: number }[] {
  const used = edges.map(() => ({ bookings: 0, minutes: 0 }))
  for (const { booking } of host.busy) {
    if (!booking) continue
    const period = used[lastAtMost(edges, booking.startMs)]
    if (!period) continue
    period.bookings += 1
    period.minutes += (booking.endMs - booking.startMs) / minuteMs
  }
  return used
}

/** The place of the last number of a sorted list that is not above `value`; -1 where all are. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? value) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
