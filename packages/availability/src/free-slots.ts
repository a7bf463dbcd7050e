import { chooseHosts } from './choose-hosts.ts'
import type { Prepared } from './prepare.ts'
import { possibleStarts, prepare, stepZone } from './prepare.ts'
import type { AvailabilityQuery, Host, Slot } from './types.ts'
import { stepsOnTheClock } from './zone-clock.ts'

/** A start and the places in the query of the hosts who can take it, ascending. */
type Start = { readonly ms: number; readonly takers: readonly number[] }

/**
 * Every start in the range that can be booked, in order, with the hosts able to take it. Starts are cut per host and then united: cutting the
 * united free time would offer starts that no single host can serve. Throws `AvailabilityError` on a question out of bounds.
 */
export function freeSlots<Id extends string>(query: AvailabilityQuery<Id>): readonly Slot<Id>[] {
  const at = prepare(query)
  const starts = [...hostsByZone(query).entries()]
    .map(([zone, places]) => startsInZone(query, zone, places, at))
    .reduce<readonly Start[]>((united, more) => (united.length === 0 ? more : uniteStarts(united, more)), [])
  const enough = enoughHosts(query)
  const ids = query.hosts.map((host) => host.id)
  const slots: Slot<Id>[] = []
  for (const { ms, takers } of starts) {
    if (enough && !enough(takers)) continue
    slots.push({ startMs: ms, endMs: ms + at.durationMs, hostIds: takers.flatMap((place) => ids[place] ?? []) })
  }
  return slots
}

/** Places of the hosts that matter, by the zone their starts follow: one zone has one list of steps. */
function hostsByZone(query: AvailabilityQuery): Map<string, number[]> {
  const wanted = query.groups && new Set(query.groups.flatMap((group) => group.members))
  const byZone = new Map<string, number[]>()
  query.hosts.forEach((host, place) => {
    if (wanted && !wanted.has(host.id)) return
    const zone = stepZone(host, query.service)
    const places = byZone.get(zone)
    if (places) places.push(place)
    else byZone.set(zone, [place])
  })
  return byZone
}

function startsInZone(query: AvailabilityQuery, zone: string, places: readonly number[], at: Prepared): Start[] {
  const steps = stepsOnTheClock(
    at.clockOf(zone),
    Math.max(at.fromMs, at.earliestMs),
    Math.min(at.toMs, at.horizonOf(zone)),
    query.service.stepMinutes,
  )
  const takers: (number[] | undefined)[] = new Array(steps.length).fill(undefined)
  for (const place of places) {
    const host: Host | undefined = query.hosts[place]
    if (host) takeSteps(possibleStarts(host, zone, at), steps, takers, place)
  }
  return steps.flatMap((ms, index) => {
    const able = takers[index]
    return able ? { ms, takers: able } : []
  })
}

function takeSteps(possible: readonly number[], steps: readonly number[], takers: (number[] | undefined)[], place: number): void {
  let step = 0
  for (let i = 0; i < possible.length; i += 2) {
    const start = possible[i] ?? 0
    const end = possible[i + 1] ?? 0
    step = firstFrom(steps, start, step)
    for (; step < steps.length && (steps[step] ?? end) < end; step++) {
      const able = takers[step]
      if (able) able.push(place)
      else takers[step] = [place]
    }
  }
}

/** The place of the first number of a sorted list that is at least `value`. */
function firstFrom(sorted: readonly number[], value: number, from: number): number {
  let low = from
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? value) < value) low = middle + 1
    else high = middle
  }
  return low
}

function uniteStarts(a: readonly Start[], b: readonly Start[]): Start[] {
  const united: Start[] = []
  let i = 0
  let j = 0
  for (;;) {
    const left = a[i]
    const right = b[j]
    if (!left && !right) return united
    if (left && right && left.ms === right.ms) {
      united.push({ ms: left.ms, takers: [...left.takers, ...right.takers].sort((x, y) => x - y) })
      i++
      j++
    } else if (left && (!right || left.ms < right.ms)) {
      united.push(left)
      i++
    } else if (right) {
      united.push(right)
      j++
    }
  }
}

/** Whether the groups can be filled from these hosts; the same hosts are asked about over and over, so the answers are kept. */
function enoughHosts(query: AvailabilityQuery): ((takers: readonly number[]) => boolean) | undefined {
  const { groups, hosts } = query
  if (!groups) return undefined
  const known = new Map<string, boolean>()
  return (takers) => {
    const key = takers.join()
    const answer = known.get(key)
    if (answer !== undefined) return answer
    const free = new Set(takers.map((place) => hosts[place]?.id))
    const { chosen } = chooseHosts({ groups, isFree: (id) => free.has(id) })
    known.set(key, chosen)
    return chosen
  }
}
