import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type Company = Awaited<ReturnType<typeof call<'GET /companies/{companyId}'>>>

const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}
const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** Companies by name, page by page; where something is looked for those that contain it. */
export const companyListQuery = (q: string, archived: 'no' | 'only') =>
  infiniteQueryOptions({
    queryKey: ['companies', 'list', q, archived],
    queryFn: ({ pageParam, signal }) =>
      call('GET /companies', { query: { limit: 50, archived, ...(q ? { q } : {}), ...after(pageParam) }, signal }),
    ...pages,
    placeholderData: keepPreviousData,
  })

/** One company. */
export const companyQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['companies', 'one', companyId],
    queryFn: ({ signal }) => call('GET /companies/{companyId}', { params: { companyId }, signal }),
  })

/** Who belongs to a company, page by page. */
export const companyContactsQuery = (companyId: string) =>
  infiniteQueryOptions({
    queryKey: ['companies', 'contacts', companyId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /companies/{companyId}/contacts', { params: { companyId }, query: { limit: 50, ...after(pageParam) }, signal }),
    ...pages,
  })
