import { Link } from '@tanstack/react-router'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useReader, useWords } from '../../lib/i18n.tsx'
import { listTime } from '../../lib/list-time.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Dot } from '../../ui/badge.tsx'
import { rowLook, rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import type { InboxList } from './address.ts'
import type { Conversation } from './queries.ts'
import { inboxWords } from './words.ts'

export type ConversationRowProps = {
  readonly conversation: Conversation
  /** The list one comes from, kept in the address. */
  readonly status: InboxList
  /** In the list of everybody the name stands first, on the page of a contact the subject does. */
  readonly titled: 'name' | 'subject'
}

/** One conversation in a list. */
export function ConversationRow({ conversation, status, titled }: ConversationRowProps) {
  const t = useWords(inboxWords)
  const { slug } = useWorkspace()
  const { tag, zone } = useReader()
  const formats = useFormats()
  const now = useMinute()
  const { waitingSince } = conversation
  const subject = conversation.subject || t('noSubject')
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/inbox/$conversationId"
      params={{ workspace: slug, conversationId: conversation.id }}
      search={status === 'open' ? {} : { status }}
      activeOptions={{ includeSearch: false }}
      className={rowLook}
    >
      <span className="row-span-2 self-start pt-0.5">
        <Avatar name={conversation.contactName} id={conversation.contactId} />
      </span>
      <span className="flex items-baseline gap-2">
        <Name cut className="flex-1 font-strong">
          {titled === 'name' ? conversation.contactName : subject}
        </Name>
        <time
          dateTime={conversation.lastMessageAt}
          title={formats.dateTime(conversation.lastMessageAt)}
          className="shrink-0 text-xs text-ink-3"
        >
          {listTime(conversation.lastMessageAt, now, tag, zone)}
        </time>
      </span>
      <span className="grid min-w-0 text-ink-2">
        {titled === 'name' && (
          <Name cut className="text-ink">
            {subject}
          </Name>
        )}
        <span className="flex min-w-0 items-center gap-2">
          <Name cut className="flex-1">
            {conversation.preview}
          </Name>
          {waitingSince && conversation.status === 'open' && <Dot tone="accent" label={t('unanswered')} />}
        </span>
      </span>
    </Link>
  )
}
