import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { rowProps } from '../../ui/list.tsx'
import { Name } from '../../ui/name.tsx'
import { readCalendarSearch } from './address.ts'
import { askedLook, hatchLook } from './block-look.ts'
import { type OffOwners, offOwner } from './off-owner.ts'
import type { Booking, Staff, TimeOff } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { statusWords } from './status-words.ts'
import { calendarWords } from './words.ts'

const rowLook = 'grid grid-cols-[4.75rem_minmax(0,1fr)] gap-2 rounded-md px-2 py-1.5 text-start no-underline active:bg-press'

export type AgendaBookingProps = {
  readonly booking: Booking
  readonly now: number
  readonly zone: string
  readonly hue: number
  readonly people: readonly Staff[]
}

/** One booking in the phone's list. */
export function AgendaBooking({ booking, now, zone, hue, people }: AgendaBookingProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  const short = useShortWhen()
  const { status } = booking
  return (
    <Link
      {...rowProps}
      from="/w/$workspace/calendar"
      to="."
      search={(before) => readCalendarSearch({ ...before, booking: booking.id })}
      className={rowLook}
    >
      <span className="figures grid content-start pt-2 text-sm text-ink-2">
        {formats.time(booking.start)}
        <span className="text-xs text-ink-3">{formats.time(booking.end)}</span>
      </span>
      <span
        data-hue
        style={{ '--h': hue }}
        className={cx(
          'relative grid min-w-0 gap-0.5 rounded-md py-2 ps-4 pe-3 text-hue-ink',
          "before:absolute before:inset-y-1.5 before:start-1.5 before:w-0.75 before:rounded-full before:content-['']",
          status === 'pending'
            ? cx(askedLook, 'border border-dashed border-hue-mark before:bg-hue-mark')
            : status === 'held'
              ? 'border border-dashed border-hue-mark before:bg-[repeating-linear-gradient(to_bottom,var(--hue-mark)_0_3px,transparent_3px_6px)]'
              : 'bg-hue-tint before:bg-hue-mark forced-colors:border',
        )}
      >
        <Name className={cx('font-medium wrap-anywhere', status === 'no_show' && 'line-through')}>{booking.contact.name}</Name>
        <span className="text-sm opacity-90">
          <bdi>{booking.service.name}</bdi>
          {people.length > 1 && (
            <>
              {' · '}
              <bdi>{booking.staff.name}</bdi>
            </>
          )}
          {booking.resources.map(({ id, name }) => (
            <span key={id}>
              {' · '}
              <bdi>{name}</bdi>
            </span>
          ))}
        </span>
        {status !== 'confirmed' && (
          <span>
            <Badge tone={status === 'attended' ? 'ok' : status === 'no_show' ? 'no' : 'wait'}>{statusWords(t, booking, now, short)}</Badge>
          </span>
        )}
      </span>
    </Link>
  )
}

/** Closed time in the phone's list. */
export function AgendaOff({
  off,
  data,
  zone,
  onOpen,
}: {
  readonly off: TimeOff
  readonly data: OffOwners
  readonly zone: string
  readonly onOpen: (off: TimeOff) => void
}) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  const owner = offOwner(off, data)
  return (
    <button type="button" {...rowProps} onClick={() => onOpen(off)} className={rowLook}>
      <span className="figures grid content-start pt-2 text-sm text-ink-2">
        {formats.time(off.start)}
        <span className="text-xs text-ink-3">{formats.time(off.end)}</span>
      </span>
      <span className={cx(hatchLook, 'rounded-md px-4 py-2.5 text-sm')}>
        <bdi>{owner ? t('timeOffOf', { name: owner, label: off.label ?? t('timeOff') }) : (off.label ?? t('timeOff'))}</bdi>
      </span>
    </button>
  )
}

/** Where in the day it is now. */
export function AgendaNow({ now, zone }: { readonly now: number; readonly zone: string }) {
  const t = useWords(calendarWords)
  const formats = useFormats(zone)
  return (
    <div role="note" aria-label={t('now', { time: formats.time(now) })} className="flex items-center gap-2 px-2 py-1">
      <span aria-hidden="true" className="figures w-17 rounded-xs text-xs font-medium text-no-ink">
        {formats.time(now)}
      </span>
      <span aria-hidden="true" className="h-px flex-1 bg-no-mark" />
    </div>
  )
}
