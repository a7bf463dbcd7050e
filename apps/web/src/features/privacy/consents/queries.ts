import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type ConsentEntry = Awaited<ReturnType<typeof call<'GET /contacts/{contactId}/consents'>>>['items'][number]
export type ConsentKit = Awaited<ReturnType<typeof call<'GET /consent-kit'>>>
export type KitWording = ConsentKit['wordings'][number]

/** What a contact agreed to and took back, newest first. */
export const consentsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['contacts', 'consents', contactId],
    queryFn: ({ signal }) => call('GET /contacts/{contactId}/consents', { params: { contactId }, signal }),
  })

/** The ready wordings in one language. */
export const kitQuery = (locale: string) =>
  queryOptions({
    queryKey: ['consent-kit', locale],
    queryFn: ({ signal }) => call('GET /consent-kit', { query: { locale }, signal }),
  })
