import { Link } from '@tanstack/react-router'
import type { PointerEvent } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { readCalendarSearch } from './address.ts'
import { askedLook, placed, placedLook } from './block-look.ts'
import type { Span } from './clock-days.ts'
import type { Laid } from './lanes.ts'
import type { Booking } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { statusWords } from './status-words.ts'
import { calendarWords } from './words.ts'

export type BookingBlockProps = {
  readonly booking: Booking
  readonly span: Span
  readonly laid: Omit<Laid<unknown>, 'item'>
  readonly zone: string
  readonly now: number
  /** The hue that tells blocks apart: of the person where several are in sight, otherwise of the service. */
  readonly hue: number
  readonly selected: boolean
  /** It is being dragged; this is where it comes from. */
  readonly lifted: boolean
  readonly onBegin: (event: PointerEvent<HTMLElement>, booking: Booking, span: Span) => void
}

/** The height of an hour, `--hour` of the grid. */
const HOUR_PX = 78

/** One booking on the calendar: a link to its panel. What does not fit is left out; the panel and the spoken name say everything. */
export function BookingBlock({ booking, span, laid, zone, now, hue, selected, lifted, onBegin }: BookingBlockProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  const short = useShortWhen()
  // Until when it is to be answered stands in the panel; here there is room for what it is.
  const status = booking.status === 'pending' ? t('status/pending') : statusWords(t, booking, now, short)
  const minutes = span.until - span.from
  const { status: state } = booking
  const softer = state === 'no_show' || state === 'attended'
  const oneLine = minutes < 30
  // Lines of 14 px that fit; where the block is narrow the name gets them all, because the place says when.
  const lines = Math.max(1, Math.floor(((minutes / 60) * HOUR_PX - 5) / 14))
  const below = oneLine ? 0 : minutes >= 45 ? 2 : 1
  // Begins as it reads on the block, so that it can be called by what is seen. The lines of the block end in a space: between them one would not be there for whoever joins them.
  const [name, service, time] = [booking.contact.name, booking.service.name, formats.timeRange(booking.start, booking.end)]
  const seen = (
    minutes < 45 ? [name, time, service] : state === 'held' || state === 'pending' ? [name, status, time, service] : [name, service, time]
  ).join(', ')
  return (
    <Link
      {...rowProps}
      from="/w/$workspace/calendar"
      to="."
      search={(before) => readCalendarSearch({ ...before, booking: booking.id })}
      draggable={false}
      data-hue
      data-booking={booking.id}
      aria-current={selected || undefined}
      aria-label={t('bookingSaid', {
        seen,
        day: formats.weekdayDate(booking.start),
        person: booking.staff.name,
        status,
      })}
      style={{ ...placed(span, laid), '--h': hue, '--all-lines': lines, '--name-lines': Math.max(1, lines - below) }}
      onPointerDown={(event) => onBegin(event, booking, span)}
      onDragStart={(event) => event.preventDefault()}
      className={cx(
        placedLook,
        '@container overflow-hidden rounded-sm ps-2 pe-0.5 text-xs leading-4 text-hue-ink no-underline select-none focus-visible:z-4 focus-visible:outline-offset-1',
        "before:absolute before:inset-y-0.75 before:start-0.5 before:w-0.75 before:rounded-full before:content-['']",
        state === 'pending'
          ? cx(askedLook, 'border border-dashed border-hue-mark before:bg-hue-mark')
          : state === 'held'
            ? 'border border-dashed border-hue-mark bg-surface before:bg-[repeating-linear-gradient(to_bottom,var(--hue-mark)_0_3px,transparent_3px_6px)]'
            : 'bg-hue-tint before:bg-hue-mark hover:brightness-97 forced-colors:border',
        softer && 'opacity-75',
        oneLine ? 'flex items-center gap-1.5' : 'py-0.75',
        lifted && 'opacity-40',
        selected && 'z-4 ring-2 ring-focus ring-offset-1 ring-offset-surface',
      )}
    >
      <span className="flex min-w-0 flex-1 items-start gap-1 leading-3.5 font-medium">
        {state === 'attended' && <Icon name="check" size="xs" className="mt-px @max-[3.75rem]:hidden" />}
        {state === 'no_show' && <Icon name="ban" size="xs" className="mt-px @max-[3.75rem]:hidden" />}
        <Name
          className={cx(
            'min-w-0 text-start @max-[3.75rem]:text-2xs @max-[3.75rem]:leading-3.5 @max-[3.75rem]:tracking-tight',
            // Whole words, one below the other; the end of a long one fades instead of breaking letter by letter.
            oneLine ? 'truncate' : 'line-clamp-(--name-lines) wrap-normal @max-[3.75rem]:line-clamp-(--all-lines)',
            !oneLine && 'flex-1 [mask-image:linear-gradient(to_right,#000_calc(100%-0.625rem),transparent)]',
            state === 'no_show' && 'line-through',
          )}
        >
          {`${booking.contact.name} `}
        </Name>
      </span>
      {minutes >= 45 && (
        <span className="block truncate text-2xs leading-3.5 opacity-90 @max-[3.75rem]:hidden">
          {`${state === 'held' || state === 'pending' ? status : booking.service.name} `}
        </span>
      )}
      <span
        className={cx(
          'figures shrink-0 truncate text-2xs leading-3.5 opacity-90',
          oneLine ? '@max-[7rem]:hidden' : 'block @max-[3.75rem]:hidden',
        )}
      >
        <span className="@min-[9rem]:hidden">{short.clock(booking.start)}</span>
        <span className="hidden @min-[9rem]:inline">{formats.timeRange(booking.start, booking.end)}</span>
      </span>
    </Link>
  )
}
