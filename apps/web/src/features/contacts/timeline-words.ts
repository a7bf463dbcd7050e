import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/contact-events.ts'

/** Words of what happened, apart from those of the list, which is there first. */
export const timelineWords = featureWords(words, {
  es: () => import('../../locales/es/contact-events.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/contact-events.ts').then((file) => file.words),
})

/** The keys of these words. */
export type EventKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasEventWord = (key: string): key is EventKey => Object.hasOwn(words, key)
