import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** A calendar elsewhere, as the server answers it. */
export type CalendarLink = Awaited<ReturnType<typeof call<'GET /staff/{staffId}/calendars'>>>['items'][number]
/** The address under which bookings can be read. */
export type CalendarFeed = NonNullable<Awaited<ReturnType<typeof call<'GET /staff/{staffId}/calendar-feed'>>>['feed']>

/** How old what is known is changes without an event, so that it is asked for again while somebody looks. */
const AGE_MS = 60_000

/** The calendars elsewhere that count for a person. */
export const calendarsQuery = (staffId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'calendars', staffId],
    queryFn: ({ signal }) => call('GET /staff/{staffId}/calendars', { params: { staffId }, signal }),
    refetchInterval: AGE_MS,
  })

/** The address under which a person's bookings can be read. */
export const feedQuery = (staffId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'calendar-feed', staffId],
    queryFn: ({ signal }) => call('GET /staff/{staffId}/calendar-feed', { params: { staffId }, signal }),
  })

/** The providers whose calendars can be connected by their own API. The operator changes them with a restart. */
export const calendarProvidersQuery = queryOptions({
  queryKey: ['scheduling', 'calendar-providers'],
  queryFn: ({ signal }) => call('GET /calendar-providers', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
