import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { minorUnits, typedAmount } from '../../lib/money.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { MoneyField } from '../../ui/money-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Line, Lines, newLine } from './lines.tsx'
import { type Checklist, checklistQuery, type Lead } from './queries.ts'
import { type Condition, questionWords } from './rule-words.ts'
import { sourceOptions } from './source-options.ts'
import { leadsWords } from './words.ts'

type QuestionLine = Line & { readonly builtIn: Checklist['questions'][number]['key']; readonly label: string }
type RuleLine = Line & {
  readonly kind: Condition['kind']
  readonly questionId: string
  readonly source: Lead['source']
  readonly amount: string
  readonly days: string
  readonly points: string
}

/** The questions of the checklist and the rules of the score; saved together, because rules are about questions. */
export function ChecklistForm({ checklist }: { readonly checklist: Checklist }) {
  const t = useWords(leadsWords)
  const { currency } = useWorkspace()
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const form = useForm({
    start: {
      questions: checklist.questions.map(
        ({ id: key, key: builtIn, label }): QuestionLine => ({ key, id: key, builtIn, label: label ?? '' }),
      ),
      rules: checklist.rules.map((rule): RuleLine => lineOf(rule, currency)),
    },
    check: ({ questions, rules }) => ({
      questions: questions.some(({ builtIn, label }) => builtIn === null && label.trim() === '') ? t('questionWrong') : undefined,
      rules: rules.some((rule) => !isWhole(rule, currency)) ? t('ruleWrong') : undefined,
    }),
    send: async ({ questions, rules }) => {
      const saved = await call('PUT /pipelines/{pipelineId}/checklist', {
        params: { pipelineId: checklist.pipelineId },
        body: {
          questions: questions.map(({ id: known, builtIn, label }) => ({
            ...(known === undefined ? {} : { id: known }),
            ...(builtIn === null ? { label: label.trim() } : {}),
          })),
          rules: rules
            // A rule about a question that was just taken away goes with it.
            .filter(({ kind, questionId }) => kind !== 'answer' || questions.some((question) => question.id === questionId))
            .map((rule) => ({ when: conditionOf(rule, currency), points: Number(rule.points) })),
        },
        version: checklist.version,
      })
      queries.setQueryData(checklistQuery(checklist.pipelineId).queryKey, saved)
      await queries.invalidateQueries({ queryKey: ['leads'] })
      notices.show({ tone: 'ok', text: t('saved') })
    },
  })
  const asked = form.values.questions.flatMap(({ id: known, builtIn, label }) =>
    known === undefined ? [] : [{ value: known, label: questionWords(t, { id: known, key: builtIn, label }) }],
  )
  const kinds = (['answer', 'source', 'value', 'next_step', 'recency'] as const).filter((kind) => kind !== 'answer' || asked.length > 0)
  return (
    <Section title={t('checklist')} intro={t('checklistSetUp')}>
      <Form form={form} id={id} label={t('checklist')}>
        <Lines<QuestionLine>
          label={t('questions')}
          add={t('addQuestion')}
          lines={form.values.questions}
          nameOf={(line) => questionWords(t, { id: line.key, key: line.builtIn, label: line.label })}
          make={() => ({ ...newLine(), builtIn: null, label: '' })}
          onChange={(questions) => form.set({ questions })}
          error={form.faults.questions as string | undefined}
        >
          {(line, set) =>
            line.builtIn === null ? (
              <TextField
                className="flex-1"
                label={t('questionLabel')}
                quiet
                maxLength={160}
                value={line.label}
                onChange={(label) => set({ ...line, label })}
              />
            ) : (
              <span className="py-1.5 text-sm">{t(`question/${line.builtIn}`)}</span>
            )
          }
        </Lines>
        <Lines<RuleLine>
          label={t('rules')}
          add={t('addRule')}
          lines={form.values.rules}
          nameOf={({ kind }) => t(`ruleKind/${kind}`)}
          make={() => ({ ...blank, ...newLine() })}
          onChange={(rules) => form.set({ rules })}
          error={form.faults.rules as string | undefined}
        >
          {(line, set) => (
            <span className="flex min-w-0 flex-1 flex-wrap gap-2">
              <Select
                className="flex-1 basis-40"
                label={t('when')}
                quiet
                value={line.kind}
                options={kinds.map((kind) => ({ value: kind, label: t(`ruleKind/${kind}`) }))}
                onChange={(kind) => set({ ...line, kind, questionId: line.questionId || (asked[0]?.value ?? '') })}
              />
              {line.kind === 'answer' && (
                <Select
                  className="flex-1 basis-40"
                  label={t('questionLabel')}
                  quiet
                  value={line.questionId}
                  options={asked}
                  onChange={(questionId) => set({ ...line, questionId })}
                />
              )}
              {line.kind === 'source' && (
                <Select
                  className="flex-1 basis-40"
                  label={t('source')}
                  quiet
                  value={line.source}
                  options={sourceOptions(t)}
                  onChange={(source) => set({ ...line, source })}
                />
              )}
              {line.kind === 'value' && (
                <MoneyField
                  label={t('atLeast')}
                  quiet
                  currency={currency}
                  value={line.amount}
                  onChange={(amount) => set({ ...line, amount })}
                />
              )}
              {line.kind === 'recency' && (
                <TextField
                  className="w-28"
                  label={t('days')}
                  quiet
                  figures
                  inputMode="numeric"
                  after={t('daysShort')}
                  maxLength={3}
                  value={line.days}
                  onChange={(days) => set({ ...line, days })}
                />
              )}
              <TextField
                className="w-28"
                label={t('points')}
                quiet
                figures
                after={t('pointsShort')}
                maxLength={4}
                value={line.points}
                onChange={(points) => set({ ...line, points })}
              />
            </span>
          )}
        </Lines>
        <FormProblem />
        <div>
          <Button type="submit" variant="solid" busy={form.sending}>
            {t('save')}
          </Button>
        </div>
      </Form>
    </Section>
  )
}

const blank = { kind: 'next_step', questionId: '', source: 'referral', amount: '', days: '14', points: '10' } as const

function lineOf({ id, when, points }: Checklist['rules'][number], currency: string): RuleLine {
  return {
    ...blank,
    key: id,
    kind: when.kind,
    points: String(points),
    ...(when.kind === 'answer' ? { questionId: when.questionId } : {}),
    ...(when.kind === 'source' ? { source: when.source } : {}),
    ...(when.kind === 'value' ? { amount: typedAmount(when.atLeastMinor, currency) } : {}),
    ...(when.kind === 'recency' ? { days: String(when.days) } : {}),
  }
}

function conditionOf({ kind, questionId, source, amount, days }: RuleLine, currency: string): Condition {
  switch (kind) {
    case 'answer':
      return { kind, questionId }
    case 'source':
      return { kind, source }
    case 'value':
      return { kind, atLeastMinor: minorUnits(amount, currency) ?? '0' }
    case 'next_step':
      return { kind }
    case 'recency':
      return { kind, days: Number(days) }
  }
}

/** Everything that the rule needs is written. */
const isWhole = ({ kind, amount, days, points }: RuleLine, currency: string): boolean =>
  /^[+-]?(100|\d{1,2})$/.test(points) &&
  (kind !== 'value' || minorUnits(amount, currency) !== undefined) &&
  (kind !== 'recency' || (/^\d{1,3}$/.test(days) && Number(days) >= 1 && Number(days) <= 365))
