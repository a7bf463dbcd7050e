import { featureWords } from '../lib/i18n.tsx'
import { words } from '../locales/en/menus.ts'

/** Words of menus, palette and keys. Loaded when the first of them is opened. */
export const menuWords = featureWords(words, {
  es: () => import('../locales/es/menus.ts').then((file) => file.words),
  fr: () => import('../locales/fr/menus.ts').then((file) => file.words),
})
