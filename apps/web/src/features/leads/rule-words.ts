import type { Formats } from '@frontdesk/i18n'
import type { Checklist } from './queries.ts'
import type { LeadsTranslator } from './words.ts'

type Question = Checklist['questions'][number]
export type Condition = Checklist['rules'][number]['when']

/** A question in words: those that every pipeline has are said in the reader's language. */
export const questionWords = (t: LeadsTranslator, { key, label }: Question): string => (key === null ? (label ?? '') : t(`question/${key}`))

/** When a rule gives its points, in words. Amounts are in the business's currency. */
export function ruleWords(t: LeadsTranslator, formats: Formats, when: Condition, questions: readonly Question[], currency: string): string {
  switch (when.kind) {
    case 'answer': {
      const question = questions.find(({ id }) => id === when.questionId)
      return t('rule/answer', { question: question ? questionWords(t, question) : '' })
    }
    case 'source':
      return t('rule/source', { source: t(`source/${when.source}`) })
    case 'value':
      return t('rule/value', { amount: formats.money({ minor: when.atLeastMinor, currency }, { short: true }) })
    case 'next_step':
      return t('rule/next_step')
    case 'recency':
      return t('rule/recency', { count: when.days })
  }
}
