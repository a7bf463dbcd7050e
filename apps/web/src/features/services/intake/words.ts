import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/intake.ts'

/** Words of the questions that a service asks. */
export const intakeWords = featureWords(words, {
  es: () => import('../../../locales/es/intake.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/intake.ts').then((file) => file.words),
})
