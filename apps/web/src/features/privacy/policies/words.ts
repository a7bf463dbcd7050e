import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/policies.ts'

/** Words of the documents of the business. */
export const policiesWords = featureWords(words, {
  es: () => import('../../../locales/es/policies.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/policies.ts').then((file) => file.words),
})
