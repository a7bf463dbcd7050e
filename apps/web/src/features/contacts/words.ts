import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/contacts.ts'

/** Words of the contacts room. */
export const contactsWords = featureWords(words, {
  es: () => import('../../locales/es/contacts.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/contacts.ts').then((file) => file.words),
})
