import { Refusal } from '../../platform/errors/index.ts'
import type { BookingRow } from './booking.tables.ts'
import type { ServiceRow } from './service.tables.ts'

/** Whoever books at short notice may still correct a slip of the thumb. */
const graceMinutes = 30

/** Until when the customer herself may move or cancel; null when that is over. */
export function changeableUntil(
  service: Pick<ServiceRow, 'change_notice_minutes'>,
  booking: Pick<BookingRow, 'starts_at' | 'created_at' | 'status'>,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (booking.status !== 'confirmed' && booking.status !== 'pending') return null
  const { starts_at: start, created_at: made } = booking
  const until = earlier(start, later(start.subtract({ minutes: service.change_notice_minutes }), made.add({ minutes: graceMinutes })))
  return Temporal.Instant.compare(now, until) <= 0 ? until : null
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) <= 0 ? one : other)
const later = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) >= 0 ? one : other)

/** Throws `scheduling/too-late-to-change` once the customer herself may not change a booking any more. */
export function requireInTime(service: ServiceRow, booking: BookingRow, now: Temporal.Instant): void {
  if (changeableUntil(service, booking, now) !== null) return
  throw new Refusal('scheduling/too-late-to-change', { detail: 'Your booking stands as it is. Please call the business.' })
}
