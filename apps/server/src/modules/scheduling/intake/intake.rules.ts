import type { IntakeAnswers, IntakeQuestion } from '@frontdesk/contract'

/** Why an answer cannot be taken. */
export type AnswerFault = 'missing' | 'unknown' | 'not_a_choice' | 'not_yes_or_no' | 'not_a_number' | 'not_a_date'

export type ReadAnswers = {
  /** What is kept, by question; null takes an answer back. */
  readonly answers: ReadonlyMap<string, string | null>
  readonly faults: readonly { readonly questionId: string; readonly fault: AnswerFault }[]
}

const NUMBER = /^[+-]?\d{1,12}([.,]\d{1,6})?$/
const FAR = { from: '1900-01-01', to: '2200-01-01' }

/** Reads what was typed by the kinds of the questions. `complete`: every required one needs an answer, as when somebody books for herself. */
export function readAnswers(
  questions: readonly Pick<IntakeQuestion, 'id' | 'kind' | 'required' | 'choices'>[],
  typed: IntakeAnswers,
  complete: boolean,
): ReadAnswers {
  const answers = new Map<string, string | null>()
  const faults: { questionId: string; fault: AnswerFault }[] = []
  for (const question of questions) {
    const text = typed[question.id]?.trim()
    if (text === undefined || text === '') {
      if (question.required && (complete || text === '')) faults.push({ questionId: question.id, fault: 'missing' })
      else if (text === '') answers.set(question.id, null)
      continue
    }
    const read = readAnswer(question, text)
    if ('fault' in read) faults.push({ questionId: question.id, fault: read.fault })
    else answers.set(question.id, read.answer)
  }
  const known = new Set(questions.map(({ id }) => id))
  for (const id of Object.keys(typed)) if (!known.has(id)) faults.push({ questionId: id, fault: 'unknown' })
  return { answers, faults }
}

function readAnswer(
  { kind, choices }: Pick<IntakeQuestion, 'kind' | 'choices'>,
  text: string,
): { readonly answer: string } | { readonly fault: AnswerFault } {
  switch (kind) {
    case 'text':
      return { answer: text }
    case 'choice':
      return choices.includes(text) ? { answer: text } : { fault: 'not_a_choice' }
    case 'yes_no':
      return text === 'yes' || text === 'no' ? { answer: text } : { fault: 'not_yes_or_no' }
    case 'number': {
      const plain = text.replace(/[\s\u00a0\u202f]/g, '')
      return NUMBER.test(plain) ? { answer: plain.replace(',', '.').replace(/^\+/, '') } : { fault: 'not_a_number' }
    }
    case 'date': {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FAR.from || text > FAR.to) return { fault: 'not_a_date' }
      try {
        return { answer: Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() }
      } catch {
        return { fault: 'not_a_date' }
      }
    }
  }
}
