import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type ContactFlags = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/flags'>>>
export type Flag = ContactFlags['open'][number]

/** What is known of somebody's age and place, and whether she is kept apart. */
export const flagsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'flags', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/flags', { params: { contactId }, signal }),
  })

/** Asks anew for all that changes with a flag, and answers why she is kept apart now. */
export async function refreshFlags(queries: QueryClient, contactId: string, reason: Flag['reason']): Promise<Flag | undefined> {
  void queries.invalidateQueries({ queryKey: ['privacy'] })
  await queries.invalidateQueries({ queryKey: ['contacts'] })
  const { open } = await queries.fetchQuery({ ...flagsQuery(contactId), staleTime: 0 })
  return open.find((flag) => flag.reason === reason)
}
