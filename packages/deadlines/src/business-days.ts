import type { CalendarId } from './calendars.ts'
import { holidayNames } from './calendars.ts'
import type { DayNumber } from './day-number.ts'
import { dateParts, weekdayOf } from './day-number.ts'

/** Days that are not Saturday, Sunday or kept as a holiday. */
export type WorkCalendar = { readonly isWorkday: (day: DayNumber) => boolean }

/** The working days of one calendar, or of several together: a day counts only where all of them work. `extra` are closed days of the business itself. */
export function workCalendar(ids: readonly CalendarId[], extra: readonly DayNumber[] = []): WorkCalendar {
  const closed = new Map<number, ReadonlySet<DayNumber>>()
  const own = new Set(extra)
  const ofYear = (year: number) => {
    const known = closed.get(year)
    if (known) return known
    const days = new Set(ids.flatMap((id) => [...holidayNames(id, year, year).keys()]))
    closed.set(year, days)
    return days
  }
  return { isWorkday: (day) => weekdayOf(day) < 6 && !own.has(day) && !ofYear(dateParts(day).year).has(day) }
}

/** The day after so many business days; the day itself is not counted. */
export function addBusinessDays(day: DayNumber, count: number, calendar: WorkCalendar): DayNumber {
  let at = day
  for (let left = count; left > 0; ) {
    at += 1
    if (calendar.isWorkday(at)) left -= 1
  }
  return at
}

/** The day itself, or the next working day. */
export function workdayFrom(day: DayNumber, calendar: WorkCalendar): DayNumber {
  let at = day
  while (!calendar.isWorkday(at)) at += 1
  return at
}
