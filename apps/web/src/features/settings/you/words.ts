import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-you.ts'

/** Words of one's own settings: profile, security, where one is signed in. */
export const youWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-you.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-you.ts').then((file) => file.words),
})
