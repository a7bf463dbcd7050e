import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import type { PolicyName } from './policy-names.ts'

/** What the server answers. */
export type PolicyDraft = Awaited<ReturnType<typeof call<'GET /policies/{kind}'>>>
export type PolicyList = Awaited<ReturnType<typeof call<'GET /policies'>>>
export type PolicyVersion = Awaited<ReturnType<typeof call<'GET /policies/{kind}/versions'>>>['items'][number]
export type PolicyLocale = PolicyDraft['locale']

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}

/** The documents, and which would change. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => call('GET /policies', { signal }),
})

/** One document as it would be published. */
export const draftQuery = (kind: PolicyName, locale: PolicyLocale) =>
  queryOptions({
    queryKey: ['policies', kind, locale],
    queryFn: ({ signal }) => call('GET /policies/{kind}', { params: { kind }, query: { locale }, signal }),
  })

/** Its versions, newest first, page by page. */
export const versionsQuery = (kind: PolicyName) =>
  infiniteQueryOptions({
    queryKey: ['policies', kind, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      call('GET /policies/{kind}/versions', { params: { kind }, query: { limit: 10, ...after(pageParam) }, signal }),
    ...byCursor,
  })

/** Who was told of a version, page by page. */
export const toldQuery = (versionId: string) =>
  infiniteQueryOptions({
    queryKey: ['policies', 'told', versionId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /policy-versions/{versionId}/told', { params: { versionId }, query: { limit: 50, ...after(pageParam) }, signal }),
    ...byCursor,
  })

/** Changes that I have not acknowledged. */
export const policyNewsQuery = queryOptions({
  queryKey: ['policies', 'news'],
  queryFn: ({ signal }) => call('GET /policy-news', { signal }),
})
