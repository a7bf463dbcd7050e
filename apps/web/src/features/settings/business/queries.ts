import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type Workspace = Awaited<ReturnType<typeof call<'GET /workspace'>>>
export type Member = Awaited<ReturnType<typeof call<'GET /members'>>>['items'][number]
export type Invitation = Awaited<ReturnType<typeof call<'GET /invitations'>>>['items'][number]
export type ApiKey = Awaited<ReturnType<typeof call<'GET /api-keys'>>>['items'][number]
export type Scope = Awaited<ReturnType<typeof call<'GET /scopes'>>>['items'][number]
export type OperatorGrant = Awaited<ReturnType<typeof call<'GET /operator-grants'>>>['items'][number]
export type Suppression = Awaited<ReturnType<typeof call<'GET /suppressions'>>>['items'][number]
export type FailedJob = Awaited<ReturnType<typeof call<'GET /failed-jobs'>>>['items'][number]

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}

export type AccessRules = Awaited<ReturnType<typeof call<'GET /access-rules'>>>

/** What is asked of everybody who signs in here. */
export const accessRulesQuery = queryOptions({
  queryKey: ['workspace', 'access-rules'],
  queryFn: ({ signal }) => call('GET /access-rules', { signal }),
})

/** The workspace as it is set up. */
export const workspaceQuery = queryOptions({
  queryKey: ['workspace', 'one'],
  queryFn: ({ signal }) => call('GET /workspace', { signal }),
})

export type WorkspaceExport = Awaited<ReturnType<typeof call<'GET /workspace-exports'>>>['items'][number]

const SOON_MS = 1000

/** Copies of everything, newest first. Asked again every second while one is being made. */
export const workspaceExportsQuery = queryOptions({
  queryKey: ['workspace', 'exports'],
  queryFn: ({ signal }) => call('GET /workspace-exports', { signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some((each) => each.state === 'waiting' || each.state === 'running') ? SOON_MS : false,
})

/** Who works here, page by page. */
export const memberListQuery = infiniteQueryOptions({
  queryKey: ['members', 'list'],
  queryFn: ({ pageParam, signal }) => call('GET /members', { query: { limit: 100, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** Invitations, newest first, page by page. */
export const invitationListQuery = infiniteQueryOptions({
  queryKey: ['members', 'invitations'],
  queryFn: ({ pageParam, signal }) => call('GET /invitations', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** API keys, newest first, page by page. */
export const apiKeyListQuery = infiniteQueryOptions({
  queryKey: ['workspace', 'api-keys'],
  queryFn: ({ pageParam, signal }) => call('GET /api-keys', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** What an API key can be allowed. */
export const scopesQuery = queryOptions({ queryKey: ['workspace', 'scopes'], queryFn: ({ signal }) => call('GET /scopes', { signal }) })

/** Leave given to the operator of the server, newest first, page by page. */
export const grantListQuery = infiniteQueryOptions({
  queryKey: ['workspace', 'operator-grants'],
  queryFn: ({ pageParam, signal }) => call('GET /operator-grants', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** Addresses and numbers that are not reached, newest first, page by page. */
export const suppressionListQuery = (lifted: 'no' | 'yes') =>
  infiniteQueryOptions({
    queryKey: ['privacy', 'suppressions', lifted],
    queryFn: ({ pageParam, signal }) => call('GET /suppressions', { query: { lifted, limit: 50, ...after(pageParam) }, signal }),
    ...byCursor,
  })

/** Jobs that used up their tries, page by page. */
export const failedJobListQuery = infiniteQueryOptions({
  queryKey: ['outbox', 'failed-jobs'],
  queryFn: ({ pageParam, signal }) => call('GET /failed-jobs', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})

/** The rows of all pages that were asked. */
export const rowsOf = <Row>(data: { readonly pages: readonly { readonly items: readonly Row[] }[] }): readonly Row[] =>
  data.pages.flatMap(({ items }) => items)
