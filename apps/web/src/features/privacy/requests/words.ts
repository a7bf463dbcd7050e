import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/requests.ts'

/** Words of requests about rights, of complaints, and of the office. */
export const requestWords = featureWords(words, {
  es: () => import('../../../locales/es/requests.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/requests.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type RequestTranslator = TranslatorOf<typeof requestWords>
