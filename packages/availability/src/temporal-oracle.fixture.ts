import type { AvailabilityQuery, Block, Busy, ClosedReason, Host, HostGroup, HostLimit, Hours } from './types.ts'

/**
 * The same answers the slow way: Temporal for every date and every minute, no interval arithmetic, no code of the engine. Tests hold the engine
 * against it, with facts in whole minutes.
 */

const minute = 60_000

/** The instants of a block that starts on a local date, straight from Temporal's rules. */
export function blockByTemporal(zone: string, date: Temporal.PlainDate, block: Block): readonly [number, number] {
  const wall = (time: string, days: number) =>
    time === '24:00' ? date.add({ days: days + 1 }).toPlainDateTime('00:00') : date.add({ days }).toPlainDateTime(time)
  const overMidnight = block.end !== '24:00' && Temporal.PlainTime.compare(block.end, block.start) <= 0
  return [
    wall(block.start, 0).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
    wall(block.end, overMidnight ? 1 : 0).toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds,
  ]
}

/** All blocks of all dates around a range. */
export function blocksByTemporal(hours: Hours, fromMs: number, toMs: number): (readonly [number, number])[] {
  return datesAround(hours.zone, fromMs, toMs).flatMap((date) => {
    const exception = hours.exceptions?.findLast((one) => one.date.equals(date))
    return (exception?.blocks ?? weeklyOn(hours, date)).map((block) => blockByTemporal(hours.zone, date, block))
  })
}

/** What the weekly hours would be on each date that has an exception. */
function usualBlocksOfExceptions(hours: Hours, fromMs: number, toMs: number): (readonly [number, number])[][] {
  return datesAround(hours.zone, fromMs, toMs)
    .filter((date) => hours.exceptions?.some((one) => one.date.equals(date)))
    .map((date) => weeklyOn(hours, date).map((block) => blockByTemporal(hours.zone, date, block)))
}

const weeklyOn = (hours: Hours, date: Temporal.PlainDate) => hours.weekly.filter((block) => block.weekday === date.dayOfWeek)

function datesAround(zone: string, fromMs: number, toMs: number): Temporal.PlainDate[] {
  const dates: Temporal.PlainDate[] = []
  const last = zoned(toMs, zone).toPlainDate().add({ days: 2 })
  for (
    let date = zoned(fromMs, zone).toPlainDate().subtract({ days: 3 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  )
    dates.push(date)
  return dates
}

const zoned = (ms: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)

/** A reason of the engine as it is called here. */
export function codeOfReason(reason: ClosedReason): string {
  if (reason.code === 'buffer' || reason.code === 'travel') return `${reason.code} ${reason.side}`
  return reason.code === 'limit' ? `limit ${reason.counts}` : reason.code
}

/** The codes of every reason against a start of one host, off the step left out; nothing where she can take it. */
export type ReasonsByTemporal = (startMs: number) => string[]

/** Reads a host's hours once, then says for any minute of the range what is against it. */
export function hostByTemporal(query: AvailabilityQuery, host: Host, countedMinutes = query.service.durationMinutes): ReasonsByTemporal {
  const { service, now } = query
  const fromMs = query.from.epochMilliseconds
  const toMs = query.to.epochMilliseconds + service.durationMinutes * minute
  const blocks = blocksByTemporal(host.hours, fromMs, toMs)
  const usual = usualBlocksOfExceptions(host.hours, fromMs, toMs)
  const isIn = (list: readonly (readonly [number, number])[], ms: number) => list.some(([start, end]) => start <= ms && ms < end)
  const zone = service.zone ?? host.hours.zone
  const busy = host.busy.filter((one) => one.startMs < one.endMs)
  const capacity = host.capacity ?? 1
  const earliest = now.add({ minutes: service.minimumNoticeMinutes ?? 0 }).epochMilliseconds
  const lastDay =
    service.horizonDays === undefined ? undefined : zoned(now.epochMilliseconds, zone).toPlainDate().add({ days: service.horizonDays })
  const limits = (host.limits ?? []).map((limit) => limitByTemporal(limit, host, countedMinutes))

  return (startMs) => {
    const endMs = startMs + service.durationMinutes * minute
    const claimStart = startMs - (service.bufferBeforeMinutes ?? 0) * minute
    const claimEnd = endMs + (service.bufferAfterMinutes ?? 0) * minute
    const minutes = (start: number, end: number) => Array.from({ length: (end - start) / minute }, (_, index) => start + index * minute)
    const reasons: string[] = []
    if (startMs < now.epochMilliseconds) reasons.push('past')
    else if (startMs < earliest) reasons.push('notice')
    if (lastDay && Temporal.PlainDate.compare(zoned(startMs, zone).toPlainDate(), lastDay) > 0) reasons.push('horizon')
    if (!isIn(blocks, startMs)) {
      const closedDates = usual.filter((ofDate) => isIn(ofDate, startMs)).map(() => 'exception')
      reasons.push(...(closedDates.length > 0 ? closedDates : ['outside_hours']))
    } else if (minutes(startMs, endMs).some((ms) => !isIn(blocks, ms))) reasons.push('runs_past_hours')
    for (const one of busy) {
      if (capacity > 1 && one.units !== undefined) continue
      if (one.startMs < endMs && startMs < one.endMs) reasons.push('busy')
      else if (one.startMs < claimEnd && claimStart < one.endMs) reasons.push(one.startMs >= endMs ? 'buffer after' : 'buffer before')
    }
    const usedAt = (ms: number) => busy.reduce((sum, one) => (one.startMs <= ms && ms < one.endMs ? sum + (one.units ?? 0) : sum), 0)
    const units = service.units ?? 1
    const fullAt = (ms: number) => capacity > 1 && usedAt(ms) + units > capacity
    if (units > capacity) reasons.push('full')
    // Once for each stretch that is full, so once where one begins.
    else
      reasons.push(
        ...minutes(claimStart, claimEnd).flatMap((ms) => (fullAt(ms) && (ms === claimStart || !fullAt(ms - minute)) ? ['full'] : [])),
      )
    for (const breaks of limits) reasons.push(...breaks(startMs))
    reasons.push(...travelByTemporal(query, busy, claimStart, claimEnd))
    return reasons
  }
}

function limitByTemporal(limit: HostLimit, host: Host, countedMinutes: number): (startMs: number) => string[] {
  const periodOf = (ms: number): string => {
    const date = zoned(ms, host.hours.zone).toPlainDate()
    if (limit.per === 'day') return date.toString()
    if (limit.per === 'month') return date.toPlainYearMonth().toString()
    let monday = date
    while (monday.dayOfWeek !== (limit.weekStart ?? 1)) monday = monday.subtract({ days: 1 })
    return monday.toString()
  }
  const booked = host.busy.flatMap((busy) =>
    busy.booking ? [{ period: periodOf(busy.booking.startMs), minutes: (busy.booking.endMs - busy.booking.startMs) / minute }] : [],
  )
  return (startMs) => {
    const period = periodOf(startMs)
    const same = booked.filter((one) => one.period === period)
    const reasons: string[] = []
    if (limit.bookings !== undefined && same.length + 1 > limit.bookings) reasons.push('limit bookings')
    if (limit.minutes !== undefined && same.reduce((sum, one) => sum + one.minutes, countedMinutes) > limit.minutes)
      reasons.push('limit minutes')
    return reasons
  }
}

function travelByTemporal(query: AvailabilityQuery, busy: readonly Busy[], claimStart: number, claimEnd: number): string[] {
  const { travelMinutes, service } = query
  if (!travelMinutes || service.place === undefined) return []
  const placed = busy.filter((one) => one.booking?.place !== undefined)
  const before = placed
    .filter((one) => one.endMs <= claimStart)
    .reduce<Busy | undefined>(
      (last, one) => (last && (last.endMs > one.endMs || (last.endMs === one.endMs && last.startMs > one.startMs)) ? last : one),
      undefined,
    )
  const after = placed
    .filter((one) => one.startMs >= claimEnd)
    .reduceRight<Busy | undefined>(
      (first, one) => (first && (first.startMs < one.startMs || (first.startMs === one.startMs && first.endMs < one.endMs)) ? first : one),
      undefined,
    )
  const reasons: string[] = []
  if (before && claimStart < before.endMs + travelMinutes(before.booking?.place ?? '', service.place) * minute)
    reasons.push('travel before')
  if (after && claimEnd > after.startMs - travelMinutes(service.place, after.booking?.place ?? '') * minute) reasons.push('travel after')
  return reasons
}

/** Whether the wall clock of a zone shows a multiple of the step. */
function onStepByTemporal(zone: string, stepMinutes: number, startMs: number): boolean {
  const start = zoned(startMs, zone)
  return (start.hour * 60 + start.minute) % stepMinutes === 0 && start.second === 0
}

/** Every start on the step, minute by minute, with the hosts that can take it; for whole-minute facts. */
export function slotsByTemporal(query: AvailabilityQuery): { startMs: number; hostIds: string[] }[] {
  const { groups } = query
  const asked = query.hosts.filter((host) => !groups || groups.some((group) => group.members.includes(host.id)))
  const skilled = asked.filter((host) =>
    groups
      ? groups.some((group) => group.members.includes(host.id) && hasSkills(host, group.skills))
      : hasSkills(host, query.service.skills),
  )
  const hosts = skilled.map((host) => ({ host, zone: query.service.zone ?? host.hours.zone, against: hostByTemporal(query, host) }))
  const zones = [...new Set(hosts.map(({ zone }) => zone))]
  const slots: { startMs: number; hostIds: string[] }[] = []
  const first = Math.ceil(query.from.epochMilliseconds / minute) * minute
  for (let startMs = first; startMs < query.to.epochMilliseconds; startMs += minute) {
    const onStep = zones.filter((zone) => onStepByTemporal(zone, query.service.stepMinutes, startMs))
    const free = hosts.filter(({ zone, against }) => onStep.includes(zone) && against(startMs).length === 0).map(({ host }) => host)
    if (groups ? canFill(groups, free, query.hosts) : free.length > 0) slots.push({ startMs, hostIds: free.map((host) => host.id) })
  }
  return slots
}

/** Whether a host can do all of it. */
export const hasSkills = (host: Host, skills: readonly string[] = []) => skills.every((skill) => host.skills?.includes(skill) ?? false)

/** Tries every way to give each place of each group to a free host. */
export function canFill(groups: readonly HostGroup[], free: readonly Host[], all: readonly Host[]): boolean {
  const places = groups.flatMap((group) => {
    const able = (hosts: readonly Host[]) => hosts.filter((host) => group.members.includes(host.id) && hasSkills(host, group.skills))
    // All of the able; where nobody is, one that cannot be found.
    const count = group.required === 'all' ? Math.max(able(all).length, Math.min(group.members.length, 1)) : group.required
    return Array.from({ length: count }, () => able(free))
  })
  const fill = (place: number, used: readonly Host[]): boolean => {
    const able = places[place]
    return !able || able.some((host) => !used.includes(host) && fill(place + 1, [...used, host]))
  }
  return fill(0, [])
}
