import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/reminders.ts'

/** Words of reminders. */
export const reminderWords = featureWords(words, {
  es: () => import('../../../locales/es/reminders.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/reminders.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type ReminderTranslator = TranslatorOf<typeof reminderWords>
