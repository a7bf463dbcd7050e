import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { after, byCursor } from './queries.ts'

/** What the server answers, by the noun. */
export type Incident = Awaited<ReturnType<typeof call<'GET /breaches'>>>['items'][number]
export type IncidentCase = Awaited<ReturnType<typeof call<'GET /breaches/{breachId}'>>>
export type IncidentPerson = Awaited<ReturnType<typeof call<'GET /breaches/{breachId}/people'>>>['items'][number]

/** The register, newest first, page by page. */
export const incidentsQuery = infiniteQueryOptions({
  queryKey: ['registers', 'incidents'],
  queryFn: ({ pageParam, signal }) => call('GET /breaches', { query: { limit: 30, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** One incident. While people are looked for or told it is asked again. */
export const incidentQuery = (breachId: string) =>
  queryOptions({
    queryKey: ['registers', 'incident', breachId],
    queryFn: ({ signal }) => call('GET /breaches/{breachId}', { params: { breachId }, signal }),
  })

/** Who is affected, page by page. */
export const peopleQuery = (breachId: string) =>
  infiniteQueryOptions({
    queryKey: ['registers', 'incident-people', breachId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /breaches/{breachId}/people', { params: { breachId }, query: { limit: 25, ...after(pageParam) }, signal }),
    ...byCursor,
  })

/** Where data of contacts is kept, and which kinds. */
export const placesQuery = queryOptions({
  queryKey: ['registers', 'breach-tables'],
  queryFn: ({ signal }) => call('GET /breach-tables', { signal }),
})
