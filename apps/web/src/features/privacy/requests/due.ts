import type { RequestRow } from './queries.ts'
import type { RequestTranslator } from './words.ts'

const DAY_MS = 86_400_000
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS)

/** How far away a due day is, in whole days of the business; negative once it is over. */
export const daysUntil = (day: string, today: string): number => dayNumber(day) - dayNumber(today)

/** The due day in plain words: "tomorrow", "in 4 days", "2 days late". */
export function dueWords(t: RequestTranslator, due: RequestRow['due'], today: string): string {
  if (due === null) return t('due/none')
  if (due.paused) return t('due/paused')
  const days = daysUntil(due.day, today)
  if (due.overdue || days < 0) return t('due/late', { count: Math.max(1, -days) })
  if (days === 0) return t('due/today')
  return days === 1 ? t('due/tomorrow') : t('due/in', { count: days })
}

/** How loud a due day is. */
export function dueTone(due: RequestRow['due'], today: string): 'neutral' | 'wait' | 'no' {
  if (due === null || due.paused) return 'neutral'
  if (due.overdue) return 'no'
  return daysUntil(due.day, today) <= 3 ? 'wait' : 'neutral'
}
