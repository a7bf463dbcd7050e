import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type ListExport = Awaited<ReturnType<typeof call<'GET /list-exports'>>>['items'][number]

/** Lists that were written into files, newest first. */
export const listExportsQuery = infiniteQueryOptions({
  queryKey: ['list_exports'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /list-exports', { query: { limit: 20, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})
