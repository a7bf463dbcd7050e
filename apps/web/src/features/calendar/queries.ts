import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'

/** What the server answers, by the noun. */
export type Booking = Awaited<ReturnType<typeof call<'GET /bookings/{bookingId}'>>>
export type TimeOff = Awaited<ReturnType<typeof call<'GET /time-off'>>>['items'][number]
export type Service = Awaited<ReturnType<typeof call<'GET /services/{serviceId}'>>>
export type Staff = Awaited<ReturnType<typeof call<'GET /staff/{staffId}'>>>
export type Slot = Awaited<ReturnType<typeof call<'GET /services/{serviceId}/slots'>>>['slots'][number]
export type SlotExplanation = Awaited<ReturnType<typeof call<'GET /services/{serviceId}/why'>>>
export type ClosedReason = SlotExplanation['staff'][number]['reasons'][number]

/** From one moment to another. */
export type Stretch = { readonly from: string; readonly to: string }

/** Reads a list to its end; for lists that a screen needs whole. */
export async function wholeList<Item>(
  page: (cursor: string | undefined) => Promise<{ readonly items: Item[]; readonly next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await page(cursor)
    all.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return all
}

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** The first parts of the keys of bookings in a stretch; what is moved is moved in all of them. */
export const bookingsKey = ['scheduling', 'bookings'] as const

/** Bookings that touch a stretch and count. */
export const bookingsQuery = ({ from, to }: Stretch) =>
  queryOptions({
    queryKey: [...bookingsKey, from, to],
    queryFn: ({ signal }) => wholeList((cursor) => call('GET /bookings', { query: { from, to, limit: 1000, ...after(cursor) }, signal })),
  })

/** Times in which people cannot be booked. */
export const timeOffQuery = ({ from, to }: Stretch) =>
  queryOptions({
    queryKey: ['scheduling', 'time-off', from, to],
    queryFn: ({ signal }) => wholeList((cursor) => call('GET /time-off', { query: { from, to, limit: 200, ...after(cursor) }, signal })),
  })

/** Services as the booking page shows them, archived ones apart. */
export const servicesQuery = queryOptions({
  queryKey: ['scheduling', 'services'],
  queryFn: ({ signal }) => wholeList((cursor) => call('GET /services', { query: { limit: 200, ...after(cursor) }, signal })),
})

/** People who can be booked, archived ones apart. */
export const staffQuery = queryOptions({
  queryKey: ['scheduling', 'staff'],
  queryFn: ({ signal }) => wholeList((cursor) => call('GET /staff', { query: { limit: 200, ...after(cursor) }, signal })),
})

/** A person's own hours. */
export const staffHoursQuery = (staffId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'staff-hours', staffId],
    queryFn: ({ signal }) => call('GET /staff/{staffId}/hours', { params: { staffId }, signal }),
  })

/** The own hours of several people at once, in their order. */
export const hoursOfPeopleQuery = (queries: QueryClient, staffIds: readonly string[]) =>
  queryOptions({
    queryKey: ['scheduling', 'hours-of-people', ...staffIds],
    queryFn: () => Promise.all(staffIds.map((staffId) => queries.fetchQuery(staffHoursQuery(staffId)))),
    enabled: staffIds.length > 0,
  })

/** When the business is open. */
export const openingHoursQuery = queryOptions({
  queryKey: ['scheduling', 'opening-hours'],
  queryFn: ({ signal }) => call('GET /opening-hours', { signal }),
})

/** One booking. */
export const bookingQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'booking', bookingId],
    queryFn: ({ signal }) => call('GET /bookings/{bookingId}', { params: { bookingId }, signal }),
  })

/** A booking and those it was moved from or to. */
export const historyQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'history', bookingId],
    queryFn: ({ signal }) => call('GET /bookings/{bookingId}/history', { params: { bookingId }, signal }),
  })

export type SlotsWish = Stretch & {
  readonly serviceId: string
  readonly staffId?: string | undefined
  readonly movingBookingId?: string | undefined
}

/** Starts that can be booked. They are asked again soon, because others book too; who comes too late is told so. */
export const slotsQuery = ({ serviceId, from, to, staffId, movingBookingId }: SlotsWish) =>
  queryOptions({
    queryKey: ['scheduling', 'slots', serviceId, from, to, staffId ?? '', movingBookingId ?? ''],
    queryFn: ({ signal }) =>
      call('GET /services/{serviceId}/slots', {
        params: { serviceId },
        query: { from, to, ...(staffId ? { staffId } : {}), ...(movingBookingId ? { movingBookingId } : {}) },
        signal,
      }),
    staleTime: 10_000,
  })

export type WhyWish = {
  readonly serviceId: string
  readonly start: string
  readonly staffId?: string | undefined
  readonly movingBookingId?: string | undefined
}

/** Why a time can be booked, or not. */
export const whyQuery = ({ serviceId, start, staffId, movingBookingId }: WhyWish) =>
  queryOptions({
    queryKey: ['scheduling', 'why', serviceId, start, staffId ?? '', movingBookingId ?? ''],
    queryFn: ({ signal }) =>
      call('GET /services/{serviceId}/why', {
        params: { serviceId },
        query: { start, ...(staffId ? { staffId } : {}), ...(movingBookingId ? { movingBookingId } : {}) },
        signal,
      }),
    staleTime: 10_000,
  })
