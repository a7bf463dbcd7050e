import type { IntakeQuestion } from '@frontdesk/contract'
import { type Html, type HtmlValue, html } from '../../../platform/http/index.ts'
import type { AnswerFault } from '../intake/intake.rules.ts'
import { icon } from './icons.ts'
import type { Visit } from './visit.ts'

/** What was typed, by question. */
export type TypedAnswers = Readonly<Record<string, string>>

/** An answer that cannot be taken, and the word that says what to do. */
export type AnswerError = {
  readonly field: `q_${string}`
  readonly word: 'errAnswer' | 'errNumber' | 'errDate'
  /** The question it is about, where several are asked. */
  readonly about: string
}

const words: Readonly<Record<AnswerFault, AnswerError['word']>> = {
  missing: 'errAnswer',
  unknown: 'errAnswer',
  not_a_choice: 'errAnswer',
  not_yes_or_no: 'errAnswer',
  not_a_number: 'errNumber',
  not_a_date: 'errDate',
}

/** The answers of a form that was sent. */
export const answersIn = (form: Readonly<Record<string, string | undefined>>, questions: readonly IntakeQuestion[]): TypedAnswers =>
  Object.fromEntries(questions.map(({ id }) => [id, (form[`q_${id}`] ?? '').replace(/\r\n/g, '\n').slice(0, 2000)]))

/** What is wrong, in the order of the questions. */
export const answerErrors = (
  questions: readonly IntakeQuestion[],
  faults: readonly { readonly questionId: string; readonly fault: AnswerFault }[],
): AnswerError[] =>
  questions.flatMap(({ id, label }) => {
    const found = faults.find(({ questionId }) => questionId === id)
    return found ? [{ field: `q_${id}` as const, word: words[found.fault], about: label }] : []
  })

export type IntakeFacts = {
  readonly questions: readonly IntakeQuestion[]
  readonly typed: TypedAnswers
  readonly errors: readonly { readonly field: string; readonly word: string }[]
}

/** A field for each question, complete without script. The words are the business's own, in its language. */
export const intakeFields = (visit: Visit, facts: IntakeFacts): HtmlValue =>
  facts.questions.map((question) => questionField(visit, question, facts))

function questionField({ t }: Visit, question: IntakeQuestion, { typed, errors }: IntakeFacts): Html {
  const { id, label, help, required } = question
  const name = `q_${id}`
  const error = errors.find(({ field }) => field === name)
  const described = [help !== null && `${name}-hint`, error && `${name}-error`].filter((one) => one).join(' ')
  const shared = html`id="${name}" name="${name}" class="input"${required && html` required`}${error && html` aria-invalid="true"`}${described !== '' && html` aria-describedby="${described}"`}`
  return html`<div class="field"><label for="${name}"><bdi>${label}</bdi>${!required && html` <span class="meta">${t('optional')}</span>`}</label>${control(t, question, shared, typed[id] ?? '')}${help !== null && html`<p class="meta" id="${name}-hint"><bdi>${help}</bdi></p>`}${error && html`<p class="err" id="${name}-error">${icon('alert')}${t(error.word as AnswerError['word'])}</p>`}</div>`
}

function control(t: Visit['t'], { kind, choices }: IntakeQuestion, shared: Html, value: string): Html {
  switch (kind) {
    case 'text':
      return html`<textarea ${shared} rows="2" maxlength="2000">${value}</textarea>`
    case 'number':
      return html`<input ${shared} inputmode="decimal" maxlength="20" value="${value}">`
    case 'date':
      return html`<input ${shared} type="date" value="${value}">`
    case 'yes_no':
    case 'choice': {
      const options =
        kind === 'choice'
          ? choices.map((one) => [one, one])
          : [
              ['yes', t('yes')],
              ['no', t('no')],
            ]
      return html`<select ${shared}><option value="">${t('pleaseChoose')}</option>${options.map(
        ([of = '', said = '']) => html`<option value="${of}"${of === value && html` selected`}>${said}</option>`,
      )}</select>`
    }
  }
}

/** An answer as it is shown to the one who gave it. */
export function answerShown({ t, f }: Visit, { kind, answer }: { readonly kind: IntakeQuestion['kind']; readonly answer: string }): string {
  if (kind === 'yes_no') return t(answer === 'yes' ? 'yes' : 'no')
  if (kind === 'date') return f.plainDate(answer)
  return kind === 'number' ? f.number(Number(answer)) : answer
}
