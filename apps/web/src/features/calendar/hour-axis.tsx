import { useReader } from '../../lib/i18n.tsx'
import { minuteOn } from './clock-days.ts'
import { shortWhen } from './short-when.ts'
import type { CalendarView } from './use-calendar-view.ts'

/** The hours of the day along the start of the grid, and the time it is. */
export function HourAxis({ view }: { readonly view: CalendarView }) {
  const { tag } = useReader()
  const hour = new Intl.DateTimeFormat(tag, { hour: 'numeric', timeZone: 'UTC' })
  const nowMinute = view.dates.includes(view.today) ? minuteOn(view.now, view.today, view.zone) : undefined
  return (
    <div aria-hidden="true" className="figures sticky start-0 z-6 h-[calc(var(--hour)*24)] bg-surface text-2xs text-ink-3">
      {Array.from({ length: 23 }, (_, index) => index + 1).map((at) => (
        <span
          key={at}
          style={{ '--at': at }}
          className={`absolute end-2 top-[calc(var(--hour)*var(--at)-0.5rem)] ${nowMinute !== undefined && Math.abs(nowMinute - at * 60) < 13 ? 'invisible' : ''}`}
        >
          {hour.format(Date.UTC(2026, 0, 1, at))}
        </span>
      ))}
      {nowMinute !== undefined && (
        <span
          style={{ '--at': nowMinute / 60 }}
          className="absolute end-1 top-[calc(var(--hour)*var(--at)-0.5rem)] rounded-xs bg-danger px-1 font-medium whitespace-nowrap text-on-solid"
        >
          {shortWhen(tag, view.zone).clock(new Date(view.now).toISOString())}
        </span>
      )}
    </div>
  )
}
