import type { ContactFilter as FilterOfContacts } from '@frontdesk/contract'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'

/** What the server answers, by the noun. */
export type Contact = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}'>>>
export type ContactSummary = Awaited<ReturnType<typeof call<'GET /contacts'>>>['items'][number]
export type ContactPoint = Contact['points'][number]
export type TimelineEntry = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/timeline'>>>['items'][number]
export type Note = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/notes'>>>['items'][number]
export type MayContact = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/may-contact'>>>
export type Member = Awaited<ReturnType<typeof call<'GET /members'>>>['items'][number]

/** Which contacts a list shows, as the server is asked. */
export type ContactFilter = {
  readonly sort: 'recent' | 'name'
  readonly tag?: string | undefined
  readonly ownerMemberId?: string | undefined
  readonly archived: 'no' | 'only'
  /** An own field and its value. */
  readonly field?: string | undefined
  readonly is?: string | undefined
  readonly filter?: FilterOfContacts | undefined
}

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** A list of contacts, page by page. */
export const contactListQuery = ({ sort, tag, ownerMemberId, archived, field, is, filter }: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', sort, tag ?? '', ownerMemberId ?? '', archived, field ?? '', is ?? '', filter ?? null],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts', {
        query: {
          sort,
          archived,
          limit: 50,
          ...(tag ? { tag } : {}),
          ...(ownerMemberId ? { ownerMemberId } : {}),
          ...(field && is ? { field, is } : {}),
          ...(filter ? { filter: JSON.stringify(filter) } : {}),
          ...after(pageParam),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Contacts by a part of a name, an address or a number, best match first. */
export const contactSearchQuery = (text: string) =>
  queryOptions({
    queryKey: ['contacts', 'search', text],
    queryFn: ({ signal }) => call('GET /contacts/search', { query: { q: text, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
  })

/** One contact. */
export const contactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'one', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}', { params: { contactId }, signal }),
  })

/** What happened to a contact, newest first, page by page. */
export const timelineQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'timeline', contactId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/{contactId}/timeline', { params: { contactId }, query: { limit: 40, ...after(pageParam) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Notes about a contact, newest first, page by page. */
export const notesQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'notes', contactId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/{contactId}/notes', { params: { contactId }, query: { limit: 30, ...after(pageParam) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Whether and why this person may be reached. */
export const mayContactQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'may', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/may-contact', { params: { contactId }, signal }),
  })

/** The tags in use. */
export const tagsQuery = queryOptions({ queryKey: ['contacts', 'tags'], queryFn: ({ signal }) => call('GET /tags', { signal }) })

/** Who works here, for names beside what they did. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => call('GET /members', { query: { limit: 200 }, signal }),
  staleTime: 5 * 60_000,
})
