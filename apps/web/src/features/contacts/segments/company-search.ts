import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** Companies to choose from, searched as one types. */
export const companySearchQuery = (q: string) =>
  queryOptions({
    queryKey: ['companies', 'search', q],
    queryFn: ({ signal }) => call('GET /companies', { query: { limit: 30, ...(q.trim() ? { q: q.trim() } : {}) }, signal }),
    placeholderData: keepPreviousData,
  })
