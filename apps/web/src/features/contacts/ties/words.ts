import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/ties.ts'

/** Words of handles and relations. */
export const tiesWords = featureWords(words, {
  es: () => import('../../../locales/es/ties.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/ties.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type TiesTranslator = TranslatorOf<typeof tiesWords>
