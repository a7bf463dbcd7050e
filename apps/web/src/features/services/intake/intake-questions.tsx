import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../lib/i18n.tsx'
import { DateField } from '../../../ui/date-field.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { intakeQuery, type Question } from './queries.ts'
import { intakeWords } from './words.ts'

export type IntakeQuestionsProps = {
  readonly serviceId: string
  readonly answers: Readonly<Record<string, string>>
  readonly onChange: (answers: Readonly<Record<string, string>>) => void
  readonly faults: Readonly<Record<string, string | undefined>>
}

/** The questions of a service, for whoever books somebody. Nothing is needed here: she may not know. */
export function IntakeQuestions({ serviceId, answers, onChange, faults }: IntakeQuestionsProps) {
  const questions = useQuery(intakeQuery(serviceId)).data?.questions ?? []
  return questions.map((question) => (
    <QuestionField
      key={question.id}
      question={question}
      value={answers[question.id] ?? ''}
      onChange={(answer) => onChange({ ...answers, [question.id]: answer })}
      error={faults[`answers.${question.id}`]}
    />
  ))
}

type QuestionFieldProps = {
  readonly question: Question
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
}

function QuestionField({ question: { id, kind, label, help, choices }, value, onChange, error }: QuestionFieldProps) {
  const t = useWords(intakeWords)
  const field = { label, hint: help ?? undefined, optional: true, name: `answer-${id}`, value, onChange, error }
  switch (kind) {
    case 'text':
      return <TextArea rows={2} maxLength={2000} {...field} />
    case 'number':
      return <TextField inputMode="decimal" maxLength={20} autoComplete="off" {...field} />
    case 'date':
      return <DateField {...field} />
    case 'yes_no':
    case 'choice': {
      const options =
        kind === 'choice'
          ? choices.map((one) => ({ value: one, label: one }))
          : (['yes', 'no'] as const).map((one) => ({ value: one as string, label: t(one) }))
      return <Select {...field} options={[{ value: '', label: t('choose') }, ...options]} />
    }
  }
}
