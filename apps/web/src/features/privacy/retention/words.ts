import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/retention.ts'

/** Words of how long what is kept, and of what must not go. */
export const retentionWords = featureWords(words, {
  es: () => import('../../../locales/es/retention.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/retention.ts').then((file) => file.words),
})
