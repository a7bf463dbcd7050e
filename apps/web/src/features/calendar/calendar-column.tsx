import type { PointerEvent } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { cx } from '../../ui/cx.ts'
import { bandLook, placed } from './block-look.ts'
import { BookingBlock } from './booking-block.tsx'
import { minuteOn, type Span } from './clock-days.ts'
import { type Column, columnBlocks } from './column-blocks.ts'
import { EmptySpot } from './empty-spot.tsx'
import { OffBlock } from './off-block.tsx'
import { closedOn, dayLabel } from './open-hours.ts'
import type { Booking, TimeOff } from './queries.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'

export type CalendarColumnProps = {
  readonly column: Column
  readonly view: CalendarView
  readonly data: CalendarData
  /** The booking that is being dragged. */
  readonly lifted: string | undefined
  readonly onBegin: (event: PointerEvent<HTMLElement>, booking: Booking, span: Span) => void
  readonly onBook: (start: string, staffId: string | undefined) => void
  readonly onTimeOff: (off: TimeOff) => void
}

const notHere = () => undefined

/** One day, or the day of one person or room: closed hours, time off, bookings, and the line of now. */
export function CalendarColumn({ column, view, data, lifted, onBegin, onBook, onTimeOff }: CalendarColumnProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const { zone, now, today } = view
  const hours = data.hoursIn(column)
  const onlyPerson = data.shown.length <= 1
  const { laid, behind } = columnBlocks(column, { ...data, onlyPerson }, zone)
  const person = data.people.find(({ id }) => id === column.staffId)
  const resource = data.resources.find(({ id }) => id === column.resourceId)
  const byPerson = resource !== undefined || (person !== undefined && !onlyPerson)
  const isToday = column.date === today
  const label = hours ? dayLabel(column.date, hours) : null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a day of a calendar
    <div
      role="group"
      data-column
      aria-label={resource?.name ?? (byPerson && person ? person.name : formats.plainDate(column.date, 'weekday'))}
      className={cx(
        'relative h-[calc(var(--hour)*24)] min-w-0 border-s border-line',
        isToday && !byPerson && 'bg-[color-mix(in_oklab,var(--selected)_45%,transparent)]',
      )}
    >
      {hours &&
        closedOn(column.date, hours).map((span) => (
          <div key={span.from} style={placed(span)} className={cx(bandLook, 'bg-[color-mix(in_oklab,var(--n-3)_70%,transparent)]')} />
        ))}
      <div
        aria-hidden="true"
        className="absolute inset-0 bg-[repeating-linear-gradient(to_bottom,transparent_0_calc(var(--hour)-1px),var(--line)_calc(var(--hour)-1px)_var(--hour))]"
      />
      {label && (
        // Below the head, wherever the day is scrolled to.
        <span className="pointer-events-none sticky top-12 z-3 block px-1 pt-1 text-2xs text-ink-2">
          <bdi>{label}</bdi>
        </span>
      )}
      {isToday && (
        <div
          aria-hidden="true"
          style={{ '--at': minuteOn(now, today, zone) / 60 }}
          className="pointer-events-none absolute inset-x-0 top-[calc(var(--hour)*var(--at))] border-t-[1.5px] border-no-mark"
        />
      )}
      <EmptySpot column={column} zone={zone} onBook={onBook} />
      {behind.map(({ off, ...span }) => (
        <OffBlock key={off.id} off={off} span={span} data={data} zone={zone} named={false} onOpen={onTimeOff} />
      ))}
      {laid.map(({ item, ...lanes }) =>
        item.kind === 'off' ? (
          <OffBlock key={item.off.id} off={item.off} span={item} laid={lanes} data={data} zone={zone} named onOpen={onTimeOff} />
        ) : (
          <BookingBlock
            key={item.booking.id}
            booking={item.booking}
            span={item}
            laid={lanes}
            zone={zone}
            now={now}
            hue={data.people.length > 1 ? item.booking.staff.hue : item.booking.service.hue}
            selected={view.search.booking === item.booking.id}
            lifted={lifted === item.booking.id}
            // What is dragged over people goes to whom it is dropped on; a room is changed in the panel.
            onBegin={resource ? notHere : onBegin}
          />
        ),
      )}
      {isToday && (
        <div
          aria-hidden="true"
          style={{ '--at': minuteOn(now, today, zone) / 60 }}
          // Over a booking the line is only a hint, so that it does not look like a name struck out.
          className="pointer-events-none absolute inset-x-0 top-[calc(var(--hour)*var(--at))] z-5 border-t-[1.5px] border-no-mark/35"
        >
          {(!byPerson || data.columns[0]?.key === column.key) && (
            <span className="absolute -start-1 -top-[0.34rem] size-2 rounded-full bg-no-mark" />
          )}
        </div>
      )}
      <span className="sr-only">{isToday && t('now', { time: formats.time(now) })}</span>
    </div>
  )
}
