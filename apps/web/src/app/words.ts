import { featureWords } from '../lib/i18n.tsx'
import { words } from '../locales/en/shell.ts'

/** Words of the shell: rooms, commands, failures. Loaded before the first screen. */
export const shellWords = featureWords(words, {
  es: () => import('../locales/es/shell.ts').then((file) => file.words),
  fr: () => import('../locales/fr/shell.ts').then((file) => file.words),
})
