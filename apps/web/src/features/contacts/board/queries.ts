import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { askedOf, type InGroup, tableKey } from '../table/queries.ts'
import { withMovesUnderWay } from './move-card.rules.ts'

/** So many cards of a column are asked for at once. */
const CARDS = 25

/** The people of one column, in the order of the table, page by page. */
export const columnQuery = (search: InGroup) =>
  infiniteQueryOptions({
    queryKey: columnKey(search),
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam === undefined ? {} : { after: pageParam }
      const page = await call('GET /contacts/table', { query: { ...askedOf(search), limit: CARDS, ...after }, signal })
      return withMovesUnderWay(page, search.inGroup, pageParam === undefined)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What the cards of a column are kept under. */
export const columnKey = (search: InGroup) => ['contacts', 'board', ...tableKey(search)] as const
