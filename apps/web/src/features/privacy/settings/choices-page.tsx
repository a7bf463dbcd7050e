import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { forgetDraft } from '../../../lib/draft.ts'
import { useFormats, useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { RadioGroup } from '../../../ui/checkbox.tsx'
import { Form, type FormState, useForm } from '../../../ui/form.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { EditsMet } from '../../settings/business/edits-met.tsx'
import { SaveBar } from '../../settings/business/save-bar.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { settingsWords } from '../../settings/words.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { type PrivacySetting, type PrivacySettingsState, privacySettingsQuery } from './queries.ts'
import { areCountries, asText, countriesOf, type SettingsValues, settingsChanges, settingsValues } from './settings-form.ts'
import { privacySettingsWords, wordOf } from './words.ts'

/** How this business settles privacy: what each choice means, what comes later, and what nobody can switch off. */
export function ChoicesPage() {
  const room = useWords(roomWords)
  const asked = useQuery(privacySettingsQuery)
  // A new round begins with what was just saved.
  const [round, setRound] = useState(0)
  return (
    <PrivacyPane title={room('page/choices')}>
      <Asked asked={asked} lines={12}>
        {(state) => (
          <>
            <Choices key={round} state={state} onSaved={() => setRound(round + 1)} />
            <Later settings={state.settings.filter(({ waitsFor }) => waitsFor !== null)} />
            <Guards guards={state.guards} />
          </>
        )}
      </Asked>
    </PrivacyPane>
  )
}

const groups = ['policies', 'rights', 'people', 'places', 'signals', 'sharing', 'contact'] as const

function Choices({ state, onSaved }: { readonly state: PrivacySettingsState; readonly onSaved: () => void }) {
  const t = useWords(privacySettingsWords)
  const shared = useWords(settingsWords)
  const room = useWords(roomWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { role } = useWorkspace()
  const may = role === 'owner' || role === 'privacy_officer'
  const [start] = useState(state)
  const draft = 'privacy-settings'
  const edit = useMergedEdit<SettingsValues>({
    start: { values: settingsValues(start), version: start.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...privacySettingsQuery, staleTime: 0 })
      return { values: settingsValues(current), version: current.version }
    },
    save: async (values, fields, version) => {
      const answer = await call('PATCH /privacy-settings', { body: settingsChanges(start, values, fields), version })
      queries.setQueryData(privacySettingsQuery.queryKey, answer)
      forgetDraft(draft)
      notices.show({ tone: 'ok', text: shared('saved') })
      onSaved()
    },
  })
  const form: FormState<SettingsValues> = useForm<SettingsValues>({
    start: settingsValues(start),
    draft,
    check: (values) => ({ 'geo.signup_allow': areCountries(values['geo.signup_allow']) ? undefined : t('countriesWrong') }),
    send: (values) => edit.send(values, form.set),
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  return (
    <Form form={form} label={room('page/choices')}>
      <fieldset disabled={!may} className="grid min-w-0">
        <div className="grid gap-3 border-b border-line p-4 text-sm text-ink-2">
          <p>{t('intro')}</p>
          {may ? <Note>{t('pagesFollow')}</Note> : <p className="text-ink-3">{shared('onlyRead')}</p>}
        </div>
        {groups.map((group) => {
          const settings = start.settings.filter((one) => one.group === group && one.waitsFor === null)
          return (
            settings.length > 0 && (
              <Section key={group} title={t(`group/${group}`)}>
                <div className="grid gap-5">
                  {settings.map((setting) => (
                    <Choice key={setting.key} setting={setting} form={form} />
                  ))}
                </div>
              </Section>
            )
          )
        })}
        <SaveBar changed={edit.isChanged(form.values)} sending={form.sending} restored={form.restored} onDiscard={form.reset}>
          {edit.merged && (
            <EditsMet<SettingsValues>
              merged={edit.merged}
              unsaved={edit.isChanged(form.values)}
              values={form.values}
              onChoose={form.set}
              labelOf={(key) => t(wordOf(`name/${key}`))}
              shown={(key, value) => (key === 'geo.signup_allow' ? value : t(wordOf(`choice/${key}/${value}`)))}
            />
          )}
        </SaveBar>
      </fieldset>
    </Form>
  )
}

function Choice({ setting, form }: { readonly setting: PrivacySetting; readonly form: FormState<SettingsValues> }) {
  const t = useWords(privacySettingsWords)
  const formats = useFormats('UTC')
  const { tag } = useReader()
  const { key, values, strictest, law } = setting
  const label = t(wordOf(`name/${key}`))
  if (key === 'geo.signup_allow') {
    if (form.values['geo.mode'] !== 'custom_list') return null
    const names = new Intl.DisplayNames([tag], { type: 'region' })
    const typed = form.values[key]
    return (
      <div className="grid gap-1.5">
        <TextField label={label} hint={t('countriesHint')} autoComplete="off" {...form.field(key)} />
        {areCountries(typed) && (
          <p className="text-sm text-ink-2">{formats.list(countriesOf(typed).map((code) => names.of(code) ?? code))}</p>
        )}
      </div>
    )
  }
  return (
    <div className="grid gap-1">
      <RadioGroup
        label={label}
        {...form.field(key)}
        choices={values.map((value) => ({
          value: String(value),
          label: (
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="min-w-0">{t(wordOf(`choice/${key}/${value}`))}</span>
              {value === strictest && (
                <Badge tone="ok" icon="shield">
                  {t('strictest')}
                </Badge>
              )}
            </span>
          ),
        }))}
      />
      {law && <p className="text-xs text-ink-3">{t('source', lawVars(law, formats))}</p>}
    </div>
  )
}

function Later({ settings }: { readonly settings: readonly PrivacySetting[] }) {
  const t = useWords(privacySettingsWords)
  return (
    <Section title={t('waitsTitle')} intro={t('waitsIntro')}>
      <ul className="grid divide-y divide-line text-sm">
        {settings.map(({ key, value, waitsFor }) => (
          <li key={key} className="flex flex-wrap items-baseline gap-x-3 py-2">
            <span className="font-medium">{t(wordOf(`name/${key}`))}</span>
            <span className="min-w-40 flex-1 text-ink-2">{t(wordOf(`choice/${key}/${asText(value)}`))}</span>
            {waitsFor && <span className="text-xs text-ink-3">{t(`waits/${waitsFor}`)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Guards({ guards }: { readonly guards: PrivacySettingsState['guards'] }) {
  const t = useWords(privacySettingsWords)
  const formats = useFormats('UTC')
  return (
    <Section title={t('guardsTitle')} intro={t('guardsIntro')}>
      <ul className="grid gap-3 text-sm">
        {guards.map(({ key, law }) => (
          <li key={key} className="flex gap-3">
            <Icon name="lock" className="mt-0.5 text-ink-3" />
            <span className="grid min-w-0 gap-0.5">
              <span>{t(wordOf(`guard/${key}`))}</span>
              {law && <span className="text-xs text-ink-3">{t('source', lawVars(law, formats))}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const lawVars = (law: NonNullable<PrivacySetting['law']>, formats: ReturnType<typeof useFormats>) => ({
  law: law.name,
  source: law.source,
  date: formats.date(`${law.asOf}T12:00:00Z`),
})
