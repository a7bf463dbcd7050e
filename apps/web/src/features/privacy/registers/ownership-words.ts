import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/ownership.ts'

/** Words of changes of ownership. */
export const ownershipWords = featureWords(words, {
  es: () => import('../../../locales/es/ownership.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/ownership.ts').then((file) => file.words),
})
