import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/consents.ts'

/** Words about consents. */
export const consentWords = featureWords(words, {
  es: () => import('../../../locales/es/consents.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/consents.ts').then((file) => file.words),
})
