import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { meQuery, useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Form, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { useConfirmation } from '../confirm-it-is-you.tsx'
import { Asked } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { accessWords } from './access-words.ts'
import { type AccessRules, accessRulesQuery } from './queries.ts'
import { managesMembers } from './roles.ts'
import { SaveBar } from './save-bar.tsx'

const idleChoices = [15, 60, 240, 480, 1440] as const
const hourChoices = [8, 12, 24, 168] as const
type Values = { readonly secondFactorRequired: boolean; readonly idle: string; readonly hours: string }

const valuesOf = (rules: AccessRules): Values => ({
  secondFactorRequired: rules.secondFactorRequired,
  idle: String(rules.sessionIdleMinutes ?? ''),
  hours: String(rules.sessionHours ?? ''),
})
const numberOf = (text: string): number | null => (text === '' ? null : Number(text))
/** What can be chosen, with what was set through the API where that is another. */
const choicesWith = (usual: readonly number[], set: number | null): readonly number[] =>
  [...new Set(set === null ? usual : [...usual, set])].sort((a, b) => a - b)

/** What is asked of everybody who signs in here, and how long she stays signed in. */
export function AccessRulesSection() {
  const t = useWords(accessWords)
  const asked = useQuery(accessRulesQuery)
  return (
    <Section title={t('rulesTitle')} intro={t('rulesIntro')}>
      <Asked asked={asked} lines={4}>
        {(rules) => <RulesForm key={rules.version} rules={rules} />}
      </Asked>
    </Section>
  )
}

function RulesForm({ rules }: { readonly rules: AccessRules }) {
  const t = useWords(accessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const { confirmed, dialog } = useConfirmation()
  const may = managesMembers(role)
  const start = valuesOf(rules)
  const form = useForm<Values>({
    start,
    check: () => ({}),
    send: async (values, key) => {
      const body = {
        secondFactorRequired: values.secondFactorRequired,
        sessionIdleMinutes: numberOf(values.idle),
        sessionHours: numberOf(values.hours),
      }
      const saved = await confirmed(() => call('PUT /access-rules', { body, version: rules.version, idempotencyKey: key }))
      queries.setQueryData(accessRulesQuery.queryKey, saved)
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      notices.show({ tone: 'ok', text: shared('saved') })
    },
    onRefusal: ({ slug }) => slug === 'accounts/reauthentication-required',
  })
  const changed = (['secondFactorRequired', 'idle', 'hours'] as const).some((field) => form.values[field] !== start[field])
  const span = (minutes: number) => (minutes < 60 ? t('minutes', { count: minutes }) : t('hours', { count: minutes / 60 }))
  const without = rules.withoutSecondFactor.map(({ name }) => name)
  return (
    <>
      {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
      <Form form={form} label={t('rulesTitle')}>
        <fieldset disabled={!may} className="grid gap-4">
          <Checkbox label={t('secondFactor')} hint={t('secondFactorHint')} {...form.field('secondFactorRequired')} />
          {without.length > 0 && (
            <Note tone="wait">
              {t('withoutFactor', { count: without.length })} <bdi>{without.slice(0, 10).join(', ')}</bdi>
            </Note>
          )}
          <div className="grid max-w-104 gap-4">
            <Select
              label={t('idle')}
              hint={t('idleHint')}
              options={[
                { value: '', label: t('days', { count: 14 }) },
                ...choicesWith(idleChoices, rules.sessionIdleMinutes).map((minutes) => ({ value: String(minutes), label: span(minutes) })),
              ]}
              {...form.field('idle')}
            />
            <Select
              label={t('lasts')}
              options={[
                { value: '', label: t('days', { count: 90 }) },
                ...choicesWith(hourChoices, rules.sessionHours).map((hours) => ({
                  value: String(hours),
                  label: hours % 24 === 0 ? t('days', { count: hours / 24 }) : t('hours', { count: hours }),
                })),
              ]}
              {...form.field('hours')}
            />
          </div>
        </fieldset>
        <SaveBar changed={changed} sending={form.sending} restored={form.restored} onDiscard={form.reset} />
      </Form>
      {dialog}
    </>
  )
}
