import type { TranslatorOf } from '../../lib/i18n.tsx'
import type { Booking } from './queries.ts'
import type { calendarWords } from './words.ts'

/** The `t` of the calendar's words. */
export type CalendarTranslator = TranslatorOf<typeof calendarWords>

/** The status of a booking in a word or two; of a hold also how long it lasts. */
export function statusWords(t: CalendarTranslator, { status, heldUntil }: Pick<Booking, 'status' | 'heldUntil'>, now: number): string {
  if (status !== 'held' || !heldUntil) return t(`status/${status}`)
  const minutes = Math.max(0, Math.ceil((Date.parse(heldUntil) - now) / 60_000))
  return minutes < 100 ? t('heldLeft', { count: minutes }) : t('heldHours', { count: Math.round(minutes / 60) })
}
