import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { ApiProblem, call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Form, FormProblem, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { TextArea } from '../../../ui/text-area.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Lines, newLine } from '../../leads/lines.tsx'
import { type Intake, intakeQuery } from './queries.ts'
import { kinds, linesOf, type QuestionLine, questionsWrong, sentQuestions } from './question-lines.ts'
import { intakeWords } from './words.ts'

const mayManage: readonly string[] = ['owner', 'admin', 'manager']

/** What a service asks whoever books it. */
export function QuestionsSection({ serviceId }: { readonly serviceId: string }) {
  const t = useWords(intakeWords)
  const explain = useExplain()
  const { role } = useWorkspace()
  const asked = useQuery(intakeQuery(serviceId))
  if (!mayManage.includes(role)) return null
  return (
    <Section title={t('title')} intro={t('intro')}>
      {asked.isPending && <TextSkeleton lines={3} />}
      {asked.isError && !asked.data && (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {asked.data && <QuestionsForm key={asked.data.version} serviceId={serviceId} intake={asked.data} />}
    </Section>
  )
}

function QuestionsForm({ serviceId, intake }: { readonly serviceId: string; readonly intake: Intake }) {
  const t = useWords(intakeWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { slug: workspace } = useWorkspace()
  const id = useId()
  const [sounds, setSounds] = useState<string>()
  const [notSensitive, setNotSensitive] = useState(false)
  const form = useForm<{ readonly lines: readonly QuestionLine[] }>({
    start: { lines: linesOf(intake.questions) },
    draft: `intake.${serviceId}.${intake.version}`,
    check: ({ lines }) => {
      const wrong = questionsWrong(lines)
      return { lines: wrong && t(wrong) }
    },
    send: async ({ lines }) => {
      setSounds(undefined)
      try {
        const saved = await call('PUT /services/{serviceId}/questions', {
          params: { serviceId },
          version: intake.version,
          body: { questions: sentQuestions(lines), notSensitive },
        })
        notices.show({ tone: 'ok', text: t('saved') })
        queries.setQueryData(intakeQuery(serviceId).queryKey, saved)
      } catch (error) {
        setSounds(wordOf(error))
        throw error
      }
    },
    onRefusal: ({ slug }) => slug === 'contacts/sensitive-field',
  })
  return (
    <Form form={form} id={id} label={t('title')}>
      <Lines<QuestionLine>
        label={t('questions')}
        add={t('add')}
        lines={form.values.lines}
        nameOf={({ label }) => label || t('question')}
        make={() => ({ ...newLine(), kind: 'text', label: '', help: '', choices: '', required: false })}
        onChange={(lines) => form.set({ lines })}
        error={form.faults.lines as string | undefined}
      >
        {(line, set) => <QuestionFields line={line} onChange={set} />}
      </Lines>
      {sounds !== undefined && (
        <div className="grid gap-2">
          <Note tone="wait" role="alert">
            {t('sensitive', { word: sounds })}{' '}
            <Link to="/w/$workspace/privacy/sensitive" params={{ workspace }} className="text-link underline underline-offset-2">
              {t('declare')}
            </Link>
          </Note>
          <Checkbox label={t('notSensitive')} value={notSensitive} onChange={setNotSensitive} />
        </div>
      )}
      <FormProblem />
      <div>
        <Button type="submit" variant="solid" busy={form.sending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}

function QuestionFields({ line, onChange }: { readonly line: QuestionLine; readonly onChange: (line: QuestionLine) => void }) {
  const t = useWords(intakeWords)
  return (
    <span className="grid min-w-0 flex-1 grid-cols-2 gap-2 phone:grid-cols-1">
      <TextField
        label={t('question')}
        maxLength={200}
        autoComplete="off"
        value={line.label}
        onChange={(label) => onChange({ ...line, label })}
      />
      <Select
        label={t('kind')}
        value={line.kind}
        // Answers keep their kind: another kind is another question.
        options={kinds.map((value) => ({ value, label: t(`kind/${value}`), disabled: line.id !== undefined && value !== line.kind }))}
        onChange={(kind) => onChange({ ...line, kind })}
      />
      <TextField
        label={t('help')}
        optional
        maxLength={300}
        autoComplete="off"
        value={line.help}
        onChange={(help) => onChange({ ...line, help })}
      />
      <span className="flex items-end">
        <Checkbox label={t('required')} value={line.required} onChange={(required) => onChange({ ...line, required })} />
      </span>
      {line.kind === 'choice' && (
        <span className="col-span-full">
          <TextArea label={t('choices')} rows={3} value={line.choices} onChange={(choices) => onChange({ ...line, choices })} />
        </span>
      )}
    </span>
  )
}

const wordOf = (error: unknown): string | undefined =>
  error instanceof ApiProblem && error.slug === 'contacts/sensitive-field' && typeof error.details.word === 'string'
    ? error.details.word
    : undefined
