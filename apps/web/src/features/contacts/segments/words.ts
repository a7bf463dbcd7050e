import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/segments.ts'

/** Words of filters, segments and lists. */
export const segmentsWords = featureWords(words, {
  es: () => import('../../../locales/es/segments.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/segments.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type SegmentsTranslator = TranslatorOf<typeof segmentsWords>
/** The keys of these words. */
export type SegmentsKey = keyof typeof words
/** Whether there is a word under a key that is put together. */
export const hasSegmentsWord = (key: string): key is SegmentsKey => Object.hasOwn(words, key)
