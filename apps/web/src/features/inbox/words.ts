import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/inbox.ts'

/** Words of the inbox room. */
export const inboxWords = featureWords(words, {
  es: () => import('../../locales/es/inbox.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/inbox.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type InboxTranslator = TranslatorOf<typeof inboxWords>
