import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
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
export const tableKey = ({ q, tag, owner, archived, field, is, filter, sort, reverse, group, inGroup }: InGroup) =>
  q
    ? (['contacts', 'table', { q }] as const)
    : (['contacts', 'table', { tag, owner, archived, field, is, filter, sort, reverse, ...(inGroup ? { group, inGroup } : {}) }] as const)

/** What the address says, and which of its groups is meant. */
export type InGroup = ContactsSearch & { readonly inGroup?: string }
export type Group = Awaited<ReturnType<typeof call<'GET /contacts/groups'>>>['groups'][number]

/** By what the list is narrowed, as the server is asked. */
const narrowing = ({ tag, owner, archived, field, is, filter }: ContactsSearch) => ({
  ...(tag ? { tag } : {}),
  ...(owner ? { ownerMemberId: owner } : {}),
  ...(archived ? { archived: 'only' as const } : {}),
  ...(field && is ? { field, is } : {}),
  ...(filter ? { filter: JSON.stringify(filter) } : {}),
})

/** All that the address says of the rows of a table, or of one of its groups. */
export const askedOf = (search: InGroup) => ({
  ...narrowing(search),
  ...(search.sort ? { sort: search.sort } : {}),
  ...(search.reverse ? { reverse: 'yes' as const } : {}),
  ...(search.inGroup ? { groupBy: search.group, inGroup: search.inGroup } : {}),
})

/** As long as the sizes of groups are taken for true, and as often those on screen are counted anew. */
const COUNT_MS = 5000
const AGAIN_MS = 15_000

/** The groups of the list, and how many are in each. */
export const groupsQuery = (search: ContactsSearch) =>
  queryOptions({
    queryKey: ['counts', 'groups', search.group, narrowing(search)],
    queryFn: ({ signal }) => call('GET /contacts/groups', { query: { ...narrowing(search), by: search.group ?? 'owner' }, signal }),
    placeholderData: keepPreviousData,
    staleTime: COUNT_MS,
    refetchInterval: AGAIN_MS,
  })

/**
 * One page of the table. It goes on from a page beside it where one is there and true, because that costs the same everywhere; otherwise it is counted from the nearer
 * end. `total` is how many rows there are, as far as known.
 */
export const tablePageQuery = (queries: QueryClient, search: InGroup, page: number, total: number | undefined) =>
  queryOptions({
    queryKey: [...tableKey(search), page],
    queryFn: async ({ signal }): Promise<TablePart> => {
      const where = whereOf(queries, search, page, total)
      if (where === 'nothing') return { items: [], next: null, previous: null }
      const { q } = search
      return call('GET /contacts/table', { query: { ...(q ? { q } : { ...askedOf(search), ...where }), limit: where.limit }, signal })
    },
    gcTime: KEPT_MS,
    // Events say when it is old.
    staleTime: Number.POSITIVE_INFINITY,
  })

type Where = { readonly limit: number; readonly after?: string; readonly before?: string; readonly skip?: number; readonly fromEnd?: 'yes' }

function whereOf(queries: QueryClient, search: InGroup, page: number, total: number | undefined): Where | 'nothing' {
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
