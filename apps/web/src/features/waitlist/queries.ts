import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import type { WaitlistSearch } from './address.ts'

/** One who waits. */
export type Waiting = Awaited<ReturnType<typeof call<'GET /waitlist/{entryId}'>>>
export type DayPart = Waiting['parts'][number]

/** Who waits, in order. */
export const waitlistQuery = ({ service, state }: Pick<WaitlistSearch, 'service' | 'state'>) =>
  infiniteQueryOptions({
    queryKey: ['scheduling', 'waitlist', service ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call('GET /waitlist', {
        query: {
          limit: 50,
          ...(service ? { serviceId: service } : {}),
          ...(state ? { state } : {}),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** What a contact waits for. */
export const waitingOfQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['scheduling', 'waitlist-of', contactId],
    queryFn: ({ signal }) => call('GET /waitlist', { query: { contactId, limit: 20 }, signal }),
  })
