import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/notes.ts'

/** Words of notes: to whom they show, and who is mentioned. */
export const notesWords = featureWords(words, {
  es: () => import('../../../locales/es/notes.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/notes.ts').then((file) => file.words),
})
