import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { bookingActor } from '../booking-actor.rules.ts'
import { lockHosts } from '../claim-time.ts'
import { activateClaim } from '../confirm-hold.ts'
import { bookingById, lockBooking, requireVersion } from '../find-booking.ts'
import { serviceById } from '../find-service.ts'
import { tellAboutBooking } from '../jobs.ts'
import { resourceIdsOf } from '../resources/booked-resources.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { rememberRequest, waitForAnswer } from './announce-request.ts'

export type AnswerRequest = {
  readonly bookingId: BookingId
  /** The version that was read, where the caller read one. */
  readonly version?: number | undefined
}

/** Says yes to a request: it becomes a booking. Throws `scheduling/request-answered` for whoever comes second, `scheduling/slot-taken` once it ran out and somebody has its time. */
export async function approveRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: AnswerRequest & { readonly quiet: boolean },
): Promise<BookingRow> {
  const request = await openRequest(tx, by, wish)
  await activateClaim(tx, request)
  const booking = await settle(tx, request, { status: 'confirmed', request_state: 'approved', quiet: wish.quiet })
  const service = await serviceById(tx, booking.service_id)
  await rememberRequest(tx, by, 'booking.approved', booking, service.name)
  await emit(tx, 'booking.confirmed', { bookingId: booking.id, contactId: booking.contact_id })
  await tellAboutBooking(tx, by, booking, 'approved')
  return booking
}

/** Says no to a request, with a reason for the customer; its time is free at once. Throws `scheduling/request-answered`. */
export async function declineRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: AnswerRequest & { readonly reason: string | null; readonly quiet: boolean },
): Promise<BookingRow> {
  const request = await openRequest(tx, by, wish)
  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', request.id)
    .execute()
  const booking = await settle(tx, request, {
    status: 'cancelled',
    request_state: 'declined',
    cancelled_by: bookingActor(by),
    cancel_reason: wish.reason,
    quiet: wish.quiet,
  })
  const service = await serviceById(tx, booking.service_id)
  await rememberRequest(tx, by, 'booking.refused', booking, service.name)
  await emit(tx, 'booking.refused', { bookingId: booking.id, contactId: booking.contact_id })
  await tellAboutBooking(tx, by, booking, 'refused')
  return booking
}

/** Opens a request again whose answer is taken back: the time has to be free still. */
export async function reopenRequest(tx: WorkspaceTx, by: Principal, booking: BookingRow): Promise<BookingRow> {
  const start = booking.starts_at
  if (Temporal.Instant.compare(start, tx.now) <= 0) throw new Refusal('scheduling/booking-over', { detail: 'Nothing was changed.' })
  const grace = tx.now.add({ minutes: 60 })
  const asked = booking.answer_by && Temporal.Instant.compare(booking.answer_by, grace) > 0 ? booking.answer_by : grace
  const until = Temporal.Instant.compare(asked, start) < 0 ? asked : start
  await activateClaim(tx, booking, until)
  const open = await settle(tx, booking, {
    status: 'pending',
    request_state: 'open',
    answer_by: until,
    cancelled_by: null,
    cancel_reason: null,
    quiet: false,
  })
  const service = await serviceById(tx, booking.service_id)
  await rememberRequest(tx, by, 'booking.restored', open, service.name)
  await emit(tx, 'booking.restored', { bookingId: open.id, contactId: open.contact_id })
  await waitForAnswer(tx, open)
  return open
}

/** The request, held until the transaction ends; people and rooms first, as everywhere. */
async function openRequest(tx: WorkspaceTx, by: Principal, { bookingId, version }: AnswerRequest): Promise<BookingRow> {
  schedulingPolicy.require(by, 'bookings.manage')
  const { staff_id: staffId } = await bookingById(tx, bookingId)
  await lockHosts(tx, [staffId, ...(await resourceIdsOf(tx, bookingId))])
  const request = await lockBooking(tx, bookingId)
  if (request.status !== 'pending')
    throw new Refusal('scheduling/request-answered', {
      detail: 'Look at what was answered. Nothing was changed.',
      status: request.status,
    })
  requireVersion(request, version)
  return request
}

async function settle(tx: WorkspaceTx, { id, version, sequence }: BookingRow, columns: Partial<BookingRow>): Promise<BookingRow> {
  await tx.db
    .updateTable('booking')
    .set({ ...columns, sequence: sequence + 1, updated_at: tx.now, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
  return bookingById(tx, id)
}
