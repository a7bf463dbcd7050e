import { dateIn, instantAt, shiftDate, weekdayOf } from '../calendar/clock-days.ts'

/** When a conversation that is put off comes back. */
export type SnoozeTime = { readonly key: 'later' | 'tomorrow' | 'week'; readonly at: string }

const MORNING = 9 * 60
const HOUR_MS = 3_600_000

/** In three hours as long as that is still the working day, tomorrow morning, and the morning of next Monday; on the clock of whoever puts it off. */
export function snoozeTimes(now: number, zone: string): readonly SnoozeTime[] {
  const today = dateIn(now, zone)
  const later = now + 3 * HOUR_MS
  const evening = Date.parse(instantAt(today, 19 * 60, zone))
  const monday = shiftDate(today, 8 - weekdayOf(today))
  return [
    ...(later < evening ? [{ key: 'later' as const, at: new Date(later).toISOString() }] : []),
    { key: 'tomorrow', at: instantAt(shiftDate(today, 1), MORNING, zone) },
    { key: 'week', at: instantAt(monday, MORNING, zone) },
  ]
}
