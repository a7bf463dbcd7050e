import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'

/** What the server answers, by the noun. */
export type ProcessingRecords = Awaited<ReturnType<typeof call<'GET /processing-records'>>>
export type ProcessingActivity = ProcessingRecords['controller'][number]
export type Recipient = Awaited<ReturnType<typeof call<'GET /processors'>>>['items'][number]
export type Counterparty = Awaited<ReturnType<typeof call<'GET /counterparties'>>>['items'][number]

/** Reads a list page by page. */
export const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
}
/** The cursor of a page, where there is one. */
export const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** The records of processing as they are now. */
export const processingQuery = queryOptions({
  queryKey: ['registers', 'processing'],
  queryFn: ({ signal }) => call('GET /processing-records', { signal }),
})

/** Who receives data. */
export const recipientsQuery = queryOptions({
  queryKey: ['registers', 'recipients'],
  queryFn: ({ signal }) => call('GET /processors', { signal }),
})

/** Suppliers and partners, newest first, page by page. */
export const counterpartiesQuery = infiniteQueryOptions({
  queryKey: ['registers', 'counterparties'],
  queryFn: ({ pageParam, signal }) => call('GET /counterparties', { query: { limit: 50, ...after(pageParam) }, signal }),
  ...byCursor,
})
