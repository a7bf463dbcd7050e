import { type DayPart, dayParts } from '@frontdesk/contract'

/** What suits somebody who waits, as it is kept: a bit a weekday, Monday the lowest, and a bit a part of the day. */
export type KeptWishes = {
  readonly from_date: Temporal.PlainDate
  readonly until_date: Temporal.PlainDate
  readonly weekdays: number
  readonly parts: number
}

/** Weekdays as bits. */
export const weekdayBits = (weekdays: readonly number[]): number => weekdays.reduce((bits, day) => bits | (1 << (day - 1)), 0)
/** Weekdays out of bits, Monday first. */
export const weekdaysIn = (bits: number): number[] => [1, 2, 3, 4, 5, 6, 7].filter((day) => (bits & (1 << (day - 1))) !== 0)
/** Parts of a day as bits. */
export const partBits = (parts: readonly DayPart[]): number => parts.reduce((bits, part) => bits | (1 << dayParts.indexOf(part)), 0)
/** Parts of a day out of bits. */
export const partsIn = (bits: number): DayPart[] => dayParts.filter((_, at) => (bits & (1 << at)) !== 0)

/** The part of the day of an hour, as the booking page groups its times. */
export const partOf = (hour: number): DayPart => (hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening')

/** Whether a start suits, on her own clock. */
export function suits(wishes: KeptWishes, start: Temporal.Instant, zone: string): boolean {
  const at = start.toZonedDateTimeISO(zone)
  const date = at.toPlainDate()
  if (Temporal.PlainDate.compare(date, wishes.from_date) < 0 || Temporal.PlainDate.compare(date, wishes.until_date) > 0) return false
  return (wishes.weekdays & weekdayBits([at.dayOfWeek])) !== 0 && (wishes.parts & partBits([partOf(at.hour)])) !== 0
}

/** She can still come when she answers at the last moment. */
const beforeStart = { minutes: 30 } as const
/** Less than this nobody can be expected to read her mail in. */
const leastMinutes = 15
/** Over long holidays a time is not kept from everybody else for more than this. */
const longest = { hours: 72 } as const

export type AnswerTime = {
  readonly now: Temporal.Instant
  readonly start: Temporal.Instant
  /** How long an offer stands, counted while the business is open. */
  readonly minutes: number
  /** When it is open from now on, in order. */
  readonly open: readonly { readonly startMs: number; readonly endMs: number }[]
}

/** Until when an offer stands; null where no time is left to answer before the appointment begins. */
export function answerBy({ now, start, minutes, open }: AnswerTime): Temporal.Instant | null {
  const last = earlier(start.subtract(beforeStart), now.add(longest))
  if (Temporal.Instant.compare(now.add({ minutes: leastMinutes }), last) > 0) return null
  let left = minutes * 60_000
  for (const { startMs, endMs } of open) {
    const from = Math.max(startMs, now.epochMilliseconds)
    if (endMs <= from) continue
    if (endMs - from >= left) return earlier(last, Temporal.Instant.fromEpochMilliseconds(from + left))
    left -= endMs - from
  }
  return last
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant) => (Temporal.Instant.compare(one, other) <= 0 ? one : other)

/** After so many offers in a row without an answer nobody waits in earnest, and those behind her wait for nothing. */
export const missedAtMost = 2
