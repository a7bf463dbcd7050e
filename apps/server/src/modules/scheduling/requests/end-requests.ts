import type { BookingId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { bookingById } from '../find-booking.ts'
import { serviceById } from '../find-service.ts'

const by = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.expire-request' })

/** Ends requests that nobody answered in time and whose claims are freed in the same transaction; answers those it ended. What is no open request any more stays as it is. */
export async function endRequests(tx: WorkspaceTx, bookingIds: readonly BookingId[]): Promise<BookingRow[]> {
  if (bookingIds.length === 0) return []
  const rows = await tx.db
    .updateTable('booking')
    .set((update) => ({
      status: 'expired',
      request_state: 'expired',
      quiet: false,
      sequence: update('sequence', '+', 1),
      updated_at: tx.now,
      version: update('version', '+', 1),
    }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', bookingIds)
    .where('status', '=', 'pending')
    .returning('id')
    .execute()
  const ended: BookingRow[] = []
  for (const { id } of rows) {
    const booking = await bookingById(tx, id)
    const service = await serviceById(tx, booking.service_id)
    await recordTimeline(tx, {
      contactId: booking.contact_id,
      kind: 'booking.lapsed',
      actor: by(tx),
      subject: { type: 'booking', id },
      summary: { key: 'booking.lapsed', values: { service: service.name, start: booking.starts_at.toString() } },
    })
    await emit(tx, 'booking.lapsed', { bookingId: id, contactId: booking.contact_id })
    ended.push(booking)
  }
  return ended
}
