import type { BookingId, Principal, ResourceId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { lockHosts } from '../claim-time.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { bookingsWith, resourcesOfBookings } from './booked-resources.ts'
import { changeBookedResources } from './change-booked-resources.ts'
import { resourceById } from './write-resource.ts'

export type MoveResourceBookings = {
  readonly resourceId: ResourceId
  readonly toResourceId: ResourceId
  /** Only these; left out: all that lie ahead. */
  readonly bookingIds?: readonly BookingId[] | undefined
}

/** Moves the bookings ahead of one room or device into another, as far as that is free and of use for them. */
export async function moveResourceBookings(
  tx: WorkspaceTx,
  by: Principal,
  wish: MoveResourceBookings,
): Promise<{ movedIds: BookingId[]; leftIds: BookingId[] }> {
  schedulingPolicy.require(by, 'resources.manage')
  await resourceById(tx, wish.resourceId)
  await resourceById(tx, wish.toResourceId)
  // All at once and in their order, with what those bookings have besides: one by one they could meet somebody who comes the other way.
  const besides = await resourcesOfBookings(tx, await bookingsWith(tx, wish.resourceId))
  await lockHosts(tx, [wish.resourceId, wish.toResourceId, ...[...besides.values()].flat().map(({ id }) => id)])
  const ahead = await bookingsWith(tx, wish.resourceId)
  const asked = wish.bookingIds && new Set(wish.bookingIds)
  const wanted = asked ? ahead.filter((id) => asked.has(id)) : ahead
  const has = await resourcesOfBookings(tx, wanted)
  const movedIds: BookingId[] = []
  const leftIds: BookingId[] = []
  for (const bookingId of wanted) {
    const resourceIds = (has.get(bookingId) ?? []).map(({ id }) => (id === wish.resourceId ? wish.toResourceId : id))
    const moved = await changeBookedResources(tx, by, { bookingId, resourceIds }).then(
      () => true,
      (error: unknown) => {
        // Not free then, not of use for it, or changed in this moment: it stays where it is.
        if (error instanceof Refusal) return false
        throw error
      },
    )
    if (moved) movedIds.push(bookingId)
    else leftIds.push(bookingId)
  }
  return { movedIds, leftIds }
}
