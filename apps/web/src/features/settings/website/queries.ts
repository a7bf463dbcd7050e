import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type BookingPage = Awaited<ReturnType<typeof call<'GET /booking-page'>>>

/** Which sites may show the booking pages, and the script for it. */
export const bookingPageQuery = queryOptions({
  queryKey: ['booking-page'],
  queryFn: ({ signal }) => call('GET /booking-page', { signal }),
})
