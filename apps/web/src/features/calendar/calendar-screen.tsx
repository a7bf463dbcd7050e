import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { CalendarHeader } from './calendar-header.tsx'
import { dateIn } from './clock-days.ts'
import { OpenRequests } from './open-requests.tsx'
import type { TimeOff } from './queries.ts'
import { useCalendarData } from './use-calendar-data.ts'
import { type CalendarView, useCalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'

// A desk shows the one, a phone the other.
const CalendarGrid = lazy(() => import('./calendar-grid.tsx').then((file) => ({ default: file.CalendarGrid })))
const DayAgenda = lazy(() => import('./day-agenda.tsx').then((file) => ({ default: file.DayAgenda })))
const AddressedBooking = lazy(() => import('./addressed-booking.tsx').then((file) => ({ default: file.AddressedBooking })))
const BookingPanel = lazy(() => import('./booking-panel.tsx').then((file) => ({ default: file.BookingPanel })))
const TimeOffDialog = lazy(() => import('./time-off-dialog.tsx').then((file) => ({ default: file.TimeOffDialog })))

/** The calendar room: days and people on one side, the open booking on the other. */
export function CalendarScreen() {
  const t = useWords(calendarWords)
  const view = useCalendarView()
  const data = useCalendarData(view)
  const formats = useFormats(view.zone)
  const [timeOff, setTimeOff] = useState<TimeOff | 'new'>()
  const [asking, setAsking] = useState<'move' | 'cancel' | 'decline'>()
  const { search, go, kind } = view
  useCalendarCommands(view, () => setTimeOff('new'))
  const shown = search.booking
  return (
    <div className="relative flex h-full min-h-0 min-w-0 bg-surface">
      <div className={`flex min-h-0 min-w-0 flex-1 flex-col ${shown ? 'phone:hidden' : ''}`}>
        <CalendarHeader view={view} data={data} onCloseTime={() => setTimeOff('new')} />
        <OpenRequests now={view.now} onShow={(booking) => go({ booking })} />
        <p className="sr-only" role="status">
          {t('shown', {
            range: kind === 'week' ? formats.dateRange(view.stretch.from, view.stretch.to) : formats.plainDate(view.date, 'weekday'),
          })}
        </p>
        {data.error ? (
          <LoadFailed error={data.error} onAgain={data.reload} />
        ) : !data.pending && data.services.length === 0 ? (
          <NothingToBook />
        ) : kind === 'agenda' ? (
          <Suspense>
            <DayAgenda view={view} data={data} onTimeOff={setTimeOff} />
          </Suspense>
        ) : (
          <Suspense>
            <CalendarGrid
              view={view}
              data={data}
              onTimeOff={setTimeOff}
              onMove={(booking) => {
                go({ booking })
                setAsking('move')
              }}
            />
          </Suspense>
        )}
      </div>
      <Suspense>
        {shown && (
          <BookingPanel
            bookingId={shown}
            now={view.now}
            asking={asking}
            onAsk={setAsking}
            onShow={(booking) => go({ booking }, { replace: true })}
            onFound={({ start }) => {
              const date = dateIn(start, view.zone)
              // A link that names only the booking shows the days around it too.
              if (!search.date && !view.dates.includes(date)) go({ date }, { replace: true })
            }}
            onClose={() => {
              setAsking(undefined)
              go({ booking: undefined })
            }}
          />
        )}
        {search.book !== undefined && <AddressedBooking view={view} data={data} />}
        {timeOff && <TimeOffDialog off={timeOff === 'new' ? undefined : timeOff} date={view.date} onClose={() => setTimeOff(undefined)} />}
      </Suspense>
    </div>
  )
}

function LoadFailed({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const t = useWords(calendarWords)
  const explain = useExplain()
  return (
    <div className="grid justify-items-start gap-3 p-4">
      <Note tone="no" role="alert">
        {t('loadFailed', { reason: explain(error).message })}
      </Note>
      <Button icon="refresh" onClick={onAgain}>
        {t('again')}
      </Button>
    </div>
  )
}

function NothingToBook() {
  const t = useWords(calendarWords)
  const { slug } = useWorkspace()
  return (
    <EmptyState
      icon="calendar"
      action={
        <Link to="/w/$workspace/services" params={{ workspace: slug }} className={buttonLook({ variant: 'solid' })}>
          {t('addService')}
        </Link>
      }
    >
      {t('emptyService')}
    </EmptyState>
  )
}

function useCalendarCommands({ go, turn, kind }: CalendarView, onCloseTime: () => void): void {
  const t = useWords(calendarWords)
  const group = t('group')
  const week = kind === 'week'
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const toWaitlist = (search: { readonly add?: true }) => void navigate({ to: '/w/$workspace/waitlist', params: { workspace }, search })
  useCommands([
    { label: t('bookSomebody'), group, keys: 'b', icon: 'plus', run: () => go({ book: 'new' }) },
    { label: t('today'), group, keys: 't', icon: 'calendar', run: () => go({ date: undefined }) },
    { label: t(week ? 'nextWeek' : 'nextDay'), group, keys: 'n', icon: 'chevronRight', run: () => turn(1) },
    { label: t(week ? 'previousWeek' : 'previousDay'), group, keys: 'p', icon: 'chevronLeft', run: () => turn(-1) },
    { label: t('dayView'), group, keys: 'd', icon: 'calendar', run: () => go({ view: 'day' }) },
    { label: t('weekView'), group, keys: 'w', icon: 'calendar', run: () => go({ view: undefined }) },
    { label: t('closeTime'), group, icon: 'ban', run: onCloseTime },
    { label: t('waitlist'), group, icon: 'clock', run: () => toWaitlist({}) },
    { label: t('addToWaitlist'), group, icon: 'plus', run: () => toWaitlist({ add: true }) },
  ])
}
