import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { type Line, Lines, newLine } from './lines.tsx'
import { type Pipeline, pipelineQuery } from './queries.ts'
import { leadsWords } from './words.ts'

type StageLine = Line & { readonly name: string; readonly probability: string }
type ReasonLine = Line & { readonly label: string }

/** The name, the stages in their order, and the reasons why leads are lost; saved together, so that the board never shows half of it. */
export function PipelineForm({ pipeline }: { readonly pipeline: Pipeline }) {
  const t = useWords(leadsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const end = (kind: 'won' | 'lost') => pipeline.stages.find((stage) => stage.kind === kind)?.name ?? ''
  const form = useForm({
    start: {
      name: pipeline.name,
      stages: pipeline.stages
        .filter(({ kind }) => kind === 'open')
        .map((stage): StageLine => ({ key: stage.id, id: stage.id, name: stage.name, probability: String(stage.probability) })),
      wonName: end('won'),
      lostName: end('lost'),
      lostReasons: pipeline.lostReasons.map((reason): ReasonLine => ({ key: reason.id, id: reason.id, label: reason.label })),
    },
    check: ({ name, stages, wonName, lostName, lostReasons }) => ({
      name: name.trim() === '' ? t('nameMissing') : undefined,
      wonName: wonName.trim() === '' ? t('nameMissing') : undefined,
      lostName: lostName.trim() === '' ? t('nameMissing') : undefined,
      stages: stages.some((stage) => stage.name.trim() === '' || !/^(100|\d{1,2})$/.test(stage.probability)) ? t('stageWrong') : undefined,
      lostReasons: lostReasons.some(({ label }) => label.trim() === '') ? t('reasonWrong') : undefined,
    }),
    send: async (values) => {
      const saved = await call('PATCH /pipelines/{pipelineId}', {
        params: { pipelineId: pipeline.id },
        body: {
          name: values.name.trim(),
          stages: values.stages.map((stage) => ({
            ...(stage.id === undefined ? {} : { id: stage.id }),
            name: stage.name.trim(),
            probability: Number(stage.probability),
          })),
          wonName: values.wonName.trim(),
          lostName: values.lostName.trim(),
          lostReasons: values.lostReasons.map((reason) => ({
            ...(reason.id === undefined ? {} : { id: reason.id }),
            label: reason.label.trim(),
          })),
        },
        version: pipeline.version,
      })
      queries.setQueryData(pipelineQuery(pipeline.id).queryKey, saved)
      await queries.invalidateQueries({ queryKey: ['leads'] })
      notices.show({ tone: 'ok', text: t('saved') })
    },
  })
  return (
    <Section title={t('stages')} intro={t('stagesIntro')}>
      <Form form={form} id={id} label={t('stages')}>
        <TextField label={t('pipelineName')} maxLength={80} {...form.field('name')} />
        <Lines<StageLine>
          label={t('stages')}
          add={t('addStage')}
          lines={form.values.stages}
          least={1}
          nameOf={({ name }) => name}
          make={() => ({ ...newLine(), name: '', probability: '50' })}
          onChange={(stages) => form.set({ stages })}
          error={form.faults.stages as string | undefined}
        >
          {(line, set) => (
            <>
              <TextField
                className="flex-1"
                label={t('stageName')}
                quiet
                maxLength={60}
                value={line.name}
                onChange={(name) => set({ ...line, name })}
              />
              <TextField
                className="w-24"
                label={t('probabilityOf', { stage: line.name })}
                quiet
                figures
                inputMode="numeric"
                after="%"
                maxLength={3}
                value={line.probability}
                onChange={(probability) => set({ ...line, probability })}
              />
            </>
          )}
        </Lines>
        <div className="grid grid-cols-2 gap-3">
          <TextField label={t('wonName')} maxLength={60} {...form.field('wonName')} />
          <TextField label={t('lostName')} maxLength={60} {...form.field('lostName')} />
        </div>
        <Lines<ReasonLine>
          label={t('lostReasons')}
          add={t('addReason')}
          lines={form.values.lostReasons}
          least={1}
          nameOf={({ label }) => label}
          make={() => ({ ...newLine(), label: '' })}
          onChange={(lostReasons) => form.set({ lostReasons })}
          error={form.faults.lostReasons as string | undefined}
        >
          {(line, set) => (
            <TextField
              className="flex-1"
              label={t('lostReason')}
              quiet
              maxLength={80}
              value={line.label}
              onChange={(label) => set({ ...line, label })}
            />
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
