import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { FieldNote } from '../../ui/field.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { mayWorkOnLeads } from './may-work.ts'
import { type Routing, routingQuery } from './queries.ts'
import { leadsWords } from './words.ts'

const MOST_MINUTES = 2400

/** Who is given new leads, and how long they may wait for a first answer. */
export function RoutingForm({ routing }: { readonly routing: Routing }) {
  const t = useWords(leadsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const note = useId()
  const members = (useQuery(membersQuery).data?.items ?? []).filter(({ role }) => mayWorkOnLeads.includes(role))
  const form = useForm({
    start: {
      way: routing.way,
      previousFirst: routing.previousFirst,
      memberIds: routing.memberIds as readonly string[],
      answerMinutes: routing.answerMinutes === null ? '' : String(routing.answerMinutes),
    },
    check: ({ way, memberIds, answerMinutes }) => ({
      memberIds: way !== 'nobody' && memberIds.length === 0 ? t('nobodyTakesPart') : undefined,
      answerMinutes:
        answerMinutes.trim() !== '' &&
        !(/^\d{1,4}$/.test(answerMinutes.trim()) && Number(answerMinutes) >= 1 && Number(answerMinutes) <= MOST_MINUTES)
          ? t('answerMinutesWrong')
          : undefined,
    }),
    send: async ({ way, previousFirst, memberIds, answerMinutes }) => {
      const saved = await call('PUT /pipelines/{pipelineId}/routing', {
        params: { pipelineId: routing.pipelineId },
        body: {
          way,
          previousFirst,
          memberIds: memberIds as Routing['memberIds'],
          answerMinutes: answerMinutes.trim() === '' ? null : Number(answerMinutes),
        },
        version: routing.version,
      })
      queries.setQueryData(routingQuery(routing.pipelineId).queryKey, saved)
      await queries.invalidateQueries({ queryKey: ['leads'] })
      notices.show({ tone: 'ok', text: t('saved') })
    },
  })
  const { memberIds, way } = form.values
  return (
    <Section title={t('routing')} intro={t('routingIntro')}>
      <Form form={form} id={id} label={t('routing')}>
        <Select
          label={t('way')}
          options={(['nobody', 'rotation', 'load'] as const).map((value) => ({ value, label: t(`way/${value}`) }))}
          {...form.field('way')}
        />
        {way !== 'nobody' && (
          <>
            <fieldset className="grid gap-2">
              <legend className="mb-1.5 text-sm font-medium">{t('takesPart')}</legend>
              {members.map((member) => (
                <Checkbox
                  key={member.id}
                  label={member.name}
                  value={memberIds.includes(member.id)}
                  onChange={(on) => form.set({ memberIds: on ? [...memberIds, member.id] : memberIds.filter((one) => one !== member.id) })}
                />
              ))}
              <FieldNote id={note} error={form.faults.memberIds as string | undefined} />
            </fieldset>
            <Switch label={t('previousFirst')} {...form.field('previousFirst')} />
          </>
        )}
        <TextField
          label={t('answerMinutes')}
          hint={t('answerMinutesHint')}
          optional
          figures
          inputMode="numeric"
          after={t('minutesShort')}
          maxLength={4}
          {...form.field('answerMinutes')}
        />
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
