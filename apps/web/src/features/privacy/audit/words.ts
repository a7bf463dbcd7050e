import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/audit.ts'

/** Words of who saw, changed and exported what. */
export const auditWords = featureWords(words, {
  es: () => import('../../../locales/es/audit.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/audit.ts').then((file) => file.words),
})

type AuditKey = keyof typeof words

/** An act in words; one that has none yet is named as the API names it, so that nothing is hidden. */
export function actionWords(action: string, t: TranslatorOf<typeof auditWords>): string {
  const key = `action/${action}`
  return isKey(key) ? t(key) : action
}

const isKey = (key: string): key is Extract<AuditKey, `action/${string}`> => Object.hasOwn(words, key)
