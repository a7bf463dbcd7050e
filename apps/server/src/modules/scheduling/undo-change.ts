import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { forgetDealing } from '../privacy/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { lockHosts } from './claim-time.ts'
import { activateClaim } from './confirm-hold.ts'
import { bookingById, lockBooking, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { tellAboutBooking } from './jobs.ts'
import { reopenRequest } from './requests/answer-request.ts'
import { rescheduleBooking } from './reschedule-booking.ts'
import { resourceIdsOf } from './resources/booked-resources.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type UndoChange = { readonly bookingId: BookingId; readonly version?: number | undefined }

/** Takes back the last change of a booking. What was done stays on the timeline, and so does the undoing. */
export async function undoChange(tx: WorkspaceTx, by: Principal, wish: UndoChange): Promise<BookingRow> {
  schedulingPolicy.require(by, 'bookings.manage')
  const asRead = await bookingById(tx, wish.bookingId)
  if (wasAnswered(asRead)) return takeAnswerBack(tx, by, asRead, wish.version)
  // Moving back takes its own locks, those of people and rooms first.
  if (asRead.status === 'held' || asRead.status === 'pending' || asRead.status === 'confirmed')
    return moveBack(tx, by, asRead, wish.version)
  await lockHosts(tx, [asRead.staff_id, ...(await resourceIdsOf(tx, asRead.id))])
  const booking = await lockBooking(tx, wish.bookingId)
  requireVersion(booking, wish.version)
  switch (booking.status) {
    case 'cancelled':
      return restore(tx, by, booking, true)
    case 'attended':
    case 'no_show':
      return restore(tx, by, booking, false)
    case 'rescheduled':
      throw new Refusal('scheduling/booking-changed', {
        detail: 'It was moved in the meantime. Undo the move on the new booking. Nothing was changed.',
      })
    case 'held':
    case 'pending':
    case 'confirmed':
    case 'expired':
      throw nothingToUndo()
  }
}

/** The last thing that happened to it was an answer of the team. */
const wasAnswered = ({ status, request_state: state }: BookingRow): boolean =>
  (status === 'confirmed' && state === 'approved') || (status === 'cancelled' && (state === 'declined' || state === 'withdrawn'))

/** The request is open again. What the customer was told of is not taken back behind her. */
async function takeAnswerBack(tx: WorkspaceTx, by: Principal, asRead: BookingRow, version: number | undefined): Promise<BookingRow> {
  await lockHosts(tx, [asRead.staff_id, ...(await resourceIdsOf(tx, asRead.id))])
  const booking = await lockBooking(tx, asRead.id)
  requireVersion(booking, version ?? asRead.version)
  if (booking.told_contact >= booking.sequence)
    throw new Refusal('scheduling/nothing-to-undo', {
      detail: 'The customer was told already. Move, cancel or book instead. Nothing was changed.',
    })
  return reopenRequest(tx, by, booking)
}

async function restore(tx: WorkspaceTx, by: Principal, booking: BookingRow, wasCancelled: boolean): Promise<BookingRow> {
  if (wasCancelled) await activateClaim(tx, booking)
  else await forgetDealing(tx, { kind: 'transaction', source: { type: 'booking', id: booking.id } })
  await tx.db
    .updateTable('booking')
    .set({
      status: 'confirmed',
      cancelled_by: null,
      cancel_reason: null,
      sequence: wasCancelled ? booking.sequence + 1 : booking.sequence,
      updated_at: tx.now,
      version: booking.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
  const restored = await bookingById(tx, booking.id)
  const service = await serviceById(tx, booking.service_id)
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind: 'booking.restored',
    actor: by,
    subject: { type: 'booking', id: booking.id },
    summary: { key: 'booking.restored', values: { service: service.name, start: booking.starts_at.toString() } },
  })
  await emit(tx, 'booking.restored', { bookingId: booking.id, contactId: booking.contact_id })
  if (wasCancelled) await tellAboutBooking(tx, by, restored, 'restored')
  return restored
}

/** A move is undone by moving back: a third booking with the first one's time. */
async function moveBack(tx: WorkspaceTx, by: Principal, booking: BookingRow, version: number | undefined): Promise<BookingRow> {
  if (booking.previous_id === null) throw nothingToUndo()
  const before = await bookingById(tx, booking.previous_id)
  return rescheduleBooking(tx, by, {
    bookingId: booking.id,
    start: before.starts_at,
    staffId: before.staff_id,
    preferred: await resourceIdsOf(tx, before.id),
    outsideHours: true,
    quiet: booking.quiet,
    version: version ?? booking.version,
  })
}

const nothingToUndo = () => new Refusal('scheduling/nothing-to-undo', { detail: 'This booking was not changed since it was made.' })
