import type { BookingId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { writeCalendarJob } from './write-calendar.ts'

/** Has a booking written into the calendars that are written: those of its person, and those in which it stands of whoever had it before. */
async function writeBooking(tx: WorkspaceTx, bookingId: BookingId): Promise<void> {
  const booking = await tx.db
    .selectFrom('booking')
    .select(['thread_id', 'staff_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .executeTakeFirst()
  if (!booking) return
  const links = await tx.db
    .selectFrom('calendar_link')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('writes', '=', true)
    .where((where) =>
      where.or([
        where('staff_id', '=', booking.staff_id),
        where(
          'id',
          'in',
          where
            .selectFrom('calendar_copy')
            .select('link_id')
            .where('workspace_id', '=', tx.workspaceId)
            .where('thread_id', '=', booking.thread_id),
        ),
      ]),
    )
    .execute()
  for (const { id } of links)
    await enqueue(tx, writeCalendarJob, { calendarId: id, threadId: booking.thread_id }, { singletonKey: `${id} ${booking.thread_id}` })
}

const events = [
  'booking.confirmed',
  'booking.rescheduled',
  'booking.cancelled',
  'booking.restored',
  'booking.refused',
  'booking.lapsed',
] as const

/** Calendars elsewhere follow what becomes of bookings. */
export const followBookings: readonly Subscriber[] = events.map((type) =>
  subscribe(type, {
    name: `scheduling.write-${type.replace('.', '-')}`,
    run: async (context, event) => void (await context.inWorkspace((tx) => writeBooking(tx, event.payload.bookingId as BookingId))),
  }),
)
