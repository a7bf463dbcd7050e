import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../lib/api.ts'

/** How this server stands: mail, public address, keys. */
export const statusQuery = queryOptions({
  queryKey: ['workspace', 'status'],
  queryFn: ({ signal }) => call('GET /status', { signal }),
  staleTime: 60_000,
  refetchInterval: 5 * 60_000,
})

/** What the server says about itself. */
export type ServerStatus = Awaited<ReturnType<typeof call<'GET /status'>>>

/** How this server stands, once it is known; nothing where the role may not ask. */
export function useStatus(): ServerStatus | undefined {
  return useQuery(statusQuery).data
}
