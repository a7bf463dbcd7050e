import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/sensitive.ts'

/** Words of protected fields, and of numbers that do not belong into texts. */
export const sensitiveWords = featureWords(words, {
  es: () => import('../../../locales/es/sensitive.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/sensitive.ts').then((file) => file.words),
})
