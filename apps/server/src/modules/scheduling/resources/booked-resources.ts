import type { Booking, BookingId, ResourceId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** The rooms and devices of bookings, by booking: rooms first, then by name. A moved or cancelled booking still says what it had. */
export async function resourcesOfBookings(
  tx: WorkspaceTx,
  bookingIds: readonly BookingId[],
): Promise<Map<BookingId, Booking['resources']>> {
  if (bookingIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('claim')
    .innerJoin('resource', (join) => join.onRef('resource.id', '=', 'claim.resource_id').on('resource.workspace_id', '=', tx.workspaceId))
    .select(['claim.booking_id', 'resource.id', 'resource.name', 'resource.kind'])
    .where('claim.workspace_id', '=', tx.workspaceId)
    .where('claim.booking_id', 'in', bookingIds)
    .where('claim.resource_id', 'is not', null)
    .orderBy('resource.kind', 'desc')
    .orderBy('resource.name')
    .orderBy('resource.id')
    .execute()
  return new Map(
    [...Map.groupBy(rows, (row) => row.booking_id)].map(([bookingId, of]) => [
      bookingId,
      of.map(({ id, name, kind }) => ({ id, name, kind })),
    ]),
  )
}

/** The rooms and devices of one booking. */
export async function resourceIdsOf(tx: WorkspaceTx, bookingId: BookingId): Promise<ResourceId[]> {
  return ((await resourcesOfBookings(tx, [bookingId])).get(bookingId) ?? []).map(({ id }) => id)
}

/** The bookings ahead that have a room or a device, by start. */
export async function bookingsWith(tx: WorkspaceTx, resourceId: ResourceId): Promise<BookingId[]> {
  const rows = await tx.db
    .selectFrom('claim')
    .innerJoin('booking', (join) => join.onRef('booking.id', '=', 'claim.booking_id').on('booking.workspace_id', '=', tx.workspaceId))
    .select('booking.id')
    .where('claim.workspace_id', '=', tx.workspaceId)
    .where('claim.resource_id', '=', resourceId)
    .where('claim.active', '=', true)
    .where('claim.busy_until', '>', tx.now)
    .where((where) => where.or([where('claim.expires_at', 'is', null), where('claim.expires_at', '>', tx.now)]))
    .where('booking.ends_at', '>', tx.now)
    .where('booking.status', 'in', ['held', 'pending', 'confirmed'])
    .orderBy('booking.starts_at')
    .orderBy('booking.id')
    .execute()
  return rows.map(({ id }) => id)
}
