import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { maskFromOutside, noteMasked } from '../privacy/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingActor } from './booking-actor.rules.ts'
import { requireInTime } from './change-deadline.rules.ts'
import { bookingById, lockBooking, requireLive, requireVersion } from './find-booking.ts'
import { serviceById } from './find-service.ts'
import { tellAboutBooking } from './jobs.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type CancelBooking = {
  readonly bookingId: BookingId
  readonly reason: string | null
  readonly quiet: boolean
  readonly version?: number | undefined
}

/** Cancels a booking and frees its time at once. */
export async function cancelBooking(tx: WorkspaceTx, by: Principal, wish: CancelBooking): Promise<BookingRow> {
  schedulingPolicy.require(by, by.kind === 'contact_link' ? 'link.change' : 'bookings.manage')
  const booking = await lockBooking(tx, wish.bookingId)
  requireLive(booking)
  requireVersion(booking, wish.version)
  const service = await serviceById(tx, booking.service_id)
  if (by.kind === 'contact_link') requireInTime(service, booking, tx.now)
  const { fields, found } = by.kind === 'contact_link' ? maskFromOutside({ reason: wish.reason }) : { fields: wish, found: [] }
  await noteMasked(tx, by, { contactId: booking.contact_id, source: 'booking', found })

  await tx.db
    .updateTable('claim')
    .set({ active: false })
    .where('workspace_id', '=', tx.workspaceId)
    .where('booking_id', '=', booking.id)
    .execute()
  await tx.db
    .updateTable('booking')
    .set({
      status: 'cancelled',
      held_until: null,
      ...(booking.status === 'pending'
        ? { request_state: by.kind === 'contact_link' ? ('withdrawn' as const) : ('declined' as const) }
        : {}),
      cancelled_by: bookingActor(by),
      cancel_reason: fields.reason,
      quiet: wish.quiet,
      sequence: booking.sequence + 1,
      updated_at: tx.now,
      version: booking.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', booking.id)
    .execute()
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind: 'booking.cancelled',
    actor: by,
    subject: { type: 'booking', id: booking.id },
    summary: { key: 'booking.cancelled', values: { service: service.name, start: booking.starts_at.toString() } },
  })
  await emit(tx, 'booking.cancelled', { bookingId: booking.id, contactId: booking.contact_id })
  const cancelled = await bookingById(tx, booking.id)
  // Nobody was told of a hold, so nobody is told of its end.
  if (booking.status !== 'held') await tellAboutBooking(tx, by, cancelled, 'cancelled')
  return cancelled
}
