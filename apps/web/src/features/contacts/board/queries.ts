import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { askedOf, type InGroup, tableKey } from '../table/queries.ts'

/** So many cards of a column are asked for at once. */
const CARDS = 25

/** The people of one column, in the order of the table, page by page. */
export const columnQuery = (search: InGroup) =>
  infiniteQueryOptions({
    queryKey: columnKey(search),
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/table', {
        query: { ...askedOf(search), limit: CARDS, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What the cards of a column are kept under. */
export const columnKey = (search: InGroup) => ['contacts', 'board', ...tableKey(search)] as const
