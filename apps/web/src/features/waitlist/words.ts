import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/waitlist.ts'

/** Words of the waitlist. */
export const waitlistWords = featureWords(words, {
  es: () => import('../../locales/es/waitlist.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/waitlist.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type WaitlistTranslator = TranslatorOf<typeof waitlistWords>
