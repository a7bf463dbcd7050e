import type { ContactId } from '@frontdesk/contract'
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

/** Who has to be told of what became of data it received, or of one case or contact, also who was. */
export const noticesQuery = (of: { readonly state: 'open' } | { readonly requestId: string } | { readonly contactId: ContactId }) =>
  queryOptions({
    queryKey: ['registers', 'recipient-notices', of],
    queryFn: ({ signal }) => call('GET /recipient-notices', { query: { limit: 200, ...of }, signal }),
  })

/** Who was told, newest first, page by page. */
export const settledNoticesQuery = infiniteQueryOptions({
  queryKey: ['registers', 'recipient-notices', 'settled'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /recipient-notices', { query: { state: 'settled', limit: 30, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** What was given of one person. */
export const disclosuresOfQuery = (contactId: ContactId) =>
  queryOptions({
    queryKey: ['registers', 'disclosures', contactId],
    queryFn: ({ signal }) => call('GET /disclosures', { query: { contactId, limit: 200 }, signal }),
  })

/** Who was given data, newest first, page by page. */
export const disclosuresQuery = infiniteQueryOptions({
  queryKey: ['registers', 'disclosures'],
  queryFn: ({ pageParam, signal }) => call('GET /disclosures', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})
