import { featureWords } from '../lib/i18n.tsx'
import { words } from '../locales/en/ui.ts'

/** The words of the design system itself: Close, Optional, Copied. Loaded before the first screen. */
export const uiWords = featureWords(words, {
  es: () => import('../locales/es/ui.ts').then((file) => file.words),
  fr: () => import('../locales/fr/ui.ts').then((file) => file.words),
})
