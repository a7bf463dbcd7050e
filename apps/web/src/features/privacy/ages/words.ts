import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/ages.ts'

/** Words of age and place on a contact's card. */
export const agesWords = featureWords(words, {
  es: () => import('../../../locales/es/ages.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/ages.ts').then((file) => file.words),
})
