import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import type { OutboxList } from './address.ts'

/** What the server answers, by the noun. */
export type MailSummary = Awaited<ReturnType<typeof call<'GET /outbox'>>>['items'][number]
export type Mail = Awaited<ReturnType<typeof call<'GET /outbox/{mailId}'>>>

/** Mails of one list, newest first. */
export const outboxQuery = (list: OutboxList) =>
  infiniteQueryOptions({
    queryKey: ['outbox', 'list', list],
    queryFn: ({ pageParam, signal }) =>
      call('GET /outbox', {
        query: { limit: 40, ...(list === 'all' ? {} : { state: list }), ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** One mail, exactly as it goes out. */
export const mailQuery = (mailId: string) =>
  queryOptions({
    queryKey: ['outbox', 'one', mailId],
    queryFn: ({ signal }) => call('GET /outbox/{mailId}', { params: { mailId }, signal }),
  })
