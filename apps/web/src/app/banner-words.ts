import { featureWords } from '../lib/i18n.tsx'
import { words } from '../locales/en/banners.ts'

/** Words of what stands above a room. Loaded with it, after the first screen. */
export const bannerWords = featureWords(words, {
  es: () => import('../locales/es/banners.ts').then((file) => file.words),
  fr: () => import('../locales/fr/banners.ts').then((file) => file.words),
})
