import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/settings.ts'

/** Words of the settings: their list, and what their pages share. */
export const settingsWords = featureWords(words, {
  es: () => import('../../locales/es/settings.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/settings.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type SettingsTranslator = TranslatorOf<typeof settingsWords>
