import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/contact-rules.ts'

/** Words of the gate: own rules, registers, what somebody asked for, and a list before a launch. */
export const rulesWords = featureWords(words, {
  es: () => import('../../../locales/es/contact-rules.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/contact-rules.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type RulesTranslator = TranslatorOf<typeof rulesWords>
/** The keys of these words. */
export type RulesKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasRulesWord = (key: string): key is RulesKey => Object.hasOwn(words, key)
