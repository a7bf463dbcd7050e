import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers. */
export type ContactPolicyState = Awaited<ReturnType<typeof call<'GET /contact-policy'>>>
export type ContactLaw = Awaited<ReturnType<typeof call<'GET /contact-law'>>>
export type ListAnswer = Awaited<ReturnType<typeof call<'GET /may-contact'>>>

/** The rules that the business adds to the law. */
export const contactPolicyQuery = queryOptions({
  queryKey: ['contact_policy'],
  queryFn: ({ signal }) => call('GET /contact-policy', { signal }),
})

/** The rules of law themselves; they change with a new version of Frontdesk only. */
export const contactLawQuery = queryOptions({
  queryKey: ['contact_law'],
  queryFn: ({ signal }) => call('GET /contact-law', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The services that look numbers up; they change with the server alone. */
export const numberLookupsQuery = queryOptions({
  queryKey: ['number_lookups'],
  queryFn: ({ signal }) => call('GET /number-lookups', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
