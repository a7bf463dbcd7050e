import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/staff-calendars.ts'

/** Words about the calendars that people keep elsewhere. */
export const calendarsWords = featureWords(words, {
  es: () => import('../../../locales/es/staff-calendars.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/staff-calendars.ts').then((file) => file.words),
})
