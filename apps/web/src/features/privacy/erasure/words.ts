import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/privacy-erasure.ts'

/** Words of a person's rights on her card. */
export const rightsWords = featureWords(words, {
  es: () => import('../../../locales/es/privacy-erasure.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/privacy-erasure.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type RightsTranslator = TranslatorOf<typeof rightsWords>

const isWord = (key: string): key is keyof typeof words => Object.hasOwn(words, key)

/** What a table holds, in words; a table of a newer room by its name. */
export function tableWords(t: RightsTranslator, table: string): string {
  const key = `table/${table}`
  return isWord(key) ? t(key as 'table/contact') : table.replaceAll('_', ' ')
}
