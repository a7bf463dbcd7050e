import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/legal-requests.ts'

/** Words of requests by authorities, and of the account of disclosures. */
export const legalWords = featureWords(words, {
  es: () => import('../../../locales/es/legal-requests.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/legal-requests.ts').then((file) => file.words),
})
