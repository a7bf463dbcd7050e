import { firstWeekday } from '@frontdesk/i18n'
import { getRouteApi } from '@tanstack/react-router'
import { useMinute } from '../../lib/clock.ts'
import { useReader } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useWorkspace } from '../../lib/session.ts'
import { type CalendarSearch, readCalendarSearch } from './address.ts'
import { dateIn, shiftDate, stretchOf, weekOf } from './clock-days.ts'
import type { Stretch } from './queries.ts'

const route = getRouteApi('/w/$workspace/calendar')

/** Which part of the calendar is on the screen, as the address says, and how to go elsewhere. */
export type CalendarView = {
  /** The zone of the business, in which everything is drawn. */
  readonly zone: string
  readonly now: number
  readonly today: string
  /** `agenda` is the phone's list of one day. */
  readonly kind: 'week' | 'day' | 'agenda'
  readonly date: string
  /** The week the date lies in. */
  readonly week: readonly string[]
  /** The days drawn. */
  readonly dates: readonly string[]
  /** What is loaded: the days drawn, and the whole week on the phone, whose strip shows it. */
  readonly stretch: Stretch
  readonly search: CalendarSearch
  /** Changes the address; what is `undefined` goes away. With `replace` the way back leads past it. */
  readonly go: (change: Partial<CalendarSearch>, options?: { readonly replace?: boolean }) => void
  /** The day as the address names it: nothing for today, so that a kept link stays today's. */
  readonly named: (date: string) => string | undefined
  /** A week, or a day, further on or back. */
  readonly turn: (steps: 1 | -1) => void
}

/** Reads the calendar's address. */
export function useCalendarView(): CalendarView {
  const { zone } = useWorkspace()
  const { tag } = useReader()
  // Read again, because the router passes on what the reading left out.
  const search = readCalendarSearch(route.useSearch())
  const navigate = route.useNavigate()
  const narrow = useNarrow()
  const now = useMinute()
  const today = dateIn(now, zone)
  const date = search.date ?? today
  const kind = narrow ? 'agenda' : (search.view ?? 'week')
  const week = weekOf(date, firstWeekday(tag))
  const dates = kind === 'week' ? week : [date]
  const [first = date, last = date] = kind === 'day' ? [date, date] : [week[0], week.at(-1)]
  const named = (day: string) => (day === today ? undefined : day)
  const go: CalendarView['go'] = (change, options) =>
    void navigate({ search: (before) => readCalendarSearch({ ...before, ...change }), replace: options?.replace ?? false })
  return {
    zone,
    now,
    today,
    kind,
    date,
    week,
    dates,
    stretch: stretchOf(first, last, zone),
    search,
    go,
    named,
    turn: (steps) => go({ date: named(shiftDate(date, kind === 'week' ? 7 * steps : steps)) }),
  }
}
