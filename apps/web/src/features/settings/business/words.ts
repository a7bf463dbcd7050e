import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-business.ts'

/** Words of the business itself: name, region, hours, closing. */
export const businessWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-business.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-business.ts').then((file) => file.words),
})
