import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { tagFor, useLanguages } from '../../../app/languages.ts'
import { call } from '../../../lib/api.ts'
import { forgetDraft } from '../../../lib/draft.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { meQuery, useMe } from '../../../lib/session.ts'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Form, type FormState, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { ZonePicker } from '../../../ui/zone-picker.tsx'
import { isBlank } from '../../accounts/checks.ts'
import { EditsMet } from '../business/edits-met.tsx'
import { SaveBar } from '../business/save-bar.tsx'
import { SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { EmailSection } from './email-section.tsx'
import { type ProfileValues, profileBody, profileValues } from './profile-form.ts'
import { type Profile, withProfile } from './queries.ts'
import { youWords } from './words.ts'

/** Who one is here: name, language and address. */
export function ProfilePage() {
  const shared = useWords(settingsWords)
  const { user } = useMe()
  // A new round begins with what was just saved.
  const [round, setRound] = useState(0)
  return (
    <SettingsPane title={shared('page/profile')}>
      <ProfileForm key={round} user={user} onSaved={() => setRound(round + 1)} />
      <EmailSection user={user} />
    </SettingsPane>
  )
}

function ProfileForm({ user, onSaved }: { readonly user: Profile; readonly onSaved: () => void }) {
  const t = useWords(youWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const { speak } = useReader()
  const [start] = useState(user)
  const draft = `profile.${start.id}`
  const edit = useMergedEdit<ProfileValues>({
    start: { values: profileValues(start), version: start.version },
    reload: async () => {
      const { user: current } = await queries.fetchQuery({ ...meQuery, staleTime: 0 })
      return { values: profileValues(current), version: current.version }
    },
    save: async (values, fields, version) => {
      const answer = await call('PATCH /me', { body: profileBody(values, fields), version })
      queries.setQueryData(meQuery.queryKey, withProfile(answer))
      if (fields.includes('locale') && answer.locale) speak(answer.locale)
      forgetDraft(draft)
      notices.show({ tone: 'ok', text: shared('saved') })
      onSaved()
    },
  })
  const form: FormState<ProfileValues> = useForm<ProfileValues>({
    start: profileValues(start),
    draft,
    check: ({ name }) => ({ name: isBlank(name) ? shared('needed') : undefined }),
    send: (values) => edit.send(values, form.set),
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  return (
    <Form form={form} label={shared('page/profile')}>
      <div className="grid min-w-0">
        {edit.merged && (
          <div className="p-4 pb-0">
            <EditsMet<ProfileValues>
              merged={edit.merged}
              unsaved={edit.isChanged(form.values)}
              values={form.values}
              onChoose={form.set}
              labelOf={(field) => t(field)}
              shown={(_, value) => value}
            />
          </div>
        )}
        <ProfileFields form={form} />
        <SaveBar changed={edit.isChanged(form.values)} sending={form.sending} restored={form.restored} onDiscard={form.reset} />
      </div>
    </Form>
  )
}

function ProfileFields({ form }: { readonly form: FormState<ProfileValues> }) {
  const t = useWords(youWords)
  const reader = useReader()
  const { choices } = useLanguages()
  const locale = form.field('locale')
  const zone = form.field('zone')
  return (
    <>
      <Section title={t('youTitle')} intro={t('youIntro')}>
        <div className="grid max-w-104 gap-4">
          <TextField label={t('name')} autoComplete="name" maxLength={120} {...form.field('name')} />
          <TextField label={t('phone')} optional type="tel" autoComplete="tel" maxLength={32} {...form.field('phone')} />
          <TextField label={t('company')} optional autoComplete="organization" maxLength={120} {...form.field('company')} />
          <TextField label={t('industry')} optional maxLength={120} {...form.field('industry')} />
        </div>
      </Section>
      <Section title={t('regionTitle')} intro={t('regionIntro')}>
        <div className="grid max-w-104 gap-4">
          <Select
            label={t('locale')}
            {...locale}
            value={choices.find(({ value }) => locale.value.startsWith(value))?.value ?? reader.locale}
            onChange={(chosen) => locale.onChange(tagFor(chosen, [locale.value, ...navigator.languages]))}
            options={choices}
          />
          <ZonePicker label={t('zone')} hint={t('zoneHint')} {...zone} value={zone.value || reader.zone} />
        </div>
      </Section>
    </>
  )
}
