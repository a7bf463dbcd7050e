import type { Rule } from './queries.ts'
import type { ReminderTranslator } from './words.ts'

/** `1 day before`. */
export function whenOf(t: ReminderTranslator, { moment, amount, unit }: Pick<Rule, 'moment' | 'amount' | 'unit'>): string {
  const length = t(`long/${unit}`, { count: amount })
  return moment === 'before' ? t('whenBefore', { length }) : t('whenAfter', { length })
}
