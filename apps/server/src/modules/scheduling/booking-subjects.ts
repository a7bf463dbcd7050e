import type { SubjectFacts } from '@frontdesk/contact-rules'
import type { BookingId, ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../platform/database/index.ts'
import type { AskedSubject, SubjectSource } from '../privacy/index.ts'
import type { BookingRow } from './booking.tables.ts'

/** After an appointment ended one way or another there may be something left to say about it, but not for ever. */
const TOLD_FOR = { hours: 24 * 7 }
const ahead = ['held', 'pending', 'confirmed']

type AskedBooking = Pick<BookingRow, 'status' | 'source' | 'updated_at' | 'contact_id' | 'attendee_id'> & {
  readonly merged_into: ContactId | null
}

const bookings = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('booking')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'booking.workspace_id').onRef('contact.id', '=', 'booking.contact_id'),
    )
    .select([
      'booking.id',
      'booking.status',
      'booking.source',
      'booking.updated_at',
      'booking.contact_id',
      'booking.attendee_id',
      'contact.merged_into',
    ])
    .where('booking.workspace_id', '=', tx.workspaceId)

function asSubject(tx: WorkspaceTx, booking: AskedBooking | undefined, { contactId }: AskedSubject): SubjectFacts | null {
  if (!booking || ![booking.contact_id, booking.attendee_id, booking.merged_into].includes(contactId)) return null
  const recent = Temporal.Instant.compare(booking.updated_at, tx.now.subtract(TOLD_FOR)) >= 0
  return { open: ahead.includes(booking.status) || recent, startedBy: booking.source === 'page' ? 'contact' : 'us' }
}

/** Bookings as the gate asks about them: what a service mail hangs on. */
export const bookingSubjects: SubjectSource = {
  types: ['booking'],
  async facts(tx, about, contactId) {
    const booking = await bookings(tx)
      .where('booking.id', '=', about.id as BookingId)
      .modifyEnd(prepared('booking.subject'))
      .executeTakeFirst()
    return asSubject(tx, booking, { about, contactId })
  },
  async factsOfMany(tx, asked) {
    const ids = asked.map(({ about }) => about.id)
    const rows = await bookings(tx).where(sql<boolean>`booking.id = any(${ids}::uuid[])`).execute()
    const byId = new Map<string, AskedBooking>(rows.map((row) => [row.id, row]))
    return asked.map((one) => asSubject(tx, byId.get(one.about.id), one))
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
