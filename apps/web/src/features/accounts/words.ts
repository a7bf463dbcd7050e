import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/accounts.ts'

/** Words of getting in: sign-in, setup, invitations. */
export const accountsWords = featureWords(words, {
  es: () => import('../../locales/es/accounts.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/accounts.ts').then((file) => file.words),
})
