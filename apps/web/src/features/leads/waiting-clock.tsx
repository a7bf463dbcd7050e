import { useMinute } from '../../lib/clock.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import type { Lead } from './queries.ts'
import { leadsWords } from './words.ts'

const MINUTE_MS = 60_000

/** How long a new lead has been waiting for a first answer; nothing once somebody answered, or it is closed. */
export function WaitingClock({ lead }: { readonly lead: Pick<Lead, 'state' | 'firstTouchAt' | 'createdAt' | 'escalatedAt'> }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const now = useMinute()
  if (lead.state !== 'open' || lead.firstTouchAt !== null) return null
  const minutes = Math.max(0, Math.floor((now - Date.parse(lead.createdAt)) / MINUTE_MS))
  const late = lead.escalatedAt !== null
  return (
    <span className={cx('flex min-w-0 items-center gap-1.5 text-xs', late ? 'text-no-ink' : 'text-wait-ink')}>
      <Icon name={late ? 'alert' : 'clock'} size="sm" />
      <span className="figures min-w-0 truncate">
        {late && `${t('waitingLong')} · `}
        {t('waiting', { time: formats.duration(minutes) })}
      </span>
    </span>
  )
}
