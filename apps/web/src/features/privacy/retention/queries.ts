import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type Retention = Awaited<ReturnType<typeof call<'GET /retention'>>>
export type RetentionRule = Retention['rules'][number]
export type RetentionPreview = Awaited<ReturnType<typeof call<'POST /retention/previews'>>>
export type RetentionRun = Awaited<ReturnType<typeof call<'GET /retention/runs'>>>['items'][number]
export type LegalHold = Awaited<ReturnType<typeof call<'GET /legal-holds'>>>['items'][number]

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}

/** How long what is kept. */
export const retentionQuery = queryOptions({
  queryKey: ['privacy', 'retention'],
  queryFn: ({ signal }) => call('GET /retention', { signal }),
})

/** The reports of the nights, newest first, page by page. */
export const retentionRunsQuery = infiniteQueryOptions({
  queryKey: ['privacy', 'retention-runs'],
  queryFn: ({ pageParam, signal }) => call('GET /retention/runs', { query: { limit: 10, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** What must not go for now, newest first, page by page. */
export const legalHoldsQuery = infiniteQueryOptions({
  queryKey: ['privacy', 'legal-holds'],
  queryFn: ({ pageParam, signal }) => call('GET /legal-holds', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})
