/**
 * Days and minutes on the wall clock of the business. Days are ISO dates (`2026-11-22`), minutes count from local midnight by the clock on the wall, instants are
 * RFC 3339. Everything here needs `Temporal`; see with-temporal.ts.
 */

/** A stretch of a day, in minutes from midnight by the clock on the wall. */
export type Span = { readonly from: number; readonly until: number }

/** Minutes by which a day on the wall is counted. */
export const DAY_MINUTES = 1440

/** The date of a moment in a zone. */
export const dateIn = (at: string | number, zone: string): string => zoned(at, zone).toPlainDate().toString()

/** The date some days later, or earlier. */
export const shiftDate = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/** ISO weekday of a date: 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek

/** The seven days of the week a date lies in. Weeks begin where the reader's do. */
export function weekOf(date: string, firstWeekday: number): readonly string[] {
  const back = (weekdayOf(date) - firstWeekday + 7) % 7
  return Array.from({ length: 7 }, (_, day) => shiftDate(date, day - back))
}

/** From the first moment of one day to the first moment after another. A day has 23 or 25 hours when clocks change. */
export function stretchOf(first: string, last: string, zone: string): { readonly from: string; readonly to: string } {
  return { from: startOfDay(first, zone), to: startOfDay(shiftDate(last, 1), zone) }
}

/** The minute on the wall at which a moment stands on a day; moments of other days are cut to its ends. */
export function minuteOn(at: string | number, date: string, zone: string): number {
  const local = zoned(at, zone).toPlainDateTime()
  const days = Temporal.PlainDate.from(date).until(local.toPlainDate()).days
  if (days < 0) return 0
  return days > 0 ? DAY_MINUTES : local.hour * 60 + local.minute
}

/** The moment at which the clock on the wall shows a minute of a day. What a spring night leaves out lies after the gap; of two it is the first. */
export function instantAt(date: string, minute: number, zone: string): string {
  return Temporal.PlainDate.from(date)
    .toPlainDateTime()
    .add({ minutes: minute })
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
    .toInstant()
    .toString()
}

/** The part of a stretch of time that lies on a day, as it is drawn: never shorter than it lasts, even in a night whose clock goes back. */
export function spanOn(start: string, end: string, date: string, zone: string): Span | undefined {
  const day = stretchOf(date, date, zone)
  const from = later(start, day.from)
  const until = earlier(end, day.to)
  if (Temporal.Instant.compare(from, until) >= 0) return undefined
  const begins = minuteOn(from, date, zone)
  const lasts = minutesBetween(from, until)
  const wallEnd = Temporal.Instant.compare(until, day.to) === 0 ? DAY_MINUTES : minuteOn(until, date, zone)
  return { from: begins, until: Math.min(DAY_MINUTES, Math.max(wallEnd, begins + lasts)) }
}

/** How long something lasts, in minutes. */
export const minutesBetween = (from: string, until: string): number =>
  Math.round((Temporal.Instant.from(until).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 60_000)

/** A moment some minutes later. */
export const addMinutes = (at: string, minutes: number): string => Temporal.Instant.from(at).add({ minutes }).toString()

/** Whether two moments are the same, however they are written. */
export const sameMoment = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) === 0

/** By how many minutes clocks change on a day, and the minute on the wall after which they do; nothing on most days. */
export function clockChangeOn(date: string, zone: string): { readonly minutes: number; readonly after: number } | undefined {
  const begin = Temporal.PlainDate.from(date).toZonedDateTime(zone)
  // Some clocks change at midnight itself, so the search begins just before it.
  const change = begin.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next')
  if (!change?.toPlainDate().equals(begin.toPlainDate())) return undefined
  const before = change.subtract({ nanoseconds: 1 })
  const minutes = Math.round((change.offsetNanoseconds - before.offsetNanoseconds) / 60e9)
  return minutes === 0 ? undefined : { minutes, after: (before.hour * 60 + before.minute + 1) % DAY_MINUTES }
}

/** A wall clock as it is written in addresses and fields: minute 570 is `09:30`. */
export const wallTime = (minute: number): string => `${pair(Math.floor(minute / 60))}:${pair(minute % 60)}`

/** The minute of a wall clock: `09:30` is 570, `24:00` is 1440. */
export function minuteOf(wall: string): number {
  const [hours = '0', minutes = '0'] = wall.split(':')
  return Number(hours) * 60 + Number(minutes)
}

const pair = (value: number): string => String(value).padStart(2, '0')
const zoned = (at: string | number, zone: string): Temporal.ZonedDateTime =>
  (typeof at === 'number' ? Temporal.Instant.fromEpochMilliseconds(at) : Temporal.Instant.from(at)).toZonedDateTimeISO(zone)
const startOfDay = (date: string, zone: string): string => Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant().toString()
const later = (a: string, b: string): string => (Temporal.Instant.compare(a, b) < 0 ? b : a)
const earlier = (a: string, b: string): string => (Temporal.Instant.compare(a, b) < 0 ? a : b)
