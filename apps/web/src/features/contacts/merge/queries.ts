import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type DuplicatePage = Awaited<ReturnType<typeof call<'GET /duplicates'>>>
export type DuplicatePair = DuplicatePage['items'][number]
export type DuplicateReason = DuplicatePair['reasons'][number]
export type MergePreview = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/merge/{mergedId}'>>>
export type MergeField = MergePreview['fields'][number]
export type MergeChoice = MergeField['suggested']
export type ContactMerge = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/merges'>>>['items'][number]
export type SinceMerge = Awaited<ReturnType<typeof call<'GET /merges/{mergeId}/since'>>>['items'][number]

/** Which pairs a list shows. */
export type DuplicatesShown = 'same' | 'household' | 'not_same'

/** While all contacts are looked through the list asks again this often. */
const SEARCHING_MS = 2000

/** Contacts that may be one person, the likeliest first, page by page. */
export const duplicateListQuery = (show: DuplicatesShown) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'duplicates', 'list', show],
    queryFn: ({ pageParam, signal }) =>
      call('GET /duplicates', { query: { show, limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const search = state.data?.pages[0]?.search
      return search && search.finishedAt === null ? SEARCHING_MS : false
    },
  })

/** Who may be the same person as one contact. */
export const duplicatesOfQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'duplicates', 'of', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/duplicates', { params: { contactId }, signal }),
  })

/** What merging one contact into another would do. */
export const mergePreviewQuery = (contactId: string, mergedId: string) =>
  queryOptions({
    queryKey: ['contacts', 'merge', contactId, mergedId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/merge/{mergedId}', { params: { contactId, mergedId }, signal }),
    retry: false,
  })

/** The merges of a contact, newest first. */
export const mergesQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'merges', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/merges', { params: { contactId }, signal }),
  })

/** What came to a contact since a merge. */
export const sinceMergeQuery = (mergeId: string) =>
  queryOptions({
    queryKey: ['contacts', 'since', mergeId],
    queryFn: ({ signal }) => call('GET /merges/{mergeId}/since', { params: { mergeId }, signal }),
  })
