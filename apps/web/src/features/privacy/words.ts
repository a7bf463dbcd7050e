import { featureWords, type TranslatorOf } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/privacy-room.ts'

/** Words of the privacy room: its list and its overview. */
export const roomWords = featureWords(words, {
  es: () => import('../../locales/es/privacy-room.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/privacy-room.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type RoomTranslator = TranslatorOf<typeof roomWords>
/** The keys of these words. */
export type RoomKey = keyof typeof words
/** Whether the step that would allow something has words of its own. */
export const hasStepWord = (key: string): key is Extract<RoomKey, `step/${string}`> => key.startsWith('step/') && Object.hasOwn(words, key)
