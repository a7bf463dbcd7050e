import { useWords } from '../../lib/i18n.tsx'
import { Section } from '../../ui/section.tsx'
import { type BookingTranslator, bookingWords } from './booking-words.ts'
import type { Booking } from './queries.ts'
import { type ShortWhen, useShortWhen } from './short-when.ts'

/** What happened to a booking, newest first: every move is a booking of its own that points back. */
export function BookingHistory({ bookings }: { readonly bookings: readonly Booking[] }) {
  const t = useWords(bookingWords)
  const short = useShortWhen()
  return (
    <Section title={t('history')}>
      <ol className="grid gap-3 text-sm">
        {historyOf(bookings, t, short).map(({ at, words }) => (
          <li key={`${at} ${words}`} className="grid gap-0.5">
            <span className="wrap-anywhere">{words}</span>
            <time dateTime={at} className="figures text-xs text-ink-3">
              {short.dayTime(at)}
            </time>
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** The steps of a booking in words, newest first. */
export function historyOf(
  bookings: readonly Booking[],
  t: BookingTranslator,
  short: ShortWhen,
): readonly { readonly at: string; readonly words: string }[] {
  const steps = bookings.flatMap((booking, index) => {
    const before = bookings[index - 1]
    const made = before ? moveOf(before, booking, t, short) : t('historyMade', { source: t(`source/${booking.source}`) })
    return [{ at: booking.createdAt, words: made }, ...endOf(booking, t)]
  })
  return steps.toReversed()
}

function moveOf(before: Booking, booking: Booking, t: BookingTranslator, short: ShortWhen): string {
  const times = { from: short.dayTime(before.start), to: short.dayTime(booking.start) }
  return booking.movedBy ? t('historyMovedBy', { ...times, who: t(`who/${booking.movedBy}`) }) : t('historyMoved', times)
}

function endOf(booking: Booking, t: BookingTranslator): readonly { readonly at: string; readonly words: string }[] {
  const at = booking.updatedAt
  if (booking.request?.state === 'declined') {
    const who = t('historyDeclined', { who: t(`who/${booking.cancelledBy ?? 'system'}`) })
    return [{ at, words: booking.cancelReason ? `${who}: ${booking.cancelReason}` : who }]
  }
  if (booking.status === 'expired' && booking.request) return [{ at, words: t('historyLapsed') }]
  if (booking.status === 'confirmed' && booking.request?.state === 'approved') return [{ at, words: t('historyApproved') }]
  switch (booking.status) {
    case 'cancelled': {
      const who = t(`who/${booking.cancelledBy ?? 'system'}`)
      const words = booking.cancelReason ? t('historyCancelledFor', { who, reason: booking.cancelReason }) : t('historyCancelled', { who })
      return [{ at, words }]
    }
    case 'attended':
    case 'no_show':
    case 'expired':
      return [{ at, words: t(`status/${booking.status}`) }]
    case 'held':
    case 'pending':
    case 'confirmed':
    case 'rescheduled':
      return []
  }
}
