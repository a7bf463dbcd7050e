import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/fields.ts'

/** Words of the business's own fields, of their values and of the history. */
export const fieldsWords = featureWords(words, {
  es: () => import('../../../locales/es/fields.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/fields.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type FieldsTranslator = TranslatorOf<typeof fieldsWords>
/** Whether there is a word under a key that is put together. */
export const hasFieldsWord = (key: string): key is keyof typeof words => Object.hasOwn(words, key)
