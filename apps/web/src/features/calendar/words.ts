import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/calendar.ts'

/** Words of the calendar room. */
export const calendarWords = featureWords(words, {
  es: () => import('../../locales/es/calendar.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/calendar.ts').then((file) => file.words),
})
