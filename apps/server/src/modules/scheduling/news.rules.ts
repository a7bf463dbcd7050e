import type { BookingRow } from './booking.tables.ts'
import type { BookingNews } from './jobs.ts'

/** What a job was asked to tell, at the moment the change was made. */
export type News = { readonly sequence: number; readonly news: BookingNews }

type Told = Pick<BookingRow, 'id' | 'sequence' | 'status' | 'starts_at' | 'staff_id' | 'told_contact'>

/**
 * Whether news is still true when its turn comes, and still new to the customer. Members have some seconds to take a change back: of a move and its undoing, or a
 * cancellation and its undoing, she hears nothing.
 */
export function isWorthTelling({ sequence, news }: News, booking: Told, last: Told | undefined): boolean {
  if (booking.sequence !== sequence || booking.told_contact >= sequence) return false
  const stands = booking.status !== 'cancelled' && booking.status !== 'rescheduled' && booking.status !== 'expired'
  switch (news) {
    case 'cancelled':
      // Without a word before there is nothing to take back.
      return booking.status === 'cancelled' && last !== undefined
    case 'confirmed':
    case 'approved':
      return stands && booking.status !== 'pending'
    case 'requested':
      return booking.status === 'pending'
    case 'refused':
      return booking.status === 'cancelled'
    case 'lapsed':
      return booking.status === 'expired'
    case 'restored':
      // She was told of the cancellation (told up to the one before this), or of nothing at all.
      return stands && (last === undefined || last.id !== booking.id || last.told_contact === sequence - 1)
    case 'rescheduled':
      return stands && (last === undefined || !last.starts_at.equals(booking.starts_at) || last.staff_id !== booking.staff_id)
  }
}
