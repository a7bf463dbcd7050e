import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-care.ts'

/** Words of what keeps a workspace sound: who is not contacted, and how the server stands. */
export const careWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-care.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-care.ts').then((file) => file.words),
})
