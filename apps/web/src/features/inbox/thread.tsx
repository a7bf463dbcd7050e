import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import { useReader, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { groupByDay } from '../contacts/day-groups.ts'
import { membersQuery } from '../contacts/queries.ts'
import { DayTitle } from './day-title.tsx'
import { MessageBubble } from './message-bubble.tsx'
import { type Conversation, messagesQuery } from './queries.ts'
import { inboxWords } from './words.ts'

/** What was written, oldest above; it begins at the newest. */
export function Thread({ conversation }: { readonly conversation: Conversation }) {
  const t = useWords(inboxWords)
  const explain = useExplain()
  const { zone } = useReader()
  const end = useRef<HTMLDivElement>(null)
  const asked = useInfiniteQuery(messagesQuery(conversation.id))
  const members = useQuery(membersQuery).data?.items ?? []
  const messages = asked.data?.pages.flatMap((page) => page.items).toReversed()
  const newest = messages?.at(-1)?.id
  useLayoutEffect(() => {
    // A new message, or the first load: what is newest comes into sight. Loading earlier ones changes nothing at the end.
    const scroller = end.current?.closest('[data-scroll]')
    if (newest && scroller) scroller.scrollTop = scroller.scrollHeight
  }, [newest])
  if (asked.isError && !messages) {
    return (
      <div className="grid justify-items-start gap-3 p-6">
        <Note tone="no" role="alert">
          {t('threadFailed', { reason: explain(asked.error).message })}
        </Note>
        <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
      </div>
    )
  }
  return (
    <div className="flex-1 px-6 pt-2 pb-4 phone:px-3">
      {asked.hasNextPage && (
        <div className="grid justify-items-center py-2">
          <Button variant="quiet" busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('earlier')}
          </Button>
        </div>
      )}
      {messages ? (
        <div role="log" aria-label={t('messages')} className="mx-auto grid max-w-176">
          {groupByDay(messages, zone).map(({ day, items }) => (
            <section key={day} className="grid gap-3">
              <DayTitle day={day} />
              {items.map((message) => (
                <MessageBubble
                  key={message.id}
                  message={message}
                  contactName={conversation.contactName}
                  authorName={members.find(({ id }) => id === message.author.id)?.name}
                />
              ))}
            </section>
          ))}
        </div>
      ) : (
        <div className="py-6">
          <TextSkeleton lines={6} />
        </div>
      )}
      <div ref={end} />
    </div>
  )
}
