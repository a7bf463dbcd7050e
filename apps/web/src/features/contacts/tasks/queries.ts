import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers. */
export type Task = Awaited<ReturnType<typeof call<'GET /tasks/{taskId}'>>>

/** The parts of a list of tasks. */
export type TaskPart = 'overdue' | 'today' | 'later' | 'undated' | 'done'

type Narrowed = { readonly memberId?: string | undefined; readonly contactId?: string | undefined; readonly zone: string }

/** What is due becomes overdue by itself. */
const MINUTE_MS = 60_000

/** One part of the tasks of a member, of everybody, or of a contact, page by page. */
export const tasksQuery = (part: TaskPart, { memberId, contactId, zone }: Narrowed) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'list', part, memberId ?? '', contactId ?? '', zone],
    queryFn: ({ pageParam, signal }) =>
      call('GET /tasks', {
        query: {
          ...(part === 'done' ? { state: 'done' as const } : { due: part }),
          ...(memberId ? { memberId } : {}),
          ...(contactId ? { contactId } : {}),
          zone,
          limit: 30,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: part === 'overdue' || part === 'today' ? MINUTE_MS : false,
  })

/** All open tasks of a contact, the first that is due first. */
export const contactTasksQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'of-contact', contactId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /tasks', { query: { contactId, limit: 30, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** How many there are in each part. */
export const taskCountsQuery = (memberId: string | undefined, zone: string) =>
  queryOptions({
    queryKey: ['tasks', 'count', memberId ?? '', zone],
    queryFn: ({ signal }) => call('GET /tasks/count', { query: { ...(memberId ? { memberId } : {}), zone }, signal }),
    refetchInterval: MINUTE_MS,
  })
