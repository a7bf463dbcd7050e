import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/outbox.ts'

/** Words of the outbox room. */
export const outboxWords = featureWords(words, {
  es: () => import('../../locales/es/outbox.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/outbox.ts').then((file) => file.words),
})
