import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/may-contact.ts'

/** Words of what the gate answers. */
export const mayContactWords = featureWords(words, {
  es: () => import('../../locales/es/may-contact.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/may-contact.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type MayContactTranslator = TranslatorOf<typeof mayContactWords>
/** The keys of these words. */
export type MayContactKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasMayContactWord = (key: string): key is MayContactKey => Object.hasOwn(words, key)
