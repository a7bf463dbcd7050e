import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type Import = Awaited<ReturnType<typeof call<'GET /imports/{importId}'>>>
export type ImportColumn = Import['columns'][number]
export type ImportTarget = ImportColumn['target']
export type ImportSample = Awaited<ReturnType<typeof call<'GET /imports/{importId}/sample'>>>['items'][number]

/** Lists that were brought, newest first, page by page. */
export const importsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['imports', 'list'],
    queryFn: ({ pageParam, signal }) => call('GET /imports', { query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** One import. Its steps are told live; while something runs it is asked again besides. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['imports', 'one', importId],
    queryFn: ({ signal }) => call('GET /imports/{importId}', { params: { importId }, signal }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? 2000 : false),
  })

/** The first cells of each column. */
export const cellsQuery = (importId: string, version: number) =>
  queryOptions({
    queryKey: ['imports', 'cells', importId, version],
    queryFn: ({ signal }) => call('GET /imports/{importId}/cells', { params: { importId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What would become of the first rows. */
export const sampleQuery = (importId: string, version: number) =>
  queryOptions({
    queryKey: ['imports', 'sample', importId, version],
    queryFn: ({ signal }) => call('GET /imports/{importId}/sample', { params: { importId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Whether the server is at work on it. */
export const isBusy = ({ state }: Pick<Import, 'state'>): boolean => ['reading', 'checking', 'writing', 'undoing'].includes(state)
