import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/settings.ts'

/** Words of the settings. */
export const settingsWords = featureWords(words, {
  es: () => import('../../locales/es/settings.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/settings.ts').then((file) => file.words),
})
