import type { InstantLike } from '@frontdesk/i18n'
import { epochMs } from '@frontdesk/i18n'
import { nowMs, useMinute } from '../lib/clock.ts'
import { useFormats } from '../lib/i18n.tsx'
import { cx } from './cx.ts'

/** A moment relative to now ("8 minutes ago"), with the exact one on hover, in the reader's zone. Keeps itself true. */
export function Ago({ at, className }: { readonly at: InstantLike; readonly className?: string }) {
  const formats = useFormats()
  const minute = useMinute()
  // What happened since the minute began is not ahead of us.
  const now = Math.max(minute, Math.min(epochMs(at), nowMs()))
  return (
    <time dateTime={new Date(epochMs(at)).toISOString()} title={formats.weekdayDateTime(at)} className={cx('whitespace-nowrap', className)}>
      {formats.relative(at, now)}
    </time>
  )
}

/** What `When` is given. */
export type WhenProps = {
  readonly at: InstantLike
  readonly style?: 'date' | 'time' | 'dateTime' | 'weekdayDate' | 'weekdayDateTime'
  /** Another zone than the reader's; its name is then written beside the time. */
  readonly zone?: string
  readonly className?: string
}

/** An exact moment. Where a zone is given that differs from the reader's, it is named. */
export function When({ at, style = 'dateTime', zone, className }: WhenProps) {
  const mine = useFormats()
  const theirs = useFormats(zone)
  const foreign = zone !== undefined && zone !== mine.zone
  return (
    <time
      dateTime={new Date(epochMs(at)).toISOString()}
      title={foreign ? mine.weekdayDateTime(at) : theirs.weekdayDateTime(at)}
      className={cx('whitespace-nowrap', className)}
    >
      {theirs[style](at)}
      {foreign && style !== 'date' && style !== 'weekdayDate' && <span className="text-ink-3"> {theirs.zoneName(at, 'short')}</span>}
    </time>
  )
}
