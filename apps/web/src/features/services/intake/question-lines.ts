import type { Line } from '../../leads/lines.tsx'
import type { Question } from './queries.ts'

/** What an answer can be. */
export const kinds = ['text', 'choice', 'yes_no', 'number', 'date'] as const satisfies readonly Question['kind'][]

/** A question as it is edited; choices one a line. */
export type QuestionLine = Line & {
  readonly kind: Question['kind']
  readonly label: string
  readonly help: string
  readonly choices: string
  readonly required: boolean
}

/** Questions that are there, as lines to edit. */
export const linesOf = (questions: readonly Question[]): QuestionLine[] =>
  questions.map(({ id, kind, label, help, choices, required }) => ({
    key: id,
    id,
    kind,
    label,
    help: help ?? '',
    choices: choices.join('\n'),
    required,
  }))

const choicesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')

/** What can be seen to be wrong. */
export function questionsWrong(lines: readonly QuestionLine[]): 'labelMissing' | 'choicesMissing' | undefined {
  if (lines.some(({ label }) => label.trim() === '')) return 'labelMissing'
  return lines.some(({ kind, choices }) => kind === 'choice' && choicesOf(choices).length < 2) ? 'choicesMissing' : undefined
}

/** The questions as they are sent. */
export const sentQuestions = (lines: readonly QuestionLine[]) =>
  lines.map(({ id, kind, label, help, choices, required }) => ({
    ...(id === undefined ? {} : { id }),
    kind,
    label: label.trim(),
    help: help.trim() || null,
    required,
    choices: kind === 'choice' ? choicesOf(choices) : [],
  }))
