import { featureWords } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/incidents.ts'

/** Words of the register of incidents. */
export const incidentWords = featureWords(words, {
  es: () => import('../../../locales/es/incidents.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/incidents.ts').then((file) => file.words),
})
