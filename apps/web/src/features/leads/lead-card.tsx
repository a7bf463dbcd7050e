import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PointerEvent as ReactPointerEvent } from 'react'
import { useMinute } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { readLeadsSearch } from './address.ts'
import type { Lead } from './queries.ts'
import { WaitingClock } from './waiting-clock.tsx'
import { leadsWords } from './words.ts'

export type LeadCardProps = {
  readonly lead: Lead
  readonly hint: string
  /** It is on its way somewhere else. */
  readonly faded: boolean
  readonly onGrab: ((event: ReactPointerEvent<HTMLElement>, lead: Lead) => void) | undefined
}

/** A lead on the board: who, what it is about and worth, what comes next, and since when it stands here. */
export function LeadCard({ lead, hint, faded, onGrab }: LeadCardProps) {
  const t = useWords(leadsWords)
  const { slug: workspace } = useWorkspace()
  const formats = useFormats()
  const now = useMinute()
  const owner = useQuery(membersQuery).data?.items.find(({ id }) => id === lead.ownerMemberId)
  const { nextStep } = lead
  // The minute that is drawn begins before what happens in it.
  const since = formats.relative(lead.enteredStageAt, Math.max(now, Date.parse(lead.enteredStageAt)))
  return (
    <li
      data-lead={lead.id}
      data-card={lead.id}
      onPointerDown={onGrab && ((event) => onGrab(event, lead))}
      className={cx(faded && 'opacity-40', onGrab && 'touch-pan-y')}
    >
      <Link
        to="/w/$workspace/leads/$leadId"
        params={{ workspace, leadId: lead.id }}
        search={(before) => readLeadsSearch(before)}
        draggable={false}
        aria-describedby={hint}
        className="grid gap-1 rounded-md border border-line bg-raised p-3 text-sm no-underline shadow-rest hover:border-line-strong data-[status=active]:border-line-strong data-[status=active]:bg-selected"
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-strong">
            <bdi>{lead.contact.name}</bdi>
          </span>
          {lead.value && <span className="figures shrink-0">{formats.money(lead.value, { short: true })}</span>}
        </span>
        {lead.title && (
          <span className="truncate text-ink-2">
            <bdi>{lead.title}</bdi>
          </span>
        )}
        {nextStep && (
          <span className={cx('flex min-w-0 items-center gap-1.5 text-xs', lead.overdue ? 'text-no-ink' : 'text-ink-2')}>
            <Icon name={lead.overdue ? 'alert' : 'arrowRight'} size="sm" />
            <span className="min-w-0 flex-1 truncate">
              {lead.overdue && <span className="sr-only">{t('overdue')} </span>}
              <bdi>{nextStep.text}</bdi>
            </span>
            {nextStep.dueOn && <span className="figures shrink-0">{formats.plainDate(nextStep.dueOn)}</span>}
          </span>
        )}
        <WaitingClock lead={lead} />
        <span className="flex items-center gap-2 text-xs text-ink-3">
          <span className="min-w-0 flex-1 truncate">{t('here', { since })}</span>
          {owner && <Avatar name={owner.name} id={owner.id} size="sm" />}
        </span>
      </Link>
    </li>
  )
}
