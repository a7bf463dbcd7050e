import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { AgendaBooking, AgendaNow, AgendaOff } from './agenda-rows.tsx'
import { dateIn, sameMoment, weekdayOf } from './clock-days.ts'
import { closedOn, dayLabel } from './open-hours.ts'
import type { TimeOff } from './queries.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'

export type DayAgendaProps = {
  readonly view: CalendarView
  readonly data: CalendarData
  readonly onTimeOff: (off: TimeOff) => void
}

/** The phone's calendar: the days of a week to choose from, and one day as a list. */
export function DayAgenda({ view, data, onTimeOff }: DayAgendaProps) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const { zone, date, now, today } = view
  const onDay = <Item extends { readonly start: string; readonly end: string }>(items: readonly Item[]) =>
    items.filter(
      ({ start, end }) =>
        dateIn(start, zone) <= date && (dateIn(end, zone) > date || (dateIn(end, zone) === date && !sameMoment(start, end))),
    )
  const entries = [
    ...onDay(data.bookings).map((booking) => ({ key: booking.id as string, start: booking.start, booking })),
    ...onDay(data.timeOff).map((off) => ({ key: off.id, start: off.start, off })),
  ].toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))
  const firstLater = entries.findIndex(({ start }) => Date.parse(start) > now)
  const nowAt = date !== today ? -1 : firstLater === -1 ? entries.length : firstLater
  const hours = data.columns[0] && data.hoursIn(data.columns[0])
  const label = hours ? dayLabel(date, hours) : null
  const closed = hours && closedOn(date, hours).some(({ from, until }) => from === 0 && until === 1440)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <DayStrip view={view} data={data} />
      <div className="scroll-calm min-h-0 flex-1 overflow-auto overscroll-contain px-2 py-2" data-scroll>
        <h2 className="px-2 py-1 text-sm font-medium text-ink-2">
          {formats.plainDate(date, 'weekday')}
          {closed && <span className="ms-2 font-normal text-ink-3">{label ? t('closedDayLabel', { label }) : t('closedDay')}</span>}
        </h2>
        <ol data-list className="grid">
          {entries.map((entry, index) => (
            <li key={entry.key} className="grid">
              {index === nowAt && <AgendaNow now={now} zone={zone} />}
              {'booking' in entry ? (
                <AgendaBooking
                  booking={entry.booking}
                  now={now}
                  zone={zone}
                  hue={data.people.length > 1 ? entry.booking.staff.hue : entry.booking.service.hue}
                  people={data.people}
                />
              ) : (
                <AgendaOff off={entry.off} data={data} zone={zone} onOpen={onTimeOff} />
              )}
            </li>
          ))}
        </ol>
        {nowAt === entries.length && entries.length > 0 && <AgendaNow now={now} zone={zone} />}
        {entries.length === 0 && !data.pending && (
          <div className="grid justify-items-center gap-3 px-6 py-12 text-center text-ink-2">
            <p>{t('nothingOn')}</p>
            <Button icon="plus" onClick={() => view.go({ book: 'new' })}>
              {t('bookSomebody')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}

/** Seven days to choose from, each saying how much is on it. */
function DayStrip({ view, data }: { readonly view: CalendarView; readonly data: CalendarData }) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const counts = Map.groupBy(data.bookings, (booking) => dateIn(booking.start, view.zone))
  return (
    <div className="grid shrink-0 grid-cols-7 gap-1 border-b border-line px-2 py-1.5">
      {view.week.map((date) => {
        const count = counts.get(date)?.length ?? 0
        const chosen = date === view.date
        const short = formats.weekday(weekdayOf(date), 'short')
        const number = formats.number(Number(date.slice(8)))
        return (
          <button
            key={date}
            type="button"
            aria-pressed={chosen}
            aria-label={`${short} ${number}, ${formats.plainDate(date, 'weekday')}, ${t('bookingsOn', { count })}`}
            onClick={() => view.go({ date: view.named(date) }, { replace: true })}
            className={cx(
              'grid min-h-13 content-center justify-items-center rounded-md text-xs',
              chosen ? 'bg-solid text-on-solid forced-colors:outline-2' : 'text-ink-2 hover:bg-hover',
            )}
          >
            {short}{' '}
            <span className={cx('figures text-md font-medium', !chosen && (date === view.today ? 'text-link' : 'text-ink'))}>{number}</span>
            <span aria-hidden="true" className={cx('size-1 rounded-full', count > 0 && (chosen ? 'bg-on-solid' : 'bg-mark-2'))} />
          </button>
        )
      })}
    </div>
  )
}
