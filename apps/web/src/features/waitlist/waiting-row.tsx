import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Ago } from '../../ui/ago.tsx'
import { Badge, type Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { onDemandMenu } from '../../ui/on-demand-menu.tsx'
import { useShortWhen } from '../calendar/short-when.ts'
import type { Waiting } from './queries.ts'
import type { WaitingMenuProps } from './waiting-menu.tsx'
import { useWishWords } from './wish-words.ts'
import { waitlistWords } from './words.ts'

const WaitingMenu = onDemandMenu<Omit<WaitingMenuProps, 'trigger'>>(() => import('./waiting-menu.tsx').then((file) => file.WaitingMenu))

const looks: Readonly<Record<Waiting['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  waiting: { tone: 'neutral', icon: 'clock' },
  offered: { tone: 'wait', icon: 'send' },
  booked: { tone: 'ok', icon: 'check' },
  left: { tone: 'neutral', icon: 'close' },
  removed: { tone: 'neutral', icon: 'close' },
  over: { tone: 'neutral', icon: 'clock' },
}

export type WaitingRowProps = Omit<WaitingMenuProps, 'trigger'> & {
  /** Where she stands; left out where the list is not the whole line. */
  readonly place: number | undefined
  readonly mayChange: boolean
}

/** One who waits: who, for what, what suits, and what was offered. */
export function WaitingRow({ place, mayChange, ...menu }: WaitingRowProps) {
  const { entry } = menu
  const t = useWords(waitlistWords)
  const { slug: workspace } = useWorkspace()
  const wishes = useWishWords(t, useFormats())
  const look = looks[entry.state]
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-b-0">
      {place !== undefined && (
        <span className="figures w-6 shrink-0 pt-0.5 text-end text-sm text-ink-3">
          <span className="sr-only">{t('place', { place })}</span>
          <span aria-hidden="true">{place}</span>
        </span>
      )}
      <div className="grid min-w-0 flex-1 gap-0.5 text-sm">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/w/$workspace/contacts/$contactId"
            params={{ workspace, contactId: entry.contact.id }}
            className="min-w-0 font-medium no-underline hover:underline"
          >
            <bdi>{entry.contact.name}</bdi>
          </Link>
          <Badge tone={look.tone} icon={look.icon}>
            {t(`state/${entry.state}`)}
          </Badge>
          {!entry.hasEmail && (
            <Badge tone="wait" icon="phone">
              {t('noEmail')}
            </Badge>
          )}
        </span>
        <span className="flex min-w-0 items-center gap-2 text-ink-2">
          <span data-hue style={{ '--h': entry.service.hue }} className="h-3.5 w-0.75 shrink-0 rounded-full bg-hue-mark" />
          <bdi className="min-w-0 wrap-anywhere">{entry.service.name}</bdi>
        </span>
        <span className="text-ink-2">{wishes(entry)}</span>
        <OfferLine entry={entry} />
      </div>
      {mayChange && (
        <WaitingMenu {...menu} trigger={<IconButton name={t('more', { name: entry.contact.name })} icon="more" tip="none" />} />
      )}
    </li>
  )
}

/** What was offered last, or since when she waits. */
function OfferLine({ entry }: { readonly entry: Waiting }) {
  const t = useWords(waitlistWords)
  const short = useShortWhen()
  const { offer } = entry
  const said =
    offer?.state === 'open'
      ? t('offeredUntil', { start: short.dayTime(offer.start), until: short.dayTime(offer.answerBy) })
      : entry.missed > 0
        ? t('missed', { count: entry.missed })
        : offer?.state === 'passed'
          ? t('passed', { start: short.dayTime(offer.start) })
          : undefined
  return (
    <span className="flex flex-wrap gap-x-3 text-xs text-ink-3">
      {said && <span className={offer?.state === 'open' ? 'text-ink-2' : ''}>{said}</span>}
      <span>{t.parts('since', { when: <Ago key="when" at={entry.createdAt} /> })}</span>
    </span>
  )
}
