import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { forgetDraft } from '../../../lib/draft.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Note } from '../../../ui/banner.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { TimeField } from '../../../ui/date-field.tsx'
import { Form, type FormState, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { EditsMet } from '../../settings/business/edits-met.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { LawSection } from './law-section.tsx'
import { type OwnRulesValues, ownRulesBody, ownRulesFaults, ownRulesValues } from './own-rules-form.ts'
import { type ContactPolicyState, contactPolicyQuery } from './queries.ts'
import { type RulesTranslator, rulesWords } from './words.ts'

/** The rules that the business adds to the law, with the law beside them. */
export function ContactRulesPage() {
  const room = useWords(roomWords)
  const asked = useQuery(contactPolicyQuery)
  // A new round begins with what was just saved.
  const [round, setRound] = useState(0)
  return (
    <PrivacyPane title={room('page/contact-rules')}>
      <Asked asked={asked} lines={10}>
        {(state) => <OwnRules key={round} state={state} onSaved={() => setRound(round + 1)} />}
      </Asked>
      <LawSection />
    </PrivacyPane>
  )
}

function OwnRules({ state, onSaved }: { readonly state: ContactPolicyState; readonly onSaved: () => void }) {
  const t = useWords(rulesWords)
  const shared = useWords(settingsWords)
  const room = useWords(roomWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const [start] = useState(state)
  const [before, setBefore] = useState(state.rules)
  const draft = 'contact-rules'
  const edit = useMergedEdit<OwnRulesValues>({
    start: { values: ownRulesValues(start.rules), version: start.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...contactPolicyQuery, staleTime: 0 })
      setBefore(current.rules)
      return { values: ownRulesValues(current.rules), version: current.version }
    },
    save: async (values, _, version) => {
      const answer = await call('PUT /contact-policy', { body: ownRulesBody(values, before), version })
      queries.setQueryData(contactPolicyQuery.queryKey, answer)
      forgetDraft(draft)
      notices.show({ tone: 'ok', text: t('saved') })
      onSaved()
    },
  })
  const form: FormState<OwnRulesValues> = useForm<OwnRulesValues>({
    start: ownRulesValues(start.rules),
    draft,
    check: (values) => Object.fromEntries(Object.entries(ownRulesFaults(values)).map(([field, fault]) => [field, fault && t(fault)])),
    send: (values) => edit.send(values, form.set),
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const label = (field: keyof OwnRulesValues & string) => labelOf(t, field)
  const mayChange = ['owner', 'admin', 'manager', 'privacy_officer'].includes(role)
  return (
    <Form form={form} label={room('page/contact-rules')}>
      <fieldset disabled={!mayChange} className="grid min-w-0">
        <Section title={t('ownTitle')} intro={t('ownIntro')}>
          {!mayChange && <p className="text-sm text-ink-3">{t('onlyRead')}</p>}
        </Section>
        <Section title={t('whenTitle')} intro={t('whenIntro')}>
          <When form={form} several={start.rules.hours.length > 1} />
        </Section>
        <Section title={t('capTitle')}>
          <Checkbox label={t('capped')} {...form.field('capped')} />
          {form.values.capped && (
            <div className="flex gap-4">
              <TextField className="w-28" label={t('capCount')} inputMode="numeric" figures {...form.field('capCount')} />
              <TextField className="w-28" label={t('capDays')} inputMode="numeric" figures {...form.field('capDays')} />
            </div>
          )}
        </Section>
        <Section title={t('waysTitle')}>
          <div className="grid">
            {(['emailOff', 'smsOff', 'callOff', 'artificialOff', 'prerecordedOff', 'mailNeedsConsent', 'announceRecording'] as const).map(
              (field) => (
                <Checkbox key={field} label={label(field)} {...form.field(field)} />
              ),
            )}
          </div>
        </Section>
        <Section title={t('businessTitle')}>
          <Checkbox label={t('collectsDebts')} hint={t('collectsDebtsHint')} {...form.field('collectsDebts')} />
          <Checkbox label={t('healthCare')} {...form.field('healthCare')} />
          <TextField label={t('registeredIn')} hint={t('placesHint')} optional autoComplete="off" {...form.field('registeredIn')} />
          <TextField label={t('emergencies')} hint={t('placesHint')} optional autoComplete="off" {...form.field('emergencies')} />
        </Section>
        <SaveBar changed={edit.isChanged(form.values)} sending={form.sending} restored={form.restored} onDiscard={form.reset}>
          {edit.merged && (
            <EditsMet<OwnRulesValues>
              merged={edit.merged}
              unsaved={edit.isChanged(form.values)}
              values={form.values}
              onChoose={form.set}
              labelOf={label}
              shown={(_field, value) => (typeof value === 'boolean' ? shared(value ? 'yes' : 'no') : String(value))}
            />
          )}
        </SaveBar>
      </fieldset>
    </Form>
  )
}

function When({ form, several }: { readonly form: FormState<OwnRulesValues>; readonly several: boolean }) {
  const t = useWords(rulesWords)
  const { tag } = useReader()
  const names = new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' })
  const { weekdays, timed } = form.values
  const toggle = (day: number) =>
    form.set({ weekdays: weekdays.includes(day) ? weekdays.filter((one) => one !== day) : [...weekdays, day].toSorted() })
  return (
    <div className="grid gap-3">
      {several && <Note>{t('severalWindows')}</Note>}
      <Checkbox label={t('timed')} {...form.field('timed')} />
      {timed && (
        <>
          <fieldset className="min-w-0">
            <legend className="mb-1.5 text-sm font-medium">{t('days')}</legend>
            <div className="flex flex-wrap gap-x-4">
              {[1, 2, 3, 4, 5, 6, 7].map((day) => (
                // 5 January 2026 was a Monday.
                <Checkbox
                  key={day}
                  label={names.format(Date.UTC(2026, 0, 4 + day))}
                  value={weekdays.includes(day)}
                  onChange={() => toggle(day)}
                />
              ))}
            </div>
            {form.faults.weekdays && (
              <p role="alert" className="text-xs text-no-ink">
                {form.faults.weekdays}
              </p>
            )}
          </fieldset>
          <div className="flex gap-4">
            <TimeField className="w-32" label={t('from')} {...form.field('from')} />
            <TimeField className="w-32" label={t('until')} {...form.field('until')} />
          </div>
        </>
      )}
      <Checkbox label={t('sundaysOff')} {...form.field('sundaysOff')} />
      <Checkbox label={t('holidaysOff')} {...form.field('holidaysOff')} />
    </div>
  )
}

function labelOf(t: RulesTranslator, field: keyof OwnRulesValues & string): string {
  switch (field) {
    case 'emailOff':
      return t('off/email')
    case 'smsOff':
      return t('off/sms')
    case 'callOff':
      return t('off/call')
    case 'weekdays':
      return t('days')
    default:
      return t(field)
  }
}
