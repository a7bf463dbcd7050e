import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/website.ts'

/** Words of the booking page on other sites. */
export const websiteWords = featureWords(words, {
  es: () => import('../../../locales/es/website.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/website.ts').then((file) => file.words),
})
