import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type SensitiveFields = Awaited<ReturnType<typeof call<'GET /sensitive-fields'>>>
export type SensitiveField = SensitiveFields['items'][number]
export type SensitiveKind = SensitiveField['kind']
export type SensitiveValue = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/sensitive-values'>>>['items'][number]
export type SensitiveReveal = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/sensitive-reveals'>>>['items'][number]
export type MaskedNumber = Awaited<ReturnType<typeof call<'GET /masked-numbers'>>>['items'][number]

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })
const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}

/** The protected fields of the workspace, and what can be declared. */
export const sensitiveFieldsQuery = queryOptions({
  queryKey: ['sensitive', 'fields'],
  queryFn: ({ signal }) => call('GET /sensitive-fields', { signal }),
})

/** A contact's protected fields, masked. */
export const sensitiveValuesQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', contactId, 'sensitive'],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/sensitive-values', { params: { contactId: contactId as never }, signal }),
  })

/** Who saw what is protected, newest first, page by page. */
export const sensitiveRevealsQuery = (contactId: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', contactId, 'sensitive-reveals'],
    queryFn: ({ pageParam, signal }) =>
      call('GET /contacts/{contactId}/sensitive-reveals', {
        params: { contactId: contactId as never },
        query: { limit: 10, ...after(pageParam) },
        signal,
      }),
    ...byCursor,
  })

/** Numbers from outside that were masked, newest first, page by page. */
export const maskedNumbersQuery = infiniteQueryOptions({
  queryKey: ['sensitive', 'masked'],
  queryFn: ({ pageParam, signal }) => call('GET /masked-numbers', { query: { limit: 20, ...after(pageParam) }, signal }),
  ...byCursor,
})
