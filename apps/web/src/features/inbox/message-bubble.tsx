import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { AttachmentList } from './attachment-list.tsx'
import type { Message } from './queries.ts'
import { type InboxTranslator, inboxWords } from './words.ts'

export type MessageBubbleProps = {
  readonly message: Message
  readonly contactName: string
  /** The member who wrote it, where that is known. */
  readonly authorName: string | undefined
}

const troubled: ReadonlySet<Message['delivery']> = new Set(['failed', 'bounced', 'in_doubt'])

/** One message, what a machine wrote folded: theirs at the start of the line, ours at its end. */
export function MessageBubble({ message, contactName, authorName }: MessageBubbleProps) {
  const t = useWords(inboxWords)
  const { slug: workspace } = useWorkspace()
  const formats = useFormats()
  const ours = message.direction === 'out'
  const trouble = troubled.has(message.delivery)
  return (
    <article className={cx('grid max-w-[85%] min-w-0 gap-1', ours ? 'justify-items-end justify-self-end' : 'justify-self-start')}>
      <h3 className="flex flex-wrap items-center gap-2 text-xs font-normal text-ink-3">
        <bdi className="font-medium text-ink-2">{authorWords(t, message, contactName, authorName)}</bdi>
        {message.automatic && <Badge>{t('automatic')}</Badge>}
        <time dateTime={message.at} title={formats.weekdayDateTime(message.at)}>
          {formats.time(message.at)}
        </time>
      </h3>
      <div
        className={cx(
          'grid min-w-0 gap-2 rounded-lg px-4 py-2.5 text-sm',
          ours ? 'bg-accent-tint' : 'bg-fill',
          trouble && 'inset-ring inset-ring-no-line',
        )}
      >
        {message.automatic ? (
          <details>
            <summary className="font-medium">
              <bdi>{message.subject || t('noSubject')}</bdi>
            </summary>
            <Words text={message.text} />
          </details>
        ) : (
          <Words text={message.text} />
        )}
        {message.attachments.length > 0 && <AttachmentList message={message} />}
        {message.quoted && (
          <details className="text-xs text-ink-2">
            <summary className="text-ink-3">{t('quoted')}</summary>
            <p dir="auto" className="mt-1 border-s-2 border-line-strong ps-2 whitespace-pre-wrap wrap-anywhere">
              {message.quoted}
            </p>
          </details>
        )}
      </div>
      {ours && (
        <p className={cx('flex flex-wrap items-center gap-1.5 text-xs', trouble ? 'text-no-ink' : 'text-ink-3')}>
          {trouble && <Icon name="alert" size="sm" />}
          {t(`delivery/${message.delivery}`)}
          {message.deliveryError && <span>{message.deliveryError}</span>}
          {message.mailId && (
            <Link
              to="/w/$workspace/outbox/$mailId"
              params={{ workspace, mailId: message.mailId }}
              className="text-link underline underline-offset-2"
            >
              {t('showMail')}
            </Link>
          )}
        </p>
      )}
    </article>
  )
}

function Words({ text }: { readonly text: string }) {
  return (
    <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
      {text}
    </p>
  )
}

function authorWords(t: InboxTranslator, { author }: Message, contactName: string, authorName: string | undefined): string {
  switch (author.kind) {
    case 'contact':
      return contactName
    case 'member':
      return authorName ?? t('byTeam')
    case 'api_key':
      return t('byProgram')
    case 'operator':
      return t('byOperator')
    case 'system':
      return t('byFrontdesk')
  }
}
