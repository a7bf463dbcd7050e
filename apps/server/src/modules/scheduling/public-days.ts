import { chooseHosts, openHours } from '@frontdesk/availability'
import type { BookingId, PublicDays, Slot, StaffId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type ServiceHosts, serviceHosts, slotsOf } from './hosts.ts'
import type { ServiceRow } from './service.tables.ts'

export type Days = z.output<typeof PublicDays>
export type Day = Days['days'][number]

export type AskDays = {
  readonly service: ServiceRow
  /** The visitor's zone; days are hers. */
  readonly zone: string
  readonly from: Temporal.PlainDate
  readonly days: number
  readonly staffId?: StaffId | undefined
  readonly movingBookingId?: BookingId | undefined
}

/** How much is read at a time in search of the next open day. */
const searchDays = 62

/** Free times by day, in the visitor's zone; a day without any says why. */
export async function publicDays(tx: WorkspaceTx, wish: AskDays): Promise<Days> {
  const { service, zone } = wish
  const start = startOfDay(wish.from, zone)
  const end = startOfDay(wish.from.add({ days: wish.days }), zone)
  const hosts = await serviceHosts(tx, service, { from: start, to: end, staffId: wish.staffId, movingBookingId: wish.movingBookingId })
  const slots = Map.groupBy(slotsOf(hosts, tx.now, start, end), (slot) => dateOf(slot, zone))
  const limits = limitsOf(service, hosts.zone, tx.now)
  const days = Array.from({ length: wish.days }, (_, index): Day => {
    const date = wish.from.add({ days: index })
    const free = slots.get(date.toString()) ?? []
    return { date: date.toString(), state: stateOf(date, zone, free, hosts, limits), clockChange: clockChangeOn(date, zone), slots: free }
  })
  return { zone, businessZone: hosts.zone, days, nextOpen: await nextOpen(tx, wish, end, limits.end) }
}

/** The instant at which a day begins in a zone. */
export const startOfDay = (date: Temporal.PlainDate, zone: string): Temporal.Instant => date.toZonedDateTime(zone).toInstant()

const dateOf = (slot: Slot, zone: string): string => Temporal.Instant.from(slot.start).toZonedDateTimeISO(zone).toPlainDate().toString()

type Limits = { readonly now: Temporal.Instant; readonly earliest: Temporal.Instant; readonly end: Temporal.Instant }

function limitsOf(service: ServiceRow, businessZone: string, now: Temporal.Instant): Limits {
  const today = now.toZonedDateTimeISO(businessZone).toPlainDate()
  return {
    now,
    earliest: now.add({ minutes: service.notice_minutes }),
    end: startOfDay(today.add({ days: service.horizon_days + 1 }), businessZone),
  }
}

function stateOf(date: Temporal.PlainDate, zone: string, free: readonly Slot[], hosts: ServiceHosts, limits: Limits): Day['state'] {
  if (free.length > 0) return 'open'
  const start = startOfDay(date, zone)
  const end = startOfDay(date.add({ days: 1 }), zone)
  if (Temporal.Instant.compare(end, limits.now) <= 0) return 'past'
  if (Temporal.Instant.compare(start, limits.end) >= 0) return 'too_far'
  if (Temporal.Instant.compare(end, limits.earliest) <= 0) return 'too_soon'
  const isOpen = (host: ServiceHosts['hosts'][number]) => openHours(host.hours, start, end).length > 0
  const able = new Set(hosts.hosts.filter(isOpen).map(({ id }) => id))
  const groups = hosts.groups ?? [{ members: hosts.hosts.map(({ id }) => id), required: 1 }]
  return chooseHosts({ groups, isFree: (id) => able.has(id) }).chosen ? 'full' : 'closed'
}

/** When and by how many minutes the clocks change on a day. */
export function clockChangeOn(date: Temporal.PlainDate, zone: string): Day['clockChange'] {
  const start = date.toZonedDateTime(zone)
  const change = start.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next')
  if (!change || Temporal.Instant.compare(change.toInstant(), startOfDay(date.add({ days: 1 }), zone)) >= 0) return null
  const before = change.subtract({ nanoseconds: 1 })
  return { at: change.toInstant().toString(), minutes: (change.offsetNanoseconds - before.offsetNanoseconds) / 60e9 }
}

/** The first day from a moment on with a free time, as far as can be booked. */
async function nextOpen(tx: WorkspaceTx, wish: AskDays, from: Temporal.Instant, until: Temporal.Instant): Promise<string | null> {
  for (let start = from; Temporal.Instant.compare(start, until) < 0; ) {
    const end = start.add({ hours: 24 * searchDays })
    const hosts = await serviceHosts(tx, wish.service, {
      from: start,
      to: end,
      staffId: wish.staffId,
      movingBookingId: wish.movingBookingId,
    })
    const first = slotsOf(hosts, tx.now, start, end)[0]
    if (first) return dateOf(first, wish.zone)
    start = end
  }
  return null
}
