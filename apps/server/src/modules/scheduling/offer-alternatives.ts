import type { BookingId, ServiceId, Slot, StaffId, WorkspaceId } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { lockHosts } from './claim-time.ts'
import { serviceById } from './find-service.ts'
import { serviceHosts, slotsOf, staffOf } from './hosts.ts'
import { needsOf } from './resources/needs.ts'

/** What was wanted and not to be had. */
export type LostWish = {
  readonly serviceId: ServiceId
  readonly start: Temporal.Instant
  readonly staffId?: StaffId | undefined
  readonly movingBookingId?: BookingId | undefined
}

const daysAhead = 21
const sameDay = 3
const most = 6

/**
 * Adds to the refusal of a time what can be had instead. Asked in a transaction of its own, after the refused one is gone: it waits in line behind everybody who is
 * booking the same people and rooms at this moment, so that what it offers was not just taken by one of them.
 */
export async function withAlternatives(database: Database, workspaceId: WorkspaceId, refusal: unknown, wish: LostWish): Promise<unknown> {
  if (!isSlotRefusal(refusal)) return refusal
  const alternatives = await database.inWorkspace(workspaceId, (tx) => alternativesTo(tx, wish))
  return new Refusal(refusal.type, { ...refusal.facts, alternatives })
}

/** Whether a refusal says that a time cannot be had. */
export const isSlotRefusal = (error: unknown): error is Refusal =>
  error instanceof Refusal && (error.type === 'scheduling/slot-taken' || error.type === 'scheduling/slot-not-offered')

/** Up to six free times near the wanted one: the nearest of the same day, then the first of each following day; with the same person where one was wanted. */
export async function alternativesTo(tx: WorkspaceTx, wish: LostWish): Promise<Slot[]> {
  const service = await serviceById(tx, wish.serviceId)
  if (!service.active || service.archived_at !== null) return []
  const people = await staffOf(tx, service.id, wish.staffId)
  const { resources } = await needsOf(tx, service.id)
  await lockHosts(
    tx,
    [...people, ...resources].map(({ id }) => id),
    'shared',
  )
  const earliest = Temporal.Instant.compare(wish.start, tx.now) > 0 ? wish.start : tx.now
  const from = earliest.subtract({ hours: 24 })
  const to = earliest.add({ hours: 24 * daysAhead })
  const hosts = await serviceHosts(tx, service, { from, to, staffId: wish.staffId, movingBookingId: wish.movingBookingId })
  return nearest(slotsOf(hosts, tx.now, from, to), earliest, hosts.zone)
}

/** Chooses among free times. */
export function nearest(slots: readonly Slot[], wanted: Temporal.Instant, zone: string): Slot[] {
  const dayOf = (slot: Slot): string => Temporal.Instant.from(slot.start).toZonedDateTimeISO(zone).toPlainDate().toString()
  const distance = (slot: Slot): number => Math.abs(Temporal.Instant.from(slot.start).epochMilliseconds - wanted.epochMilliseconds)
  const wantedDay = wanted.toZonedDateTimeISO(zone).toPlainDate().toString()
  const near = slots
    .filter((slot) => dayOf(slot) === wantedDay)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, sameDay)
  const later = [
    ...Map.groupBy(
      slots.filter((slot) => dayOf(slot) > wantedDay),
      dayOf,
    ).values(),
  ]
    .map((day) => day.reduce((best, slot) => (timeApart(slot, wanted, zone) < timeApart(best, wanted, zone) ? slot : best)))
    .slice(0, most - near.length)
  return [...near, ...later].sort((a, b) => Temporal.Instant.compare(a.start, b.start))
}

/** How far two moments lie apart on the clock, whatever the day. */
function timeApart(slot: Slot, wanted: Temporal.Instant, zone: string): number {
  const minutes = (at: Temporal.Instant) => {
    const { hour, minute } = at.toZonedDateTimeISO(zone)
    return hour * 60 + minute
  }
  return Math.abs(minutes(Temporal.Instant.from(slot.start)) - minutes(wanted))
}
