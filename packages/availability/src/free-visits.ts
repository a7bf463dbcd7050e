import { enoughHosts } from './enough-hosts.ts'
import { type Intervals, intersect, normalise } from './intervals.ts'
import type { HostGroup } from './types.ts'
import { allFree, groupsBeside, type Kept, keptIn, type PreparedStep, prepareVisit, type VisitQuery, waysToKeep } from './visit.ts'
import { stepsOnTheClock } from './zone-clock.ts'

/** A start at which all services of a visit can be had, as early after one another as possible, with the hosts able to take each. */
export type Visit<Id extends string = string> = {
  readonly startMs: number
  readonly endMs: number
  readonly steps: readonly { readonly startMs: number; readonly endMs: number; readonly hostIds: readonly Id[] }[]
}

/** Every start in the range at which the whole visit can be had, in order. Throws `AvailabilityError` on a question out of bounds. */
export function freeVisits<Id extends string>(query: VisitQuery<Id>): readonly Visit<Id>[] {
  const steps = prepareVisit(query)
  const ways = waysToKeep(query, steps).flatMap((kept) => {
    const chain = chainOf(query, steps, kept)
    return chain ? [{ kept, chain }] : []
  })
  const first = steps[0]
  if (!first || ways.length === 0) return []
  const { at, rules } = first
  const from = Math.max(at.fromMs, at.earliestMs)
  const clock = at.clockOf(query.rules.zone)
  const visits: Visit<Id>[] = []
  for (const startMs of stepsOnTheClock(clock, from, Math.min(at.toMs, at.horizonOf(query.rules.zone)), rules.stepMinutes)) {
    const visit = visitAt(query, steps, ways, startMs)
    if (visit) visits.push(visit)
  }
  return visits
}

type Way = { readonly kept: Kept; readonly chain: readonly Intervals[] }

/** The visit that starts here and ends first, with everybody who can be kept for it. */
function visitAt<Id extends string>(
  query: VisitQuery<Id>,
  steps: readonly PreparedStep<Id>[],
  ways: readonly Way[],
  startMs: number,
): Visit<Id> | undefined {
  let best: { starts: number[]; ways: Way[] } | undefined
  for (const way of ways) {
    const starts = earliestStarts(steps, way.chain, startMs)
    const order = starts && best ? firstNotZero(starts.map((start, index) => start - (best?.starts[index] ?? 0))) : -1
    if (!starts || order > 0) continue
    if (best && order === 0) best.ways.push(way)
    else best = { starts, ways: [way] }
  }
  if (!best) return undefined
  const { starts, ways: open } = best
  const took = steps.map((step, index) => {
    const at = starts[index] ?? 0
    return { startMs: at, endMs: at + step.at.durationMs, hostIds: hostsAt(query, step, open, at) }
  })
  return { startMs, endMs: took.at(-1)?.endMs ?? startMs, steps: took }
}

/** Visits that end earlier come first, then those whose last but one step is over earlier, and so on. */
function firstNotZero(differences: readonly number[]): number {
  return differences.findLast((by) => by !== 0) ?? 0
}

function hostsAt<Id extends string>(query: VisitQuery<Id>, step: PreparedStep<Id>, ways: readonly Way[], at: number): Id[] {
  const kept = new Set(ways.flatMap((way) => keptIn(step, way.kept) ?? []))
  const asked = new Set(step.groups.flatMap((group) => (group.keep === undefined ? group.members : [])))
  return query.hosts.flatMap((host, place) => (kept.has(place) || (asked.has(host.id) && isIn(step.startsOf(place), at)) ? [host.id] : []))
}

/** The starts of all steps, each as early as it can be, or nothing where the visit cannot start here. */
function earliestStarts(steps: readonly PreparedStep[], chain: readonly Intervals[], startMs: number): number[] | undefined {
  if (!isIn(chain[0] ?? [], startMs)) return undefined
  const starts = [startMs]
  for (let index = 1; index < steps.length; index++) {
    const before = steps[index - 1]
    const from = (starts[index - 1] ?? 0) + (before?.at.durationMs ?? 0) + (steps[index]?.leastGapMs ?? 0)
    starts.push(firstIn(chain[index] ?? [], from))
  }
  return starts
}

/**
 * For each step where it can start so that all steps after it still find their place. Worked out from the end: a step can start where it is free
 * and the next can follow within its gap. Nothing where the visit cannot be had at all.
 */
function chainOf<Id extends string>(query: VisitQuery<Id>, steps: readonly PreparedStep<Id>[], kept: Kept): Intervals[] | undefined {
  const chain: Intervals[] = []
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index]
    if (!step) return undefined
    const next = steps[index + 1]
    const room: Intervals = next ? startsBefore(chain[0] ?? [], step.at.durationMs, next) : [step.at.fromMs, step.at.toMs]
    const free = startsOfStep(query, step, kept, room)
    if (free.length === 0) return undefined
    chain.unshift(free)
  }
  return chain
}

/** Where a step of this length can start so that the next one starts within its gap. */
function startsBefore(next: Intervals, durationMs: number, { leastGapMs, mostGapMs }: PreparedStep): Intervals {
  const pairs: number[] = []
  for (let i = 0; i < next.length; i += 2) pairs.push((next[i] ?? 0) - durationMs - mostGapMs, (next[i + 1] ?? 0) - durationMs - leastGapMs)
  return normalise(pairs)
}

function startsOfStep<Id extends string>(query: VisitQuery<Id>, step: PreparedStep<Id>, kept: Kept, room: Intervals): Intervals {
  const places = keptIn(step, kept)
  if (!places) return []
  const free = allFree(step, places, room)
  if (free.length === 0) return free
  const groups = groupsBeside(
    step,
    places.flatMap((place) => query.hosts[place]?.id ?? []),
  )
  return groups.length === 0 ? free : intersect(free, whereFilled(query, step, groups))
}

/** Where all groups of a step can be filled at once: the edges of everybody's free time in order, asked anew where something changes. */
function whereFilled<Id extends string>(query: VisitQuery<Id>, step: PreparedStep<Id>, groups: readonly HostGroup<Id>[]): Intervals {
  const enough = enoughHosts(groups, query.hosts)
  const members = new Set(groups.flatMap((group) => group.members))
  const edges: { ms: number; place: number; free: boolean }[] = []
  query.hosts.forEach((host, place) => {
    if (!members.has(host.id)) return
    for (const [index, ms] of step.startsOf(place).entries()) edges.push({ ms, place, free: index % 2 === 0 })
  })
  edges.sort((a, b) => a.ms - b.ms)
  const free = new Set<number>()
  const filled: number[] = enough([]) ? [Number.NEGATIVE_INFINITY] : []
  edges.forEach((edge, index) => {
    if (edge.free) free.add(edge.place)
    else free.delete(edge.place)
    if (edges[index + 1]?.ms === edge.ms) return
    const isFilled = enough([...free].sort((a, b) => a - b))
    if (isFilled === (filled.length % 2 === 1)) return
    filled.push(edge.ms)
  })
  if (filled.length % 2 === 1) filled.push(Number.POSITIVE_INFINITY)
  return filled
}

function isIn(intervals: Intervals, ms: number): boolean {
  return firstIn(intervals, ms) === ms
}

/** The first moment of a set at or after another; Infinity where there is none. */
function firstIn(intervals: Intervals, ms: number): number {
  let low = 0
  let high = intervals.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if ((intervals[middle * 2 + 1] ?? ms) <= ms) low = middle + 1
    else high = middle
  }
  return Math.max(ms, intervals[low * 2] ?? Number.POSITIVE_INFINITY)
}
