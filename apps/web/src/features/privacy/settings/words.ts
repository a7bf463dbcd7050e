import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/privacy-settings.ts'

/** Words of the settings of privacy. */
export const privacySettingsWords = featureWords(words, {
  es: () => import('../../../locales/es/privacy-settings.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/privacy-settings.ts').then((file) => file.words),
})

type Word = Extract<keyof typeof words, `${'name' | 'choice' | 'guard'}/${string}`>

/** The word under a name that was put together from what the server says: `choice/signals.dnt/honor`. A test holds that each exists. */
export function wordOf(name: string): Word {
  if (name in words) return name as Word
  throw new Error(`There is no word ${name}.`)
}
