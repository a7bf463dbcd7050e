import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type OwnField = Awaited<ReturnType<typeof call<'GET /contact-fields'>>>['items'][number]
export type OwnValue = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}'>>>['fields'][string]
export type ContactChange = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/changes'>>>['items'][number]

/** The own fields of contacts, in their order; archived ones at the end. */
export const fieldsQuery = queryOptions({
  queryKey: ['contact_fields'],
  queryFn: ({ signal }) => call('GET /contact-fields', { signal }),
  staleTime: 60_000,
})

/** What changed on a contact, newest first, page by page. */
export const changesQuery = (contactId: string, field: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'changes', contactId, field ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/{contactId}/changes', {
        params: { contactId },
        query: { limit: 30, ...(field ? { field } : {}), ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
