import { type DayPart, dayParts, PlainDate } from '@frontdesk/contract'

/** What would suit, as it was typed into the form. */
export type TypedWishes = {
  readonly staffId: string | null
  readonly fromDate: string
  readonly untilDate: string
  readonly weekdays: readonly number[]
  readonly parts: readonly DayPart[]
}

/** A part of the wishes that is not right, and the word that says what to do. */
export type WishError = {
  readonly wish: true
  readonly field: 'fromDate' | 'untilDate' | 'days' | 'parts'
  readonly word: 'errWaitFrom' | 'errWaitUntil' | 'errWaitDays' | 'errWaitParts'
}

const allDays = [1, 2, 3, 4, 5, 6, 7]
const usualDays = 28
const farthestDays = 366

/** What stands in the form at first: any time of the next four weeks. */
export const anyTime = (today: Temporal.PlainDate, staffId: string | null): TypedWishes => ({
  staffId,
  fromDate: today.toString(),
  untilDate: today.add({ days: usualDays }).toString(),
  weekdays: allDays,
  parts: [...dayParts],
})

/** What was typed, out of a form that was sent. */
export function wishesOf(form: Readonly<Record<string, string>>): TypedWishes {
  return {
    staffId: form.staff ? form.staff : null,
    fromDate: form.fromDate ?? '',
    untilDate: form.untilDate ?? '',
    weekdays: allDays.filter((day) => form[`day_${day}`] === 'on'),
    parts: dayParts.filter((part) => form[`part_${part}`] === 'on'),
  }
}

/** What is not right with wishes, in the order of the form. */
export function wishErrors(wishes: TypedWishes, today: Temporal.PlainDate): WishError[] {
  const from = PlainDate.safeParse(wishes.fromDate)
  const until = PlainDate.safeParse(wishes.untilDate)
  const least = from.success && wishes.fromDate > today.toString() ? wishes.fromDate : today.toString()
  const last = today.add({ days: farthestDays }).toString()
  const untilFits = until.success && wishes.untilDate >= least && wishes.untilDate <= last
  return [
    ...(from.success ? [] : [{ wish: true, field: 'fromDate', word: 'errWaitFrom' } as const]),
    ...(untilFits ? [] : [{ wish: true, field: 'untilDate', word: 'errWaitUntil' } as const]),
    ...(wishes.weekdays.length > 0 ? [] : [{ wish: true, field: 'days', word: 'errWaitDays' } as const]),
    ...(wishes.parts.length > 0 ? [] : [{ wish: true, field: 'parts', word: 'errWaitParts' } as const]),
  ]
}
