import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type LeadForm = Awaited<ReturnType<typeof call<'GET /forms/{formId}'>>>
export type FormFieldOf = LeadForm['fields'][number]
export type Submission = Awaited<ReturnType<typeof call<'GET /form-submissions'>>>['items'][number]

/** All forms. */
export const formsQuery = queryOptions({
  queryKey: ['forms', 'all'],
  queryFn: ({ signal }) => call('GET /forms', { signal }),
})

/** One form. */
export const formQuery = (formId: string) =>
  queryOptions({
    queryKey: ['forms', 'one', formId],
    queryFn: ({ signal }) => call('GET /forms/{formId}', { params: { formId }, signal }),
  })

/** How a form is put on another site. */
export const snippetsQuery = (formId: string) =>
  queryOptions({
    queryKey: ['forms', 'snippets', formId],
    queryFn: ({ signal }) => call('GET /forms/{formId}/snippets', { params: { formId }, signal }),
  })

/** What came in with one form or with all, taken or held back. */
export const submissionsQuery = (state: 'taken' | 'held', formId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['forms', 'submissions', state, formId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call('GET /form-submissions', {
        query: { state, limit: 50, ...(formId === undefined ? {} : { formId }), ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** What came in for one lead. */
export const leadSubmissionsQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['forms', 'of-lead', leadId],
    queryFn: ({ signal }) => call('GET /form-submissions', { query: { leadId, limit: 50 }, signal }),
  })
