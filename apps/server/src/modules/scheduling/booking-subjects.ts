import type { BookingId } from '@frontdesk/contract'
import { prepared } from '../../platform/database/index.ts'
import type { SubjectSource } from '../privacy/index.ts'

/** After an appointment ended one way or another there may be something left to say about it, but not for ever. */
const TOLD_FOR = { hours: 24 * 7 }
const ahead = ['held', 'pending', 'confirmed']

/** Bookings as the gate asks about them: what a service mail hangs on. */
export const bookingSubjects: SubjectSource = {
  types: ['booking'],
  async facts(tx, about, contactId) {
    const booking = await tx.db
      .selectFrom('booking')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'booking.workspace_id').onRef('contact.id', '=', 'booking.contact_id'),
      )
      .select([
        'booking.status',
        'booking.source',
        'booking.updated_at',
        'booking.contact_id',
        'booking.attendee_id',
        'contact.merged_into',
      ])
      .where('booking.workspace_id', '=', tx.workspaceId)
      .where('booking.id', '=', about.id as BookingId)
      .modifyEnd(prepared('booking.subject'))
      .executeTakeFirst()
    if (!booking || ![booking.contact_id, booking.attendee_id, booking.merged_into].includes(contactId)) return null
    const recent = Temporal.Instant.compare(booking.updated_at, tx.now.subtract(TOLD_FOR)) >= 0
    return { open: ahead.includes(booking.status) || recent, startedBy: booking.source === 'page' ? 'contact' : 'us' }
  },
  async newest(tx, contactId) {
    const booking = await tx.db
      .selectFrom('booking')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .orderBy('starts_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return booking ? { type: 'booking', id: booking.id } : null
  },
}
