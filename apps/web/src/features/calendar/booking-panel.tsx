import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useExplain } from '../../lib/problems.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { BookingActions } from './booking-actions.tsx'
import { BookingFacts } from './booking-facts.tsx'
import { BookingHistory } from './booking-history.tsx'
import { bookingWords } from './booking-words.ts'
import { type Booking, bookingQuery, historyQuery } from './queries.ts'
import { useShortWhen } from './short-when.ts'
import { statusWords } from './status-words.ts'
import { movable } from './use-drag.ts'
import { calendarWords } from './words.ts'

const CancelDialog = lazy(() => import('./cancel-dialog.tsx').then((file) => ({ default: file.CancelDialog })))
const BookingAnswers = lazy(() => import('../services/intake/booking-answers.tsx').then((file) => ({ default: file.BookingAnswers })))
const BookingReminders = lazy(() => import('./booking-reminders.tsx').then((file) => ({ default: file.BookingReminders })))
const DeclineDialog = lazy(() => import('./cancel-dialog.tsx').then((file) => ({ default: file.DeclineDialog })))
const MoveDialog = lazy(() => import('./move-dialog.tsx').then((file) => ({ default: file.MoveDialog })))

export type BookingPanelProps = {
  readonly bookingId: string
  readonly now: number
  /** Which dialog stands open over it; the keys of the calendar open them too. */
  readonly asking: 'move' | 'cancel' | 'decline' | undefined
  readonly onAsk: (what: 'move' | 'cancel' | 'decline' | undefined) => void
  readonly onShow: (bookingId: string) => void
  /** Called once for each booking that is opened, as soon as it is known when it is. */
  readonly onFound: (booking: Booking) => void
  readonly onClose: () => void
}

const looks: Readonly<Record<Booking['status'], { readonly tone: Tone; readonly icon: IconName }>> = {
  held: { tone: 'wait', icon: 'clock' },
  pending: { tone: 'wait', icon: 'clock' },
  confirmed: { tone: 'ok', icon: 'check' },
  attended: { tone: 'ok', icon: 'check' },
  no_show: { tone: 'no', icon: 'ban' },
  cancelled: { tone: 'no', icon: 'close' },
  rescheduled: { tone: 'neutral', icon: 'arrowRight' },
  expired: { tone: 'neutral', icon: 'clock' },
}

/** Everything about one booking, beside the calendar; on the phone a page with a way back. A booking that was moved shows where it is now. */
export function BookingPanel({ bookingId, now, asking, onAsk, onShow, onFound, onClose }: BookingPanelProps) {
  const t = useWords(bookingWords)
  const c = useWords(calendarWords)
  const explain = useExplain()
  const short = useShortWhen()
  const heading = useRef<HTMLHeadingElement>(null)
  // On the phone the panel is the page.
  const Heading = useNarrow() ? 'h1' : 'h2'
  const asked = useQuery(bookingQuery(bookingId))
  const history = useQuery(historyQuery(bookingId))
  const moved = asked.data?.status === 'rescheduled' ? history.data?.items.at(-1) : undefined
  const booking = moved ?? asked.data

  // biome-ignore lint/correctness/useExhaustiveDependencies: another booking takes the focus anew
  useEffect(() => heading.current?.focus({ preventScroll: true }), [bookingId])
  const found = useRef<string>(undefined)
  useEffect(() => {
    if (!booking || found.current === bookingId || booking.status === 'rescheduled') return
    found.current = bookingId
    onFound(booking)
  })
  useCommands([
    { label: t('closePanel'), group: t('booking'), keys: 'Escape', keysOnly: true, run: onClose },
    ...(booking && movable.has(booking.status)
      ? [
          { label: t('move'), group: t('booking'), keys: 'm', icon: 'calendar' as const, run: () => onAsk('move') },
          booking.status === 'pending'
            ? { label: t('decline'), group: t('booking'), keys: 'x', icon: 'ban' as const, run: () => onAsk('decline') }
            : { label: t('cancel'), group: t('booking'), keys: 'x', icon: 'close' as const, run: () => onAsk('cancel') },
        ]
      : []),
  ])
  return (
    <aside
      aria-label={t('booking')}
      className="scroll-calm absolute inset-y-0 end-0 z-20 flex min-h-0 w-side shrink-0 flex-col overflow-auto border-s border-line bg-surface phone:static phone:w-full phone:border-0 three:static desk:max-three:animate-slide-in desk:max-three:shadow-float"
    >
      <header className="sticky top-0 z-1 flex min-h-13 items-center gap-2 border-b border-line bg-surface px-4 py-1.5 phone:ps-1">
        <span className="desk:hidden">
          <IconButton name={t('backToCalendar')} icon="chevronLeft" size="lg" tip="none" onClick={onClose} />
        </span>
        <Heading ref={heading} tabIndex={-1} className="min-w-0 flex-1 truncate text-lg tracking-[-0.01em]">
          {t('booking')}
        </Heading>
        {booking && (
          <Badge tone={looks[booking.status].tone} icon={looks[booking.status].icon}>
            {booking.status === 'pending' ? c('status/pending') : statusWords(c, booking, now, short)}
          </Badge>
        )}
        <span className="phone:hidden">
          <IconButton name={t('closePanel')} icon="close" keys="Escape" onClick={onClose} />
        </span>
      </header>
      {asked.isPending && (
        <div className="p-4">
          <TextSkeleton lines={7} />
        </div>
      )}
      {asked.isError && !booking && (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('panelFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {booking && (
        <>
          {moved && (
            <div className="px-4 pt-4">
              <Note icon="arrowRight">{t('wasMoved')}</Note>
            </div>
          )}
          <BookingFacts booking={booking} />
          <BookingActions booking={booking} now={now} onAsk={onAsk} />
          <Suspense>
            <BookingAnswers bookingId={booking.id} />
            <BookingReminders bookingId={booking.id} />
          </Suspense>
          {history.data && <BookingHistory bookings={history.data.items} />}
          <Suspense>
            {asking === 'move' && (
              <MoveDialog
                booking={booking}
                onClose={() => onAsk(undefined)}
                onMoved={(to) => {
                  onAsk(undefined)
                  onShow(to.id)
                }}
              />
            )}
            {asking === 'decline' && (
              <DeclineDialog booking={booking} onClose={() => onAsk(undefined)} onDeclined={() => onAsk(undefined)} />
            )}
            {asking === 'cancel' && (
              <CancelDialog booking={booking} onClose={() => onAsk(undefined)} onCancelled={() => onAsk(undefined)} />
            )}
          </Suspense>
        </>
      )}
    </aside>
  )
}
