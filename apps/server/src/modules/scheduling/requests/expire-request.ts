import type { BookingId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { lockBooking } from '../find-booking.ts'
import { endRequests } from './end-requests.ts'

/** Ends a request that nobody answered in time. Does nothing where it was answered, moved or withdrawn meanwhile. Both are told by who follows `booking.lapsed`. */
export async function expireRequest(tx: WorkspaceTx, bookingId: BookingId): Promise<boolean> {
  const request = await lockBooking(tx, bookingId)
  const due = request.answer_by !== null && Temporal.Instant.compare(request.answer_by, tx.now) <= 0
  if (request.status !== 'pending' || !due) return false
  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', request.id)
    .execute()
  return (await endRequests(tx, [request.id])).length > 0
}
