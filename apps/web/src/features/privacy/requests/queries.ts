import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { ListName } from './lists.ts'

/** What the server answers, by the noun. */
export type RequestRow = Awaited<ReturnType<typeof call<'GET /requests'>>>['items'][number]
export type RequestCase = Awaited<ReturnType<typeof call<'GET /requests/{requestId}'>>>
export type RequestAct = RequestCase['acts'][number]
export type Office = Awaited<ReturnType<typeof call<'GET /privacy-office'>>>
export type Agent = Awaited<ReturnType<typeof call<'GET /rights-agents'>>>['items'][number]
export type Figures = Awaited<ReturnType<typeof call<'GET /request-figures'>>>

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const SOON_MS = 1500

/** One list of cases, page by page. */
export const requestListQuery = (list: ListName) =>
  infiniteQueryOptions({
    queryKey: ['requests', 'list', list],
    queryFn: ({ pageParam, signal }) => call('GET /requests', { query: { list, limit: 30, ...after(pageParam) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** One case. Asked again while something of it is under way. */
export const requestQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'one', requestId],
    queryFn: ({ signal }) => call('GET /requests/{requestId}', { params: { requestId }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.work.some((work) => work.state === 'running' || (work.kind === 'erasure' && work.state === 'planned')) ? SOON_MS : false,
  })

/** Words to begin a letter with, in the language of whoever asked. */
export const templatesQuery = (requestId: string) =>
  queryOptions({
    queryKey: ['requests', 'templates', requestId],
    queryFn: ({ signal }) => call('GET /requests/{requestId}/templates', { params: { requestId }, signal }),
  })

/** Who looks after requests and complaints. */
export const officeQuery = queryOptions({
  queryKey: ['requests', 'office'],
  queryFn: ({ signal }) => call('GET /privacy-office', { signal }),
})

/** Agents whose signed requests are taken. */
export const agentsQuery = queryOptions({
  queryKey: ['requests', 'agents'],
  queryFn: ({ signal }) => call('GET /rights-agents', { signal }),
})

/** What a year came to; this one unless named. */
export const figuresQuery = (year: number | undefined) =>
  queryOptions({
    queryKey: ['requests', 'figures', year],
    queryFn: ({ signal }) => call('GET /request-figures', { query: year === undefined ? {} : { year }, signal }),
  })
