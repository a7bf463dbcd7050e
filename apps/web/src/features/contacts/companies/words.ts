import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/companies.ts'

/** Words of companies. */
export const companiesWords = featureWords(words, {
  es: () => import('../../../locales/es/companies.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/companies.ts').then((file) => file.words),
})
