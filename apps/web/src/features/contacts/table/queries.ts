import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { ContactsSearch } from '../address.ts'

/** What the server answers, by the noun. */
export type TablePart = Awaited<ReturnType<typeof call<'GET /contacts/table'>>>
export type ContactRow = TablePart['items'][number]

/** So many rows are asked for at once. */
export const PAGE = 100
/** Rows that went out of sight are kept for a minute: a table that was scrolled through whole does not stay in memory. */
const KEPT_MS = 60_000

/** Which rows a table shows, in which order: what its pages are kept under. */
export const tableKey = ({ q, tag, owner, archived, field, is, filter, sort, reverse }: ContactsSearch) =>
  q ? (['contacts', 'table', { q }] as const) : (['contacts', 'table', { tag, owner, archived, field, is, filter, sort, reverse }] as const)

/**
 * One page of the table. It goes on from a page beside it where one is there and true, because that costs the same everywhere; otherwise it is counted from the nearer
 * end. `total` is how many rows there are, as far as known.
 */
export const tablePageQuery = (queries: QueryClient, search: ContactsSearch, page: number, total: number | undefined) =>
  queryOptions({
    queryKey: [...tableKey(search), page],
    queryFn: async ({ signal }): Promise<TablePart> => {
      const where = whereOf(queries, search, page, total)
      if (where === 'nothing') return { items: [], next: null, previous: null }
      const { q, tag, owner, archived, field, is, filter, sort, reverse } = search
      return call('GET /contacts/table', {
        query: {
          ...(q
            ? { q }
            : {
                ...(tag ? { tag } : {}),
                ...(owner ? { ownerMemberId: owner } : {}),
                ...(archived ? { archived: 'only' as const } : {}),
                ...(field && is ? { field, is } : {}),
                ...(filter ? { filter: JSON.stringify(filter) } : {}),
                ...(sort ? { sort } : {}),
                ...(reverse ? { reverse: 'yes' as const } : {}),
                ...where,
              }),
          limit: where.limit,
        },
        signal,
      })
    },
    gcTime: KEPT_MS,
    // Events say when it is old.
    staleTime: Number.POSITIVE_INFINITY,
  })

type Where = { readonly limit: number; readonly after?: string; readonly before?: string; readonly skip?: number; readonly fromEnd?: 'yes' }

function whereOf(queries: QueryClient, search: ContactsSearch, page: number, total: number | undefined): Where | 'nothing' {
  if (page === 0) return { limit: PAGE }
  const beside = (other: number) => {
    const state = queries.getQueryState<TablePart>([...tableKey(search), other])
    return state?.data && !state.isInvalidated ? state.data : undefined
  }
  const prior = beside(page - 1)
  if (prior) return prior.next === null ? 'nothing' : { limit: PAGE, after: prior.next }
  const following = beside(page + 1)
  if (following?.previous) return { limit: PAGE, before: following.previous }
  const from = page * PAGE
  if (total === undefined || from < total / 2) return { limit: PAGE, skip: from }
  const limit = Math.min(PAGE, total - from)
  return limit > 0 ? { limit, fromEnd: 'yes', skip: total - from - limit } : 'nothing'
}
