import { DAY_MINUTES, minuteOf, type Span, shiftDate, weekdayOf } from './clock-days.ts'

/** When somebody is there: weekly blocks on the wall clock, and days that differ. A block that ends at or before its start ends on the next day. */
export type WeekHours = {
  readonly weekly: readonly { readonly weekday: number; readonly from: string; readonly to: string }[]
  readonly exceptions: readonly DayHours[]
  /** Days on which a public holiday closes the business, unless an exception says otherwise. */
  readonly holidays?: readonly { readonly date: string; readonly label: string }[]
}

/** One day that differs. */
export type DayHours = {
  readonly date: string
  readonly closed: boolean
  readonly blocks: readonly { readonly from: string; readonly to: string }[]
  readonly label: string | null
}

/** Hours a person or a service may have of its own; with `own: false` the business's hold. */
export type MaybeOwnHours = WeekHours & { readonly own: boolean }

/** The hours that hold for a person: her own week or the business's. What differs for the business differs for her too, unless her own day says otherwise. */
export function hoursOf(person: MaybeOwnHours | undefined, business: WeekHours): WeekHours {
  if (!person?.own) return business
  const own = new Set(person.exceptions.map(({ date }) => date))
  return {
    weekly: person.weekly,
    exceptions: [...person.exceptions, ...business.exceptions.filter(({ date }) => !own.has(date))],
    holidays: (business.holidays ?? []).filter(({ date }) => !own.has(date)),
  }
}

/** What is closed on a day, in minutes on the wall. */
export function closedOn(date: string, hours: WeekHours): readonly Span[] {
  const open = [...blocksFrom(date, hours), ...blocksFrom(shiftDate(date, -1), hours).map(({ from, until }) => back({ from, until }))]
    .map(({ from, until }) => ({ from: Math.max(0, from), until: Math.min(DAY_MINUTES, until) }))
    .filter(({ from, until }) => from < until)
    .toSorted((a, b) => a.from - b.from)
  const closed: Span[] = []
  let at = 0
  for (const { from, until } of open) {
    if (from > at) closed.push({ from: at, until: from })
    at = Math.max(at, until)
  }
  if (at < DAY_MINUTES) closed.push({ from: at, until: DAY_MINUTES })
  return closed
}

/** What a day is called on which the hours differ: "Thanksgiving", "Company outing". */
export function dayLabel(date: string, hours: WeekHours): string | null {
  const exception = hours.exceptions.find((one) => one.date === date)
  return exception ? exception.label : (hours.holidays?.find((one) => one.date === date)?.label ?? null)
}

/** The earliest opening and the latest closing of some days, for a view that begins where work does. */
export function workingStretch(dates: readonly string[], hours: WeekHours): Span | undefined {
  const open = dates.flatMap((date) => blocksFrom(date, hours))
  if (open.length === 0) return undefined
  return { from: Math.min(...open.map(({ from }) => from)), until: Math.min(DAY_MINUTES, Math.max(...open.map(({ until }) => until))) }
}

/** The blocks that begin on a day; `until` may lie beyond midnight. */
function blocksFrom(date: string, { weekly, exceptions, holidays = [] }: WeekHours): readonly Span[] {
  const exception = exceptions.find((one) => one.date === date)
  if (exception) return exception.closed ? [] : exception.blocks.map(spanOf)
  if (holidays.some((one) => one.date === date)) return []
  const weekday = weekdayOf(date)
  return weekly.filter((block) => block.weekday === weekday).map(spanOf)
}

function spanOf({ from, to }: { readonly from: string; readonly to: string }): Span {
  const begin = minuteOf(from)
  const end = minuteOf(to)
  return { from: begin, until: end > begin ? end : end + DAY_MINUTES }
}

const back = ({ from, until }: Span): Span => ({ from: from - DAY_MINUTES, until: until - DAY_MINUTES })
