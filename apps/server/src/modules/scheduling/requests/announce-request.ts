import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { noteDealing, notePlaceOfVisit } from '../../privacy/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { expireRequestJob, tellAboutBooking } from '../jobs.ts'

/** What follows once a request stands: timeline, the clock of the inquiry, event, its end, and who is told. */
export async function announceRequest(tx: WorkspaceTx, by: Principal, booking: BookingRow, serviceName: string): Promise<void> {
  await rememberRequest(tx, by, 'booking.requested', booking, serviceName)
  if (booking.place_kind === 'at_customer' && booking.place_detail)
    await notePlaceOfVisit(tx, by, { contactId: booking.contact_id, address: booking.place_detail })
  await noteDealing(tx, { contactId: booking.contact_id, kind: 'inquiry', source: { type: 'booking', id: booking.id } })
  await emit(tx, 'booking.requested', { bookingId: booking.id, contactId: booking.contact_id })
  await waitForAnswer(tx, booking)
  await tellAboutBooking(tx, by, booking, 'requested')
}

/** Has a request end at its time. Nothing polls: the job is added with the request. */
export async function waitForAnswer(tx: WorkspaceTx, { id, answer_by: until }: BookingRow): Promise<void> {
  if (until) await enqueue(tx, expireRequestJob, { bookingId: id }, { startAfter: until })
}

/** Writes a step of a request on the timeline. */
export async function rememberRequest(
  tx: WorkspaceTx,
  by: Principal,
  kind: 'booking.requested' | 'booking.approved' | 'booking.refused' | 'booking.restored',
  booking: BookingRow,
  service: string,
): Promise<void> {
  await recordTimeline(tx, {
    contactId: booking.contact_id,
    kind,
    actor: by,
    subject: { type: 'booking', id: booking.id },
    summary: { key: kind, values: { service, start: booking.starts_at.toString() } },
  })
}
