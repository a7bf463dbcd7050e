import type { BookingId, Principal, ServiceId, Slot, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { serviceById } from './find-service.ts'
import { serviceHosts, slotsOf } from './hosts.ts'
import { requireStretch } from './list-bookings.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type ListSlots = {
  readonly serviceId: ServiceId
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly staffId?: StaffId | undefined
  readonly movingBookingId?: BookingId | undefined
}

const longestDays = 62

/** Every start in a stretch that can be booked, for members. */
export async function listSlots(tx: WorkspaceTx, by: Principal, wish: ListSlots): Promise<{ zone: string; slots: Slot[] }> {
  schedulingPolicy.require(by, 'bookings.read')
  requireStretch(wish.from, wish.to, longestDays)
  const hosts = await serviceHosts(tx, await serviceById(tx, wish.serviceId), wish)
  return { zone: hosts.zone, slots: slotsOf(hosts, tx.now, wish.from, wish.to) }
}
