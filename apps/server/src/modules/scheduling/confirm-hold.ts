import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState } from '../../platform/errors/index.ts'
import { announceBooking } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { lockHosts, slotRefusal } from './claim-time.ts'
import { bookingById, lockBooking, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { announceRequest } from './requests/announce-request.ts'
import { requestAnswerBy } from './requests/request.rules.ts'
import { resourceIdsOf } from './resources/booked-resources.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type ConfirmHold = {
  readonly bookingId: BookingId
  readonly quiet: boolean
  readonly version?: number | undefined
  /** Nobody on the team chose this time, so the service's wish to be asked holds. */
  readonly asks?: boolean | undefined
}

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
  const service = await serviceById(tx, hold.service_id)
  const answerBy = wish.asks && service.approval ? requestAnswerBy(tx.now, hold.starts_at, service.answer_minutes) : null
  await activateClaim(tx, hold, answerBy)
  await tx.db
    .updateTable('booking')
    .set({
      status: answerBy ? 'pending' : 'confirmed',
      request_state: answerBy ? 'open' : null,
      answer_by: answerBy,
      held_until: null,
      quiet: wish.quiet,
      updated_at: tx.now,
      version: hold.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', hold.id)
    .execute()
  const booking = await bookingById(tx, hold.id)
  if (answerBy) await announceRequest(tx, by, booking, service.name)
  else await announceBooking(tx, by, booking, service.name)
  return booking
}

/** Makes a booking's claims count again, for good or until a moment. Throws `scheduling/slot-taken` when somebody has the time by now. */
export async function activateClaim(tx: WorkspaceTx, booking: BookingRow, until: Temporal.Instant | null = null): Promise<void> {
  try {
    await tx.db
      .updateTable('claim')
      .set({ active: true, expires_at: until })
      .where('workspace_id', '=', tx.workspaceId)
      .where('booking_id', '=', booking.id)
      .execute()
  } catch (error) {
    // The transaction is lost with the constraint's no, which is what a refusal means anyway.
    if (sqlState(error) === '23P01') throw slotRefusal('scheduling/slot-taken', booking.starts_at)
    throw error
  }
}
