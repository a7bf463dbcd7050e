import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/forms.ts'

/** Words of the forms. */
export const formsWords = featureWords(words, {
  es: () => import('../../../locales/es/forms.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/forms.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type FormsTranslator = TranslatorOf<typeof formsWords>
