import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/team-terms.ts'

/** Words of processing terms, instructions, training, and who may do what. */
export const teamWords = featureWords(words, {
  es: () => import('../../../locales/es/team-terms.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/team-terms.ts').then((file) => file.words),
})
