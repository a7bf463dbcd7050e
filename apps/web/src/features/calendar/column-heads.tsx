import { Link } from '@tanstack/react-router'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { HueDot } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { readCalendarSearch } from './address.ts'
import { clockChangeOn, weekdayOf } from './clock-days.ts'
import type { CalendarData } from './use-calendar-data.ts'
import type { CalendarView } from './use-calendar-view.ts'
import { calendarWords } from './words.ts'

/** What stands above the columns: days, which open, people, or rooms. */
export function ColumnHeads({ view, data }: { readonly view: CalendarView; readonly data: CalendarData }) {
  const byPerson = view.kind === 'day' && data.columns.length > 1
  return (
    <>
      {data.columns.map((column) => {
        const resource = data.resources.find(({ id }) => id === column.resourceId)
        const person = byPerson ? data.people.find(({ id }) => id === column.staffId) : undefined
        return (
          <div key={column.key} className="flex min-h-11 min-w-0 items-center gap-2 border-s border-line px-2">
            {resource ? (
              <>
                <Icon name={resource.kind === 'room' ? 'store' : 'device'} className="shrink-0 text-ink-3" />
                <bdi className="min-w-0 truncate text-sm font-medium">{resource.name}</bdi>
              </>
            ) : person ? (
              <>
                <Avatar name={person.name} id={person.id} size="sm" />
                <bdi className="min-w-0 truncate text-sm font-medium">{person.name}</bdi>
                <HueDot hue={person.hue} />
              </>
            ) : (
              <DayHead date={column.date} view={view} />
            )}
          </div>
        )
      })}
    </>
  )
}

function DayHead({ date, view }: { readonly date: string; readonly view: CalendarView }) {
  const t = useWords(calendarWords)
  const formats = useFormats(view.zone)
  const change = clockChangeOn(date, view.zone)
  const isToday = date === view.today
  // The spoken name begins as it reads, so that a day can be called by what is seen.
  const short = formats.weekday(weekdayOf(date), 'short')
  const number = formats.number(Number(date.slice(8)))
  const changeWords =
    change && t(change.minutes > 0 ? 'clocksForward' : 'clocksBack', { length: formats.duration(Math.abs(change.minutes)) })
  return (
    <>
      <Link
        from="/w/$workspace/calendar"
        to="."
        search={(before) => readCalendarSearch({ ...before, view: 'day', date: view.named(date) })}
        aria-label={`${short} ${number}, ${t('openDay', { day: formats.plainDate(date, 'weekday') })}`}
        aria-current={isToday ? 'date' : undefined}
        className="flex items-baseline gap-1.5 rounded-sm text-sm text-ink-2 no-underline hover:text-ink"
      >
        {short}{' '}
        <span
          className={cx(
            'figures rounded-sm text-lg font-medium text-ink',
            isToday && 'bg-solid px-1.5 text-on-solid forced-colors:border forced-colors:bg-[Highlight]',
          )}
        >
          {number}
        </span>
      </Link>
      {changeWords && (
        <Tooltip text={changeWords}>
          <span role="img" aria-label={changeWords} className="ms-auto text-wait-ink">
            <Icon name="clock" size="sm" />
          </span>
        </Tooltip>
      )}
    </>
  )
}
