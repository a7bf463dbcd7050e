import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/cookies.ts'

/** Words of cookies, signals, and of who is kept apart. */
export const cookiesWords = featureWords(words, {
  es: () => import('../../../locales/es/cookies.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/cookies.ts').then((file) => file.words),
})
