import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/resources.ts'

/** Words of rooms and equipment. */
export const resourceWords = featureWords(words, {
  es: () => import('../../../locales/es/resources.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/resources.ts').then((file) => file.words),
})
