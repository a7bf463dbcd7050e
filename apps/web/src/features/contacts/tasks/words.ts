import { featureWords, type TranslatorOf } from '../../../lib/i18n.tsx'
import { words } from '../../../locales/en/tasks.ts'

/** Words of tasks. */
export const tasksWords = featureWords(words, {
  es: () => import('../../../locales/es/tasks.ts').then((file) => file.words),
  fr: () => import('../../../locales/fr/tasks.ts').then((file) => file.words),
})

/** The `t` of these words. */
export type TasksTranslator = TranslatorOf<typeof tasksWords>
