import { featureWords } from '../../lib/i18n.tsx'
import { words } from '../../locales/en/onboarding.ts'

/** Words of the first minutes. */
export const onboardingWords = featureWords(words, {
  es: () => import('../../locales/es/onboarding.ts').then((file) => file.words),
  fr: () => import('../../locales/fr/onboarding.ts').then((file) => file.words),
})
