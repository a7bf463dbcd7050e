import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/duplicates.ts'

/** Words of contacts that may be one person. */
export const duplicatesWords = featureWords(words, {
  es: () => import('../../../locales/es/duplicates.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/duplicates.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type DuplicatesTranslator = TranslatorOf<typeof duplicatesWords>
/** Whether there is a word under a key that is put together. */
export const hasDuplicatesWord = (key: string): key is keyof typeof words => Object.hasOwn(words, key)
