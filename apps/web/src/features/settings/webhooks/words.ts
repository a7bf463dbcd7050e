import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/settings-webhooks.ts'

/** Words of webhooks: addresses that are told of events, and what was sent to them. */
export const webhookWords = featureWords(words, {
  es: () => import('../../../locales/es/settings-webhooks.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/settings-webhooks.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type WebhookTranslator = TranslatorOf<typeof webhookWords>
