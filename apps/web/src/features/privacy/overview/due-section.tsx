import { Link } from '@tanstack/react-router'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { List, rowLook, rowProps } from '../../../ui/list.tsx'
import { Section } from '../../../ui/section.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { dayOf } from '../consents/consent-day.ts'
import { incidentWords } from '../registers/incident-words.ts'
import { legalWords } from '../registers/legal-words.ts'
import { dueTone, dueWords } from '../requests/due.ts'
import { requestWords } from '../requests/words.ts'
import { roomWords } from '../words.ts'
import { Calm } from './calm.tsx'
import type { Overview } from './queries.ts'
import { type Due, dueOf } from './what-is-due.ts'

/** What has a clock: requests, complaints, incidents, requests by authorities, the soonest first. */
export function DueSection({ overview }: { readonly overview: Overview }) {
  const t = useWords(roomWords)
  const { slug } = useWorkspace()
  const due = dueOf(overview)
  if (!overview.requests && !overview.incidents && !overview.legalRequests) return null
  const open = (overview.requests?.open ?? 0) + (overview.incidents?.open ?? 0) + (overview.legalRequests?.open ?? 0)
  return (
    <Section
      title={t('due')}
      note={open > 0 && t('dueOpen', { count: open })}
      actions={
        overview.requests && (
          <Link to="/w/$workspace/privacy/requests" params={{ workspace: slug }} className={`${linkLook} text-sm`}>
            {t('allRequests')}
          </Link>
        )
      }
    >
      {due.length === 0 ? (
        <Calm>{t('dueNone')}</Calm>
      ) : (
        <div className="-mx-3">
          <List label={t('due')} items={due} keyOf={({ one }) => one.id}>
            {(item) => <DueRow item={item} />}
          </List>
        </div>
      )}
    </Section>
  )
}

function DueRow({ item }: { readonly item: Due }) {
  if (item.type === 'request') return <RequestRow {...item} />
  return item.type === 'incident' ? <IncidentRow {...item} /> : <LegalRow {...item} />
}

function RequestRow({ one }: Extract<Due, { type: 'request' }>) {
  const t = useWords(roomWords)
  const requests = useWords(requestWords)
  const { slug, zone } = useWorkspace()
  const today = dayOf(useMinute(), zone)
  return (
    <Link {...rowProps} to="/w/$workspace/privacy/requests/$requestId" params={{ workspace: slug, requestId: one.id }} className={rowLook}>
      <RowBody
        icon={one.kind === 'complaint' ? 'chat' : 'user'}
        title={requests(`kind/${one.kind}`)}
        note={t('requestOf', { number: one.number, name: one.requesterName ?? requests('anonymous') })}
        tone={dueTone(one.due, today)}
        clock={dueWords(requests, one.due, today)}
      />
    </Link>
  )
}

function IncidentRow({ one }: Extract<Due, { type: 'incident' }>) {
  const incidents = useWords(incidentWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  const clock = one.nextClock
  return (
    <Link {...rowProps} to="/w/$workspace/privacy/incidents/$breachId" params={{ workspace: slug, breachId: one.id }} className={rowLook}>
      <RowBody
        icon="flag"
        title={incidents('number', { number: String(one.number) })}
        note={one.what}
        tone={clock?.overdue ? 'no' : 'wait'}
        clock={
          clock?.overdue
            ? incidents('overdue')
            : clock?.before
              ? incidents('before', { date: formats.dateTime(clock.before) })
              : incidents(`state/${one.state}`)
        }
      />
    </Link>
  )
}

function LegalRow({ one }: Extract<Due, { type: 'legal' }>) {
  const legal = useWords(legalWords)
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <Link
      {...rowProps}
      to="/w/$workspace/privacy/legal-requests/$legalRequestId"
      params={{ workspace: slug, legalRequestId: one.id }}
      className={rowLook}
    >
      <RowBody
        icon="building"
        title={legal(`kind/${one.kind}`)}
        note={one.authority}
        tone={one.dueOn ? 'wait' : 'neutral'}
        clock={one.dueOn ? legal('due', { date: formats.plainDate(one.dueOn) }) : legal(`state/${one.state}`)}
      />
    </Link>
  )
}

type RowBodyProps = {
  readonly icon: IconName
  readonly title: string
  readonly note: string
  readonly tone: Tone
  readonly clock: string
}

function RowBody({ icon, title, note, tone, clock }: RowBodyProps) {
  return (
    <>
      <Icon name={icon} className="text-ink-3" />
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="grid min-w-40 flex-1">
          <span className="font-medium">{title}</span>
          <bdi className="truncate text-xs text-ink-3">{note}</bdi>
        </span>
        <Badge tone={tone}>{clock}</Badge>
      </span>
    </>
  )
}
