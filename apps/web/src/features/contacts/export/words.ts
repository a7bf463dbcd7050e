import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/exports.ts'

/** Words of exports: a list of contacts in a file. */
export const exportWords = featureWords(words, {
  es: () => import('../../../locales/es/exports.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/exports.ts').then((file) => file.words),
})
