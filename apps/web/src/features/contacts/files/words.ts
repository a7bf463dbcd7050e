import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/contact-files.ts'

/** Words of the files on a contact's card. */
export const contactFilesWords = featureWords(words, {
  es: () => import('../../../locales/es/contact-files.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/contact-files.ts').then((file) => file.words),
})
