import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { after, byCursor } from './queries.ts'

/** What the server answers, by the noun. */
export type Terms = Awaited<ReturnType<typeof call<'GET /processing-terms'>>>
export type Training = Awaited<ReturnType<typeof call<'GET /team-training'>>>
export type Rights = Awaited<ReturnType<typeof call<'GET /authorization-policy'>>>

/** The processing terms. */
export const termsQuery = queryOptions({
  queryKey: ['registers', 'terms'],
  queryFn: ({ signal }) => call('GET /processing-terms', { signal }),
})

/** Instructions, newest first, page by page. */
export const instructionsQuery = infiniteQueryOptions({
  queryKey: ['registers', 'instructions'],
  queryFn: ({ pageParam, signal }) => call('GET /processing-instructions', { query: { limit: 20, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** Who confirmed the rules when. */
export const trainingQuery = queryOptions({
  queryKey: ['registers', 'training'],
  queryFn: ({ signal }) => call('GET /team-training', { signal }),
})

/** Who may do what. */
export const rightsQuery = queryOptions({
  queryKey: ['registers', 'rights'],
  queryFn: ({ signal }) => call('GET /authorization-policy', { signal }),
})
