import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import { useMinute } from '../../lib/clock.ts'
import type { Booking } from '../calendar/queries.ts'

const DAY_MS = 86_400_000
/** The server answers at most 100 days at once. */
const SPAN_DAYS = 100

const iso = (ms: number): string => new Date(ms).toISOString()

/** Bookings of one contact: the hundred days ahead, and those before. A day as the anchor, so that the question stays the same while it lasts. */
const contactBookingsQuery = (contactId: string, day: number) =>
  queryOptions({
    queryKey: ['scheduling', 'of-contact', contactId, day],
    queryFn: async ({ signal }) => {
      const middle = day * DAY_MS
      const ask = (from: number, to: number, status?: 'cancelled') =>
        call('GET /bookings', { query: { contactId, from: iso(from), to: iso(to), limit: 200, ...(status ? { status } : {}) }, signal })
      const [ahead, before, cancelled] = await Promise.all([
        ask(middle, middle + SPAN_DAYS * DAY_MS),
        ask(middle - SPAN_DAYS * DAY_MS, middle),
        ask(middle - (SPAN_DAYS / 2) * DAY_MS, middle + (SPAN_DAYS / 2) * DAY_MS, 'cancelled'),
      ])
      const all = new Map([...before.items, ...ahead.items, ...cancelled.items].map((booking) => [booking.id, booking]))
      return [...all.values()].toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
    },
  })

/** What is booked ahead, soonest first, and what was before, latest first; nothing as long as it is on its way. */
export function useContactBookings(contactId: string): {
  readonly ahead: readonly Booking[] | undefined
  readonly before: readonly Booking[] | undefined
  readonly error: unknown
} {
  const now = useMinute()
  const asked = useQuery(contactBookingsQuery(contactId, Math.floor(now / DAY_MS)))
  const comes = (booking: Booking) => Date.parse(booking.end) > now && booking.status !== 'cancelled'
  return {
    ahead: asked.data?.filter(comes),
    before: asked.data?.filter((booking) => !comes(booking)).toReversed(),
    error: asked.isError ? asked.error : undefined,
  }
}
