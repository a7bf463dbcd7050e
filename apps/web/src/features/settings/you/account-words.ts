import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-account.ts'

/** Words of the page of one's own account: mails, agreements, what is recorded, and its end. */
export const accountWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-account.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-account.ts').then((file) => file.words),
})
