import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/imports.ts'

/** Words of imports. */
export const importWords = featureWords(words, {
  es: () => import('../../../locales/es/imports.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/imports.ts').then((file) => file.words),
})
