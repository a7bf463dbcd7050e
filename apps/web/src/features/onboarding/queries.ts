import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'

/** The newest way to be booked, if there is one yet. */
export const firstServiceQuery = queryOptions({
  queryKey: ['scheduling', 'services', 'newest'],
  queryFn: async ({ signal }) => {
    const { items } = await call('GET /services', { query: { limit: 200 }, signal })
    return items.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ?? null
  },
})

/** When the business is open. */
export const hoursQuery = queryOptions({
  queryKey: ['scheduling', 'opening-hours'],
  queryFn: ({ signal }) => call('GET /opening-hours', { signal }),
})

/** A service as the API shows it. */
export type Service = Awaited<ReturnType<typeof call<'POST /services'>>>
