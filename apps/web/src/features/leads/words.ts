import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/leads.ts'

/** Words of the leads room. */
export const leadsWords = featureWords(words, {
  es: () => import('../../locales/es/leads.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/leads.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type LeadsTranslator = TranslatorOf<typeof leadsWords>
