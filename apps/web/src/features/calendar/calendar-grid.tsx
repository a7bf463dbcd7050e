import { lazy, type RefObject, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { useWords } from '../../lib/i18n.tsx'
import { CalendarColumn } from './calendar-column.tsx'
import { DAY_MINUTES, minuteOn } from './clock-days.ts'
import { type Column, columnBlocks } from './column-blocks.ts'
import { ColumnHeads } from './column-heads.tsx'
import type { BeginDrag } from './drag-layer.tsx'
import { settleGrid, walkGrid } from './grid-keys.ts'
import { HourAxis } from './hour-axis.tsx'
import { closedOn, workingStretch } from './open-hours.ts'
import type { TimeOff } from './queries.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'

const DragLayer = lazy(() => import('./drag-layer.tsx').then((file) => ({ default: file.DragLayer })))

export type CalendarGridProps = {
  readonly view: CalendarView
  readonly data: CalendarData
  readonly onTimeOff: (off: TimeOff) => void
  /** The keyboard's way to move a booking. */
  readonly onMove: (bookingId: string) => void
}

/** The week, or a day with its people, drawn to the hour. */
export function CalendarGrid({ view, data, onTimeOff, onMove }: CalendarGridProps) {
  const t = useWords(calendarWords)
  const scroller = useRef<HTMLElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const begin = useRef<BeginDrag>(undefined)
  const [lifted, setLifted] = useState<string>()
  useScrollToWork(scroller, view, data)
  const least = data.columns.length > 7 ? '9rem' : '0'
  // A closed day on which nothing happens leaves its place to the others.
  const tracks = data.columns.map((column) => (isQuiet(column, view, data) ? 'minmax(4.9rem, 0.45fr)' : `minmax(${least}, 1fr)`)).join(' ')
  return (
    <section
      ref={scroller}
      data-scroll
      data-list
      // Where nothing is booked, the days themselves take the focus, so that the keyboard can scroll them.
      tabIndex={data.bookings.length + data.timeOff.length === 0 ? 0 : undefined}
      aria-label={t('grid')}
      // It scrolls to where work begins once everything is here.
      aria-busy={data.pending || undefined}
      onKeyDown={(event) => walkGrid(event, onMove)}
      onFocus={settleGrid}
      style={{ '--hour': '4.9rem', '--tracks': tracks }}
      className="scroll-calm min-h-0 flex-1 scroll-ps-14 scroll-pt-14 overflow-auto overscroll-contain"
    >
      <div className="sticky top-0 z-8 grid min-w-full grid-cols-[3.5rem_var(--tracks)] border-b border-line bg-surface">
        <span className="sticky start-0 z-1 bg-surface" />
        <ColumnHeads view={view} data={data} />
      </div>
      <div ref={grid} className="relative grid min-w-full grid-cols-[3.5rem_var(--tracks)]">
        <HourAxis view={view} />
        {data.columns.map((column) => (
          <CalendarColumn
            key={column.key}
            column={column}
            view={view}
            data={data}
            lifted={lifted}
            onBegin={(...drag) => begin.current?.(...drag)}
            onBook={(start, person) => view.go({ book: start, person })}
            onTimeOff={onTimeOff}
          />
        ))}
        <Suspense>
          <DragLayer grid={grid} view={view} data={data} begin={begin} onLift={setLifted} />
        </Suspense>
      </div>
    </section>
  )
}

/** Closed from midnight to midnight, and nothing booked all the same. */
function isQuiet(column: Column, { kind, zone }: CalendarView, data: CalendarData): boolean {
  const hours = kind === 'week' ? data.hoursIn(column) : undefined
  if (!hours || !closedOn(column.date, hours).some(({ from, until }) => from === 0 && until === DAY_MINUTES)) return false
  const { laid, behind } = columnBlocks(column, { ...data, onlyPerson: true }, zone)
  return laid.length + behind.length === 0
}

/** A day begins where work does, not at midnight; today's begins at this hour. Once a view, so that nobody is scrolled away from what she looks at. */
function useScrollToWork(scroller: RefObject<HTMLElement | null>, view: CalendarView, data: CalendarData): void {
  const done = useRef('')
  const { kind, now, today, zone, dates } = view
  const ready = !data.pending
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || !ready || done.current === kind) return
    done.current = kind
    const hours = data.columns[0] && data.hoursIn(data.columns[0])
    const opens = (hours && workingStretch(dates, hours)?.from) ?? 480
    const hour = (element.scrollHeight - 45) / 24
    const visible = (element.clientHeight - 45) / hour
    const nowHour = dates.includes(today) ? minuteOn(now, today, zone) / 60 : undefined
    const from = opens / 60 - 0.5
    // Late in the day the present is worth more than the morning.
    const top = nowHour !== undefined && nowHour > from + visible - 1 ? nowHour - visible / 2 : from
    element.scrollTop = Math.max(0, top * hour)
  }, [scroller, ready, kind, now, today, zone, dates, data])
}
