import type { TranslatorOf } from '../../lib/i18n.tsx'
import { dateIn, shiftDate } from './clock-days.ts'
import type { Booking } from './queries.ts'
import type { ShortWhen } from './short-when.ts'
import type { calendarWords } from './words.ts'

/** The `t` of the calendar's words. */
export type CalendarTranslator = TranslatorOf<typeof calendarWords>

/** The status of a booking in a word or two; of a hold also until when, on the clock of the business. */
export function statusWords(
  t: CalendarTranslator,
  { status, heldUntil, request }: Pick<Booking, 'status' | 'heldUntil'> & Partial<Pick<Booking, 'request'>>,
  now: number,
  short: ShortWhen,
): string {
  if (status === 'pending' && request) return t('answerBy', { moment: short.dayTime(request.answerBy) })
  if (status !== 'held' || !heldUntil) return t(`status/${status}`)
  const [today, day] = [dateIn(now, short.zone), dateIn(heldUntil, short.zone)]
  if (day === today) return t('heldToday', { time: short.time(heldUntil) })
  if (day === shiftDate(today, 1)) return t('heldTomorrow', { time: short.time(heldUntil) })
  return t('heldUntil', { moment: short.dayTime(heldUntil) })
}
