import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Note } from '../../ui/banner.tsx'
import { Section } from '../../ui/section.tsx'
import { bookingRemindersQuery, type Reminder } from '../settings/reminders/queries.ts'
import { whenOf } from '../settings/reminders/rule-words.ts'
import { reminderWords } from '../settings/reminders/words.ts'
import { useShortWhen } from './short-when.ts'

/** What is planned and what was sent about a booking, and what was answered. Without any there is nothing to see. */
export function BookingReminders({ bookingId }: { readonly bookingId: string }) {
  const t = useWords(reminderWords)
  const explain = useExplain()
  const asked = useQuery(bookingRemindersQuery(bookingId))
  if (asked.isError)
    return (
      <Section title={t('ofBooking')}>
        <Note tone="no" role="alert">
          {t('remindersFailed', { reason: explain(asked.error).message })}
        </Note>
      </Section>
    )
  const items = asked.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('ofBooking')}>
      <ul className="grid gap-3 text-sm">
        {items.map((reminder) => (
          <ReminderLine key={reminder.id} reminder={reminder} />
        ))}
      </ul>
    </Section>
  )
}

function ReminderLine({ reminder }: { readonly reminder: Reminder }) {
  const t = useWords(reminderWords)
  const short = useShortWhen()
  const { slug: workspace } = useWorkspace()
  const { state, reason, dueAt, doneAt, conversationId, answer, answeredAt, channel } = reminder
  const said = t(`state/${state}`, { at: short.dayTime(doneAt ?? dueAt) })
  return (
    <li className="grid justify-items-start gap-0.5">
      <span>
        {whenOf(t, reminder)} · {t(`channel/${channel}`)}
      </span>
      <span className="text-xs text-ink-2">
        {said}
        {reason !== null && <>. {t(`reason/${reason}`)}</>}
      </span>
      {answer !== null && answeredAt !== null && (
        <Badge tone={answer === 'confirmed' ? 'ok' : 'wait'} icon={answer === 'confirmed' ? 'check' : 'clock'}>
          {t(`answer/${answer}`, { at: short.dayTime(answeredAt) })}
        </Badge>
      )}
      {conversationId !== null && (
        <Link
          to="/w/$workspace/inbox/$conversationId"
          params={{ workspace, conversationId }}
          className="text-xs text-link underline underline-offset-2"
        >
          {t('openMessage')}
        </Link>
      )}
    </li>
  )
}
