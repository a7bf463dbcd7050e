import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/api.ts'
import type { InboxList } from './address.ts'

/** What the server answers, by the noun. */
export type Conversation = Awaited<ReturnType<typeof call<'GET /conversations/{conversationId}'>>>
export type Message = Awaited<ReturnType<typeof call<'GET /conversations/{conversationId}/messages'>>>['items'][number]

const after = (cursor: string | undefined): { cursor?: string } => (cursor === undefined ? {} : { cursor })

/** Conversations of one list, the one with the newest message first. */
export const conversationListQuery = (status: InboxList) =>
  infiniteQueryOptions({
    queryKey: ['conversations', 'list', status],
    queryFn: ({ pageParam, signal }) =>
      call('GET /conversations', { query: { limit: 40, ...(status === 'all' ? {} : { status }), ...after(pageParam) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** Conversations with one contact. */
export const contactConversationsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ['conversations', 'of-contact', contactId],
    queryFn: ({ signal }) => call('GET /conversations', { query: { contactId, limit: 50 }, signal }),
  })

/** One conversation. */
export const conversationQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['conversations', 'one', conversationId],
    queryFn: ({ signal }) => call('GET /conversations/{conversationId}', { params: { conversationId }, signal }),
  })

/** The messages of a conversation, newest first, page by page. */
export const messagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', 'messages', conversationId],
    queryFn: ({ pageParam, signal }) =>
      call('GET /conversations/{conversationId}/messages', {
        params: { conversationId },
        query: { limit: 30, ...after(pageParam) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
