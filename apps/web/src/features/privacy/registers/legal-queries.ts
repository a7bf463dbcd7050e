import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { after, byCursor } from './queries.ts'

/** What the server answers, by the noun. */
export type LegalRequest = Awaited<ReturnType<typeof call<'GET /legal-requests'>>>['items'][number]
export type LegalCase = Awaited<ReturnType<typeof call<'GET /legal-requests/{legalRequestId}'>>>
export type Disclosure = Awaited<ReturnType<typeof call<'GET /disclosures'>>>['items'][number]

/** Requests by authorities, newest first, page by page. */
export const legalRequestsQuery = infiniteQueryOptions({
  queryKey: ['registers', 'legal'],
  queryFn: ({ pageParam, signal }) => call('GET /legal-requests', { query: { limit: 30, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** Their numbers. */
export const legalCountsQuery = queryOptions({
  queryKey: ['registers', 'legal-counts'],
  queryFn: ({ signal }) => call('GET /legal-requests/counts', { signal }),
})

/** One request. */
export const legalRequestQuery = (legalRequestId: string) =>
  queryOptions({
    queryKey: ['registers', 'legal', legalRequestId],
    queryFn: ({ signal }) => call('GET /legal-requests/{legalRequestId}', { params: { legalRequestId }, signal }),
  })

/** Who was given data, newest first, page by page. */
export const disclosuresQuery = infiniteQueryOptions({
  queryKey: ['registers', 'disclosures'],
  queryFn: ({ pageParam, signal }) => call('GET /disclosures', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})
