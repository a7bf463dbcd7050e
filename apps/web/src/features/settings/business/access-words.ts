import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-access.ts'

/** Words of who gets in: members, invitations, API keys, the operator. */
export const accessWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-access.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-access.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type AccessTranslator = TranslatorOf<typeof accessWords>
/** The keys of these words. */
export type AccessKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasAccessWord = (key: string): key is AccessKey => Object.hasOwn(words, key)
