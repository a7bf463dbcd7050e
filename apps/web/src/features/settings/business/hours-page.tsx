import { zoneCity } from '@frontdesk/i18n'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { forgetDraft } from '../../../lib/draft.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useMergedEdit } from '../../../lib/use-merged-edit.ts'
import { Form, type FormState, useForm } from '../../../ui/form.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { openingHoursQuery } from '../../calendar/queries.ts'
import { HoursEditor } from '../../services/hours-editor.tsx'
import { hoursAreWrong } from '../../services/hours-form.ts'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { EditsMet } from './edits-met.tsx'
import { HolidayList } from './holiday-list.tsx'
import { holidaySets, type OpeningHours, type OpeningValues, openingBody, openingValues } from './opening-form.ts'
import { SaveBar } from './save-bar.tsx'
import { businessWords } from './words.ts'

/** When the business is open: the week, the days that differ, and public holidays. */
export function HoursPage() {
  const shared = useWords(settingsWords)
  const asked = useQuery(openingHoursQuery)
  // A new round begins with what was just saved.
  const [round, setRound] = useState(0)
  return (
    <SettingsPane title={shared('page/hours')}>
      <Asked asked={asked} lines={10}>
        {(hours) => <OpeningForm key={round} hours={hours} onSaved={() => setRound(round + 1)} />}
      </Asked>
    </SettingsPane>
  )
}

function OpeningForm({ hours, onSaved }: { readonly hours: OpeningHours; readonly onSaved: () => void }) {
  const t = useWords(businessWords)
  const shared = useWords(settingsWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const [start] = useState(hours)
  const draft = 'opening-hours'
  const edit = useMergedEdit<OpeningValues>({
    start: { values: openingValues(start), version: start.version },
    reload: async () => {
      const current = await queries.fetchQuery({ ...openingHoursQuery, staleTime: 0 })
      return { values: openingValues(current), version: current.version }
    },
    save: async (values, _, version) => {
      const answer = await call('PUT /opening-hours', { body: openingBody(values), version })
      queries.setQueryData(openingHoursQuery.queryKey, answer)
      void queries.invalidateQueries({ queryKey: ['scheduling'] })
      forgetDraft(draft)
      notices.show({ tone: 'ok', text: t('hoursSaved') })
      onSaved()
    },
  })
  const form: FormState<OpeningValues> = useForm<OpeningValues>({
    start: openingValues(start),
    draft,
    check: (values) => ({ weekly: hoursAreWrong(values) ? t('hoursWrong') : undefined }),
    send: (values) => edit.send(values, form.set),
    onRefusal: ({ slug }) => slug === 'http/version-mismatch',
  })
  const label = (field: keyof OpeningValues) => t(field)
  return (
    <Form form={form} label={shared('page/hours')}>
      <div className="grid min-w-0">
        <Section title={t('weekly')} intro={t('hoursIntro', { zone: zoneCity(hours.zone) })}>
          <HoursEditor value={form.values} onChange={form.set} />
        </Section>
        <Section title={t('holidayTitle')} intro={t('holidayIntro')}>
          <Holidays form={form} hours={hours} />
        </Section>
        <SaveBar changed={edit.isChanged(form.values)} sending={form.sending} restored={form.restored} onDiscard={form.reset}>
          {edit.merged && (
            <EditsMet<OpeningValues>
              merged={edit.merged}
              unsaved={edit.isChanged(form.values)}
              values={form.values}
              onChoose={form.set}
              labelOf={label}
              shown={(field) => label(field)}
            />
          )}
        </SaveBar>
      </div>
    </Form>
  )
}

function Holidays({ form, hours }: { readonly form: FormState<OpeningValues>; readonly hours: OpeningHours }) {
  const t = useWords(businessWords)
  const { tag } = useReader()
  const places = new Intl.DisplayNames([tag], { type: 'region' })
  const chosen = form.values.holidaySet
  return (
    <div className="grid max-w-104 gap-4">
      <Select
        label={t('holidaySet')}
        {...form.field('holidaySet')}
        options={[
          { value: '', label: t('holidayNone') },
          ...holidaySets.map((set) => ({ value: set, label: places.of(set.toUpperCase()) ?? set })),
        ]}
      />
      {chosen !== '' &&
        (chosen === hours.holidaySet ? (
          <HolidayList days={hours.holidays} />
        ) : (
          <p className="text-sm text-ink-2">{t('holidaysAfterSave')}</p>
        ))}
    </div>
  )
}
