import type { AvailabilityQuery, Block, Host, Hours } from './types.ts'

/** The same answers the slow way: Temporal for every date and every minute, no interval arithmetic. Tests hold the engine against it. */

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
  const dateOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(hours.zone).toPlainDate()
  const blocks: (readonly [number, number])[] = []
  const last = dateOf(toMs).add({ days: 2 })
  for (let date = dateOf(fromMs).subtract({ days: 3 }); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    const exception = hours.exceptions?.findLast((one) => one.date.equals(date))
    const ofDate = exception ? exception.blocks : hours.weekly.filter((block) => block.weekday === date.dayOfWeek)
    blocks.push(...ofDate.map((block) => blockByTemporal(hours.zone, date, block)))
  }
  return blocks
}

/** Every start on the step, minute by minute, with the hosts that can take it; for whole-minute facts. */
export function slotsByTemporal(query: AvailabilityQuery): { startMs: number; hostIds: string[] }[] {
  const fromMs = query.from.epochMilliseconds
  const toMs = query.to.epochMilliseconds
  const reach = query.service.durationMinutes * minute
  const open = new Map(query.hosts.map((host) => [host.id, blocksByTemporal(host.hours, fromMs, toMs + reach)]))
  const slots: { startMs: number; hostIds: string[] }[] = []
  for (let startMs = Math.ceil(fromMs / minute) * minute; startMs < toMs; startMs += minute) {
    const able = query.hosts.filter((host) => hostCanStart(query, host, open.get(host.id) ?? [], startMs))
    if (able.length > 0) slots.push({ startMs, hostIds: able.map((host) => host.id) })
  }
  return slots
}

function hostCanStart(query: AvailabilityQuery, host: Host, open: readonly (readonly [number, number])[], startMs: number): boolean {
  const { service, now } = query
  const zone = service.zone ?? host.hours.zone
  const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone)
  if ((start.hour * 60 + start.minute) % service.stepMinutes !== 0 || start.second !== 0) return false
  if (startMs < now.add({ minutes: service.minimumNoticeMinutes ?? 0 }).epochMilliseconds) return false
  if (service.horizonDays !== undefined) {
    const lastDay = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: service.horizonDays })
    if (Temporal.PlainDate.compare(start.toPlainDate(), lastDay) > 0) return false
  }
  const endMs = startMs + service.durationMinutes * minute
  for (let ms = startMs; ms < endMs; ms += minute) if (!open.some(([from, to]) => from <= ms && ms < to)) return false
  const claimStart = startMs - (service.bufferBeforeMinutes ?? 0) * minute
  const claimEnd = endMs + (service.bufferAfterMinutes ?? 0) * minute
  return !host.busy.some((busy) => busy.startMs < busy.endMs && busy.startMs < claimEnd && claimStart < busy.endMs)
}
