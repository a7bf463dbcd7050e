import { useFormats, useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { rowProps } from '../../ui/list.tsx'
import { bandLook, hatchLook, placed, placedLook } from './block-look.ts'
import type { Span } from './clock-days.ts'
import type { Laid } from './lanes.ts'
import { type OffOwners, offOwner } from './off-owner.ts'
import type { TimeOff } from './queries.ts'
import { calendarWords } from './words.ts'

export type OffBlockProps = {
  readonly off: TimeOff
  readonly span: Span
  /** Beside the bookings of others; left out, it lies behind everything. */
  readonly laid?: Omit<Laid<unknown>, 'item'>
  readonly data: OffOwners
  readonly zone: string
  /** In the column of a person or a room its name need not be said again. */
  readonly named: boolean
  readonly onOpen: (off: TimeOff) => void
}

/** Time in which somebody, or nobody, can be booked. */
export function OffBlock({ off, span, laid, data, zone, named, onOpen }: OffBlockProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  const owner = offOwner(off, data)
  const label = off.label ?? t('timeOff')
  const seen = named && owner ? t('timeOffOf', { name: owner, label }) : label
  return (
    <button
      type="button"
      {...rowProps}
      onClick={() => onOpen(off)}
      style={placed(span, laid)}
      aria-label={t('timeOffSaid', { seen, who: owner ?? t('everybody'), time: formats.timeRange(off.start, off.end) })}
      className={cx(
        laid ? `${placedLook} rounded-sm` : bandLook,
        hatchLook,
        'overflow-hidden px-1.5 pt-0.5 text-start align-top text-xs leading-4 hover:text-ink focus-visible:z-3 focus-visible:-outline-offset-2',
      )}
    >
      <span className="block h-full truncate">
        <bdi>{seen}</bdi>
      </span>
    </button>
  )
}
