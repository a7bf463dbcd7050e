import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

export type ContactRights = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/rights'>>>
export type ErasurePreview = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/erasure-preview'>>>
export type Erasure = Awaited<ReturnType<typeof call<'GET /erasures/{erasureId}'>>>
export type ErasureMode = Erasure['mode']

const SOON_MS = 1000

/** What of her rights is under way. Asked again every second while a copy is being made. */
export const rightsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'rights', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/rights', { params: { contactId }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.exports.some((each) => each.state === 'waiting' || each.state === 'running') ? SOON_MS : false,
  })

/** What an erasure would do. */
export const previewQuery = (contactId: string, mode: ErasureMode) =>
  queryOptions({
    queryKey: ['contacts', 'erasure-preview', contactId, mode],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/erasure-preview', { params: { contactId }, query: { mode }, signal }),
    staleTime: 0,
  })

/** How far an erasure is. Asked again every second until it is done. */
export const erasureQuery = (erasureId: string) =>
  queryOptions({
    queryKey: ['erasures', erasureId],
    queryFn: ({ signal }) => call('GET /erasures/{erasureId}', { params: { erasureId }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'held' ? false : SOON_MS),
  })

export type ContactImport = Awaited<ReturnType<typeof call<'GET /contact-imports'>>>['items'][number]

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const isUnderWay = ({ state }: { readonly state: string }) => state === 'waiting' || state === 'running'
type Pages = { readonly pages: readonly { readonly items: readonly { readonly state: string }[] }[] }
const soonWhileUnderWay = ({ state: { data } }: { readonly state: { readonly data: Pages | undefined } }) =>
  data?.pages.some(({ items }) => items.some(isUnderWay)) ? SOON_MS : false

/** Erasures and their receipts, newest first. Asked again every second while one is at work. */
export const erasuresQuery = infiniteQueryOptions({
  queryKey: ['erasures'],
  queryFn: ({ pageParam, signal }) => call('GET /erasures', { query: { limit: 20, ...after(pageParam) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: soonWhileUnderWay,
})

/** Take-overs, newest first. Asked again every second while one is at work. */
export const importsQuery = infiniteQueryOptions({
  queryKey: ['contact-imports'],
  queryFn: ({ pageParam, signal }) => call('GET /contact-imports', { query: { limit: 10, ...after(pageParam) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: soonWhileUnderWay,
})
