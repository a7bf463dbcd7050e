import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState } from '../../platform/errors/index.ts'
import { announceBooking } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { lockHosts, slotRefusal } from './claim-time.ts'
import { bookingById, lockBooking, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { resourceIdsOf } from './resources/booked-resources.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type ConfirmHold = { readonly bookingId: BookingId; readonly quiet: boolean; readonly version?: number | undefined }

/** Turns a hold into a booking. One that ran out is confirmed all the same while nobody else took its time. */
export async function confirmHold(tx: WorkspaceTx, by: Principal, wish: ConfirmHold): Promise<BookingRow> {
  schedulingPolicy.require(by, by.kind === 'contact_link' ? 'link.change' : 'bookings.manage')
  const { staff_id: staffId } = await bookingById(tx, wish.bookingId)
  await lockHosts(tx, [staffId, ...(await resourceIdsOf(tx, wish.bookingId))])
  const hold = await lockBooking(tx, wish.bookingId)
  requireVersion(hold, wish.version)
  if (hold.status !== 'held' && hold.status !== 'expired') {
    throw new Refusal('scheduling/booking-changed', { detail: 'This is not a hold any more. Nothing was changed.' })
  }
  await activateClaim(tx, hold)
  await tx.db
    .updateTable('booking')
    .set({ status: 'confirmed', held_until: null, quiet: wish.quiet, updated_at: tx.now, version: hold.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', hold.id)
    .execute()
  const booking = await bookingById(tx, hold.id)
  await announceBooking(tx, by, booking, (await serviceById(tx, booking.service_id)).name)
  return booking
}

/** Makes a booking's claims count again, for good. Throws `scheduling/slot-taken` when somebody has the time by now. */
export async function activateClaim(tx: WorkspaceTx, booking: BookingRow): Promise<void> {
  try {
    await tx.db
      .updateTable('claim')
      .set({ active: true, expires_at: null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('booking_id', '=', booking.id)
      .execute()
  } catch (error) {
    // The transaction is lost with the constraint's no, which is what a refusal means anyway.
    if (sqlState(error) === '23P01') throw slotRefusal('scheduling/slot-taken', booking.starts_at)
    throw error
  }
}
