import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/contact-table.ts'

/** Words of the table of contacts. */
export const tableWords = featureWords(words, {
  es: () => import('../../../locales/es/contact-table.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/contact-table.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type TableTranslator = TranslatorOf<typeof tableWords>
