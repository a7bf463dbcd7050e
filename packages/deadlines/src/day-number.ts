/**
 * Days as whole numbers: day 0 is 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms"). Rules that are asked a hundred thousand times a second
 * count in these instead of in calendar objects.
 */
export type DayNumber = number

/** The number of a date of the Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

/** Year, month and day of a day number. */
export function dateParts(number: DayNumber): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = number + 719468
  const era = Math.floor(shifted / 146097)
  const dayOfEra = shifted - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1 }
}

/** ISO weekday, 1 (Monday) to 7 (Sunday). */
export const weekdayOf = (number: DayNumber): number => ((((number + 3) % 7) + 7) % 7) + 1

/** The same day of the month so many months later, or the last one of a shorter month. */
export function monthsAfter(number: DayNumber, months: number): DayNumber {
  const { year, month, day } = dateParts(number)
  const count = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  const last = dayNumber(toMonth === 12 ? toYear + 1 : toYear, toMonth === 12 ? 1 : toMonth + 1, 1) - 1
  return Math.min(dayNumber(toYear, toMonth, day > 28 ? 28 : day) + Math.max(0, day - 28), last)
}

/** The day number of a date. */
export const numberOf = ({ year, month, day }: Temporal.PlainDate): DayNumber => dayNumber(year, month, day)

/** The date of a day number. */
export function dateOf(number: DayNumber): Temporal.PlainDate {
  const { year, month, day } = dateParts(number)
  return new Temporal.PlainDate(year, month, day)
}
