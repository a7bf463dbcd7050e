import type { ContactFilter } from '@frontdesk/contract'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type Segment = Awaited<ReturnType<typeof call<'GET /segments'>>>['items'][number]
export type ContactList = Awaited<ReturnType<typeof call<'GET /lists'>>>['items'][number]
export type BulkChange = Awaited<ReturnType<typeof call<'GET /bulk-changes/{bulkChangeId}'>>>

/** As long as a number is taken for true. */
const COUNT_MS = 5000
/** As often one on screen is counted anew: counting a million takes a while, and people change all the time. */
const AGAIN_MS = 15_000

/** The segments one may see, by name. */
export const segmentsQuery = queryOptions({ queryKey: ['segments', 'all'], queryFn: ({ signal }) => call('GET /segments', { signal }) })

/** The lists, by name. */
export const listsQuery = (archived: 'no' | 'only' = 'no') =>
  queryOptions({ queryKey: ['lists', archived], queryFn: ({ signal }) => call('GET /lists', { query: { archived }, signal }) })

/** The lists a contact is on. */
export const listsOfQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'lists', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/lists', { params: { contactId }, signal }),
  })

/** How many a filter leaves. */
export const countQuery = (filter: ContactFilter) =>
  queryOptions({
    queryKey: ['counts', 'filter', filter],
    queryFn: ({ signal }) => call('GET /contacts/count', { query: { filter: JSON.stringify(filter) }, signal }),
    staleTime: COUNT_MS,
    refetchInterval: AGAIN_MS,
  })

/** The same, after each of its parts. */
export const stepsQuery = (filter: ContactFilter) =>
  queryOptions({
    queryKey: ['counts', 'steps', filter],
    queryFn: ({ signal }) => call('GET /contacts/count', { query: { filter: JSON.stringify(filter), steps: 'yes' }, signal }),
    staleTime: COUNT_MS,
  })

/** How many meet a segment. */
export const segmentCountQuery = (segmentId: string) =>
  queryOptions({
    queryKey: ['counts', 'segment', segmentId],
    queryFn: ({ signal }) => call('GET /segments/{segmentId}/count', { params: { segmentId }, signal }),
    staleTime: COUNT_MS,
    refetchInterval: AGAIN_MS,
  })
