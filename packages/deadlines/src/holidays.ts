import type { DayNumber } from './day-number.ts'
import { dayNumber, weekdayOf } from './day-number.ts'

/** How a holiday's day follows from the year. Weekdays are ISO numbers; `moved` is where a weekend's holiday is kept instead. */
export type HolidayRule = {
  readonly id: string
  /** First year in which it was kept. */
  readonly since?: number
  readonly moved?: 'nearest' | 'next'
} & (
  | { readonly month: number; readonly day: number }
  /** `nth` 1 is the first such weekday of the month, -1 the last. */
  | { readonly month: number; readonly weekday: number; readonly nth: number }
  /** The last such weekday before a day of the month. */
  | { readonly month: number; readonly weekday: number; readonly before: number }
  /** Days after Easter Sunday. */
  | { readonly easter: number }
  /** The Tuesday after the first Monday of November. */
  | { readonly election: 'every_year' | 'even_years' }
)

/** One holiday of one year: its own day, and the day on which it is kept where that differs. */
export type Holiday = { readonly id: string; readonly day: DayNumber; readonly observed: DayNumber }

/** Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher). */
export function easterSunday(year: number): DayNumber {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const number = h + l - 7 * m + 114
  return dayNumber(year, Math.floor(number / 31), (number % 31) + 1)
}

/** The holidays of one year by their rules, with the days on which they are kept. */
export function holidaysByRules(rules: readonly HolidayRule[], year: number): readonly Holiday[] {
  const found = rules.flatMap((rule) => {
    const day = year < (rule.since ?? year) ? null : dayOf(rule, year)
    return day === null ? [] : [{ rule, day }]
  })
  const taken = new Set(found.filter(({ day }) => weekdayOf(day) < 6).map(({ day }) => day))
  return found.map(({ rule, day }) => {
    const observed = observedDay(day, rule.moved, taken)
    taken.add(observed)
    return { id: rule.id, day, observed }
  })
}

function dayOf(rule: HolidayRule, year: number): DayNumber | null {
  if ('easter' in rule) return easterSunday(year) + rule.easter
  if ('election' in rule) return rule.election === 'even_years' && year % 2 === 1 ? null : nthWeekday(year, 11, 1, 1) + 1
  if ('day' in rule) return dayNumber(year, rule.month, rule.day)
  if ('before' in rule) {
    const last = dayNumber(year, rule.month, rule.before) - 1
    return last - ((weekdayOf(last) - rule.weekday + 7) % 7)
  }
  if (rule.nth > 0) return nthWeekday(year, rule.month, rule.weekday, rule.nth)
  const last = (rule.month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, rule.month + 1, 1)) - 1
  return last - ((weekdayOf(last) - rule.weekday + 7) % 7)
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): DayNumber {
  const first = dayNumber(year, month, 1)
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1)
}

/** Where a weekend's holiday is kept: `nearest` Friday or Monday, or the `next` weekday that is not itself a holiday. */
function observedDay(day: DayNumber, moved: HolidayRule['moved'], taken: ReadonlySet<DayNumber>): DayNumber {
  const weekday = weekdayOf(day)
  if (moved === undefined || weekday < 6) return day
  if (moved === 'nearest') return weekday === 6 ? day - 1 : day + 1
  let next = day
  while (weekdayOf(next) > 5 || taken.has(next)) next += 1
  return next
}
