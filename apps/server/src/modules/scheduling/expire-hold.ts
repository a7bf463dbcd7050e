import type { BookingId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { endHolds } from './end-holds.ts'
import { lockBooking } from './find-booking.ts'

/** Ends a hold whose time is up. Does nothing when it was confirmed, moved, cancelled or prolonged meanwhile. */
export async function expireHold(tx: WorkspaceTx, bookingId: BookingId): Promise<boolean> {
  const hold = await lockBooking(tx, bookingId)
  if (hold.status !== 'held' || hold.held_until === null || Temporal.Instant.compare(hold.held_until, tx.now) > 0) return false
  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', hold.id)
    .execute()
  await endHolds(tx, [hold.id])
  return true
}
