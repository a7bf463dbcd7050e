import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type CookieOverview = Awaited<ReturnType<typeof call<'GET /cookies'>>>
export type PageTag = CookieOverview['tags'][number]
export type FlaggedContact = Awaited<ReturnType<typeof call<'GET /flagged-contacts'>>>['items'][number]

/** What public pages keep and load, and what readers decided. */
export const cookiesQuery = queryOptions({
  queryKey: ['privacy', 'cookies'],
  queryFn: ({ signal }) => call('GET /cookies', { signal }),
})

/** Who is kept apart, newest first, page by page. */
export const flaggedQuery = infiniteQueryOptions({
  queryKey: ['privacy', 'flagged-contacts'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /flagged-contacts', { query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
})
