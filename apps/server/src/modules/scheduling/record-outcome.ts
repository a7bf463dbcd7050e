import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { forgetDealing, noteDealing } from '../privacy/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingById, lockBooking, requireLive, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type RecordOutcome = {
  readonly bookingId: BookingId
  readonly outcome: 'attended' | 'no_show'
  readonly version?: number | undefined
}

/** Notes that the customer came, or did not. One may be corrected into the other. */
export async function recordOutcome(tx: WorkspaceTx, by: Principal, wish: RecordOutcome): Promise<BookingRow> {
  schedulingPolicy.require(by, 'bookings.manage')
  const booking = await lockBooking(tx, wish.bookingId)
  if (booking.status === wish.outcome) return booking
  const isCorrection = booking.status === 'attended' || booking.status === 'no_show'
  if (!isCorrection) requireLive(booking)
  requireVersion(booking, wish.version)
  if (booking.status === 'held') throw new Refusal('http/conflict', { detail: 'This is a hold. Confirm it first. Nothing was changed.' })
  if (Temporal.Instant.compare(booking.starts_at, tx.now) > 0) {
    throw new Refusal('scheduling/not-started', { detail: 'Note it once the appointment has begun. Nothing was changed.' })
  }
  await tx.db
    .updateTable('booking')
    .set({
      status: wish.outcome,
      // Whoever came was welcome.
      ...(booking.status === 'pending' ? { request_state: 'approved' as const } : {}),
      updated_at: tx.now,
      version: booking.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
  const kind = wish.outcome === 'attended' ? 'booking.attended' : 'booking.missed'
  await noteVisit(tx, booking, wish.outcome)
  const service = await serviceById(tx, booking.service_id)
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind,
    actor: by,
    subject: { type: 'booking', id: booking.id },
    summary: { key: kind, values: { service: service.name, start: booking.starts_at.toString() } },
  })
  await emit(tx, kind, { bookingId: booking.id, contactId: booking.contact_id })
  return bookingById(tx, booking.id)
}

/** A visit starts the clock of the business relationship; one that was noted by mistake stops it again. */
async function noteVisit(tx: WorkspaceTx, booking: BookingRow, outcome: RecordOutcome['outcome']): Promise<void> {
  const visit = { kind: 'transaction', source: { type: 'booking', id: booking.id } } as const
  if (outcome === 'no_show') return forgetDealing(tx, visit)
  await noteDealing(tx, { ...visit, contactId: booking.contact_id, at: booking.starts_at })
}
