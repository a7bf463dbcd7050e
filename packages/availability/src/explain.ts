import { fullTimes, wholeBusy } from './capacity.ts'
import { chooseHosts } from './choose-hosts.ts'
import { expandHoursWithReasons } from './expand-hours.ts'
import type { Intervals } from './intervals.ts'
import { subtract } from './intervals.ts'
import { eachUsedUpPeriod } from './limits.ts'
import { eachFullTime } from './obstacles.ts'
import type { Prepared } from './prepare.ts'
import { checkBusy, prepare, stepZone } from './prepare.ts'
import { skilledGroups } from './skills.ts'
import { eachJourney } from './travel.ts'
import type { AvailabilityQuery, Busy, ClosedPiece, ClosedReason, Host, SlotExplanation } from './types.ts'
import { isOnStep } from './zone-clock.ts'

/** A stretch in which one reason keeps a start from being possible. */
type Closure = { readonly startMs: number; readonly endMs: number; readonly reason: ClosedReason }

/** What to say first where several reasons hold: what nobody can change before what another choice changes. */
const rank = {
  past: 0,
  notice: 1,
  horizon: 2,
  skill: 3,
  exception: 4,
  outside_hours: 5,
  limit: 6,
  busy: 7,
  full: 8,
  runs_past_hours: 9,
  travel: 10,
  buffer: 11,
  off_step: 12,
} as const satisfies { readonly [C in ClosedReason['code']]: number }

/**
 * Why the service cannot start: for every host, the pieces of the range without a possible start, each with all its reasons. Together with the
 * possible starts the pieces of a host cover the range; a free moment that is only off the step is in no piece.
 */
export function closedPieces<Id extends string>(query: AvailabilityQuery<Id>): readonly ClosedPiece<Id>[] {
  const at = prepare(query)
  const { missing } = skilledGroups(query)
  return query.hosts.flatMap((host) =>
    sweep(closuresOf(host, stepZone(host, query.service), missing(host.id), at)).map((piece) => ({ hostId: host.id, ...piece })),
  )
}

/** Whether the service can start at one moment, with whom, and what stands in the way of each other host. */
export function explainSlot<Id extends string>(
  query: Omit<AvailabilityQuery<Id>, 'from' | 'to'>,
  start: Temporal.Instant,
): SlotExplanation<Id> {
  return explainStart(query, start, {})
}

/** What a step of a visit is asked otherwise than a service of its own. */
type AsPart<Id extends string> = { readonly countedMs?: (id: Id) => number; readonly onAnyMinute?: boolean }

/** Explains a start, also one of a step of a visit. */
export function explainStart<Id extends string>(
  query: Omit<AvailabilityQuery<Id>, 'from' | 'to'>,
  start: Temporal.Instant,
  { countedMs, onAnyMinute = false }: AsPart<Id>,
): SlotExplanation<Id> {
  const { service } = query
  const { groups = [{ members: query.hosts.map((host) => host.id), required: 1 }], missing } = skilledGroups(query)
  const at = prepare({ ...query, from: start, to: start.add({ milliseconds: 1 }) })
  const closed = query.hosts.flatMap((host) => {
    const zone = stepZone(host, service)
    const closures = closuresOf(host, zone, missing(host.id), countedMs ? { ...at, countedMs: countedMs(host.id) } : at)
    const reasons: ClosedReason[] = sweep(closures).flatMap((piece) => piece.reasons)
    if (!onAnyMinute && !isOnStep(at.clockOf(zone), at.fromMs, service.stepMinutes))
      reasons.push({ code: 'off_step', stepMinutes: service.stepMinutes })
    return reasons.length > 0 ? { hostId: host.id, reasons } : []
  })
  const able = new Set(query.hosts.map((host) => host.id))
  for (const { hostId } of closed) able.delete(hostId)
  const choice = chooseHosts({ groups, isFree: (id) => able.has(id) })
  return {
    open: choice.chosen,
    startMs: at.fromMs,
    endMs: at.fromMs + at.durationMs,
    hostIds: [...able],
    closed,
    unfilled: choice.chosen ? [] : choice.unfilled,
  }
}

function closuresOf(host: Host, zone: string, missing: readonly string[], at: Prepared): Closure[] {
  const closures: Closure[] = []
  const close = (startMs: number, endMs: number, reason: ClosedReason): void => {
    const start = Math.max(startMs, at.fromMs)
    const end = Math.min(endMs, at.toMs)
    if (start < end) closures.push({ startMs: start, endMs: end, reason })
  }
  const horizonMs = at.horizonOf(zone)
  close(at.fromMs, at.nowMs, { code: 'past' })
  close(at.nowMs, at.earliestMs, { code: 'notice', earliestMs: at.earliestMs })
  close(horizonMs, at.toMs, { code: 'horizon', endMs: horizonMs })
  if (missing.length > 0) close(at.fromMs, at.toMs, { code: 'skill', missing })
  closeByHours(host, at, close)
  for (const busy of host.busy) checkBusy(busy)
  for (const busy of wholeBusy(host)) closeByBusy(busy, at, close)
  closeByRules(host, at, close)
  return closures
}

type Close = (startMs: number, endMs: number, reason: ClosedReason) => void

function closeByHours(host: Host, at: Prepared, close: Close): void {
  const { open, takenAway } = expandHoursWithReasons(host.hours, at.clockOf(host.hours.zone), at.fromMs, at.hoursToMs)
  let outside: Intervals = subtract([at.fromMs, at.toMs], open)
  for (const { exception, pieces } of takenAway) {
    outside = subtract(outside, pieces)
    const reason = {
      code: 'exception',
      date: exception.date.toString(),
      ...(exception.label === undefined ? {} : { label: exception.label }),
    } as const
    eachInterval(pieces, (startMs, endMs) => close(startMs, endMs, reason))
  }
  eachInterval(outside, (startMs, endMs) => close(startMs, endMs, { code: 'outside_hours' }))
  eachInterval(open, (startMs, endMs) =>
    close(Math.max(startMs, endMs - at.durationMs + 1), endMs, { code: 'runs_past_hours', hoursEndMs: endMs }),
  )
}

/** The service itself meets the taken time, or only its buffer after (starts before it) or its buffer before (starts after it). */
function closeByBusy(busy: Busy, at: Prepared, close: Close): void {
  if (busy.startMs === busy.endMs) return
  const first = busy.startMs - at.durationMs + 1
  close(first - at.afterMs, first, { code: 'buffer', side: 'after', busy })
  close(first, busy.endMs, { code: 'busy', busy })
  close(busy.endMs, busy.endMs + at.beforeMs, { code: 'buffer', side: 'before', busy })
}

function closeByRules(host: Host, at: Prepared, close: Close): void {
  const capacity = host.capacity ?? 1
  eachFullTime(fullTimes(host, at), at, (from, to, fullFromMs, fullToMs) => {
    // A host that is too small for it is full for ever; what is said of it stays within the question.
    const startMs = Number.isFinite(fullFromMs) ? fullFromMs : at.fromMs
    const endMs = Number.isFinite(fullToMs) ? fullToMs : at.hoursToMs
    close(from, to, { code: 'full', capacity, startMs, endMs })
  })
  eachUsedUpPeriod(host, at, ({ per }, period) => close(period.startMs, period.endMs, { code: 'limit', per, ...period }))
  eachJourney(host, at, (from, to, side, minutes, busy) => close(from, to, { code: 'travel', side, minutes, busy }))
}

/** Turns overlapping closures into pieces that follow one another, each with everything that holds in it. */
function sweep(closures: readonly Closure[]): { startMs: number; endMs: number; reasons: readonly ClosedReason[] }[] {
  const edges = closures.flatMap((closure) => [
    { ms: closure.startMs, opens: true, closure },
    { ms: closure.endMs, opens: false, closure },
  ])
  edges.sort((a, b) => a.ms - b.ms)
  const active = new Set<Closure>()
  const pieces: { startMs: number; endMs: number; reasons: readonly ClosedReason[] }[] = []
  let since = Number.NaN
  for (const { ms, opens, closure } of edges) {
    if (active.size > 0 && since < ms) pieces.push({ startMs: since, endMs: ms, reasons: reasonsOf(active) })
    since = ms
    if (opens) active.add(closure)
    else active.delete(closure)
  }
  return pieces
}

function reasonsOf(closures: Iterable<Closure>): readonly ClosedReason[] {
  return [...closures].map((closure) => closure.reason).sort((a, b) => rank[a.code] - rank[b.code])
}

function eachInterval(intervals: Intervals, visit: (startMs: number, endMs: number) => void): void {
  for (let i = 0; i < intervals.length; i += 2) visit(intervals[i] ?? 0, intervals[i + 1] ?? 0)
}
