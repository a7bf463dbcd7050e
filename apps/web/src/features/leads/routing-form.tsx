import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Fragment, useId } from 'react'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
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
import { placesWrong, type Served, sentOf, speechWrong, typedOf } from './serves.ts'
import { ServesFields } from './serves-fields.tsx'
import { leadsWords } from './words.ts'

const MOST_MINUTES = 2400

/** Who is given new leads, and how long they may wait for a first answer. */
export function RoutingForm({ routing }: { readonly routing: Routing }) {
  const t = useWords(leadsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const id = useId()
  const note = useId()
  const people = (useQuery(membersQuery).data?.items ?? []).filter(({ role }) => mayWorkOnLeads.includes(role))
  const whatIsWrong = (way: Routing['way'], members: readonly Served[]) => {
    if (way === 'nobody') return undefined
    if (members.length === 0) return t('nobodyTakesPart')
    if (members.some(placesWrong)) return t('regionsWrong')
    return members.some(speechWrong) ? t('languagesWrong') : undefined
  }
  const form = useForm({
    start: {
      way: routing.way,
      previousFirst: routing.previousFirst,
      members: routing.members.map(typedOf) as readonly Served[],
      answerMinutes: routing.answerMinutes === null ? '' : String(routing.answerMinutes),
      fromMail: routing.fromMail,
    },
    check: ({ way, members, answerMinutes }) => ({
      members: whatIsWrong(way, members),
      answerMinutes:
        answerMinutes.trim() !== '' &&
        !(/^\d{1,4}$/.test(answerMinutes.trim()) && Number(answerMinutes) >= 1 && Number(answerMinutes) <= MOST_MINUTES)
          ? t('answerMinutesWrong')
          : undefined,
    }),
    send: async ({ way, previousFirst, members, answerMinutes, fromMail }) => {
      const saved = await call('PUT /pipelines/{pipelineId}/routing', {
        params: { pipelineId: routing.pipelineId },
        body: {
          way,
          previousFirst,
          members: members.filter(({ memberId }) => people.some((one) => one.id === memberId)).map(sentOf),
          answerMinutes: answerMinutes.trim() === '' ? null : Number(answerMinutes),
          fromMail,
        },
        version: routing.version,
      })
      queries.setQueryData(routingQuery(routing.pipelineId).queryKey, saved)
      await queries.invalidateQueries({ queryKey: ['leads'] })
      notices.show({ tone: 'ok', text: t('saved') })
    },
  })
  const { members, way } = form.values
  const fault = form.faults.members as string | undefined
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
              {people.map(({ id: memberId, name }) => {
                const served = members.find((one) => one.memberId === memberId)
                const others = members.filter((one) => one.memberId !== memberId)
                const change = (next: Served) => form.set({ members: members.map((one) => (one.memberId === memberId ? next : one)) })
                return (
                  <Fragment key={memberId}>
                    <Checkbox
                      label={name}
                      value={served !== undefined}
                      onChange={(on) =>
                        form.set({ members: on ? [...others, { memberId, regions: '', languages: '', tags: '' }] : others })
                      }
                    />
                    {served && <ServesFields name={name} served={served} checked={fault !== undefined} onChange={change} />}
                  </Fragment>
                )
              })}
              <FieldNote id={note} error={members.length === 0 ? fault : undefined} />
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
        <Switch label={t('fromMail')} hint={t('fromMailHint')} {...form.field('fromMail')} />
        {form.values.fromMail &&
          (routing.inboxAddress === null ? (
            <Note icon="mail">{t('noInbox')}</Note>
          ) : (
            <div className="grid gap-1.5">
              <CopyField label={t('inboxAddress')} value={routing.inboxAddress} />
              <p className="text-xs text-ink-2">{t('inboxAddressHint')}</p>
            </div>
          ))}
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
