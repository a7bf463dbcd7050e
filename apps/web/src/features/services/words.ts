import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/services.ts'

/** Words of the services room. */
export const servicesWords = featureWords(words, {
  es: () => import('../../locales/es/services.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/services.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type ServicesTranslator = TranslatorOf<typeof servicesWords>
/** The keys of these words. */
export type ServicesKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasServicesWord = (key: string): key is ServicesKey => Object.hasOwn(words, key)
