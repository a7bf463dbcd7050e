import type { Intervals } from './intervals.ts'
import { checkBusy, type Prepared } from './prepare.ts'
import type { Busy, Host } from './types.ts'

/** The taken times that leave nothing of a host: all of them where she takes one booking at a time, else those that do not say how much they take. */
export function wholeBusy(host: Host): readonly Busy[] {
  return (host.capacity ?? 1) === 1 ? host.busy : host.busy.filter((busy) => busy.units === undefined)
}

/** When bookings side by side leave too little of a host's capacity for one more: sorted, disjoint, possibly touching. */
export function fullTimes(host: Host, at: Prepared): Intervals {
  const capacity = host.capacity ?? 1
  if (capacity > 1) for (const busy of host.busy) checkBusy(busy)
  if (at.units > capacity) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  if (capacity === 1) return []
  const changes = host.busy
    .flatMap(({ startMs, endMs, units = 0 }) => [
      { ms: startMs, units },
      { ms: endMs, units: -units },
    ])
    .sort((a, b) => a.ms - b.ms)
  const full: number[] = []
  let taken = 0
  let since: number | undefined
  changes.forEach(({ ms, units }, index) => {
    taken += units
    if (changes[index + 1]?.ms === ms) return
    const isFull = taken + at.units > capacity
    if (isFull && since === undefined) since = ms
    if (isFull || since === undefined) return
    full.push(since, ms)
    since = undefined
  })
  return full
}
