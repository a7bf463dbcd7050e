import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/registers.ts'

/** Words of the registers. */
export const registerWords = featureWords(words, {
  es: () => import('../../../locales/es/registers.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/registers.ts').then((file) => file.words),
})
