import { zoneCity } from '@frontdesk/i18n'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { openingHoursQuery, staffHoursQuery } from '../calendar/queries.ts'
import { HoursEditor } from './hours-editor.tsx'
import { type HoursValues, hoursAreWrong, hoursBody, hoursValues } from './hours-form.ts'
import { type OwnHours as Hours, serviceHoursQuery } from './queries.ts'
import { resourceHoursQuery } from './resources/queries.ts'
import { resourceWords } from './resources/words.ts'
import { servicesWords } from './words.ts'

type Owner = { readonly kind: 'service' | 'person' | 'resource'; readonly id: string }

/** The hours of a service, a person, a room or a device: the business's, or own ones. */
export function OwnHours({ of }: { readonly of: Owner }) {
  const t = useWords(servicesWords)
  const explain = useExplain()
  const r = useWords(resourceWords)
  const asked = useQuery(hoursQuery(of))
  const title = of.kind === 'person' ? t('personHours') : t('serviceHours')
  const intro = { service: t('serviceHoursIntro'), person: t('personHoursIntro'), resource: r('hoursIntro') }[of.kind]
  return (
    <Section title={title} intro={intro}>
      {asked.data ? (
        <HoursForm key={asked.data.version} of={of} hours={asked.data} />
      ) : asked.isError ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('hoursFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : (
        <TextSkeleton lines={3} />
      )}
    </Section>
  )
}

const hoursQuery = ({ kind, id }: Owner) =>
  kind === 'service' ? serviceHoursQuery(id) : kind === 'person' ? staffHoursQuery(id) : resourceHoursQuery(id)

async function saveHours({ kind, id }: Owner, body: ReturnType<typeof hoursBody>, version: number): Promise<void> {
  if (kind === 'service') await call('PUT /services/{serviceId}/hours', { params: { serviceId: id }, body, version })
  else if (kind === 'person') await call('PUT /staff/{staffId}/hours', { params: { staffId: id }, body, version })
  else await call('PUT /resources/{resourceId}/hours', { params: { resourceId: id }, body, version })
}

function HoursForm({ of, hours }: { readonly of: Owner; readonly hours: Hours }) {
  const t = useWords(servicesWords)
  const r = useWords(resourceWords)
  const queries = useQueryClient()
  const notices = useNotices()
  const opening = useQuery(openingHoursQuery).data
  const form = useForm<{ own: boolean; hours: HoursValues }>({
    start: { own: hours.own, hours: hoursValues(hours) },
    check: ({ own, hours: values }) => ({ hours: own && hoursAreWrong(values) ? t('blockEmpty') : undefined }),
    send: async ({ own, hours: values }) => {
      const body = hoursBody(own, own ? values : hoursValues(hours))
      try {
        await saveHours(of, body, hours.version)
        notices.show({ tone: 'ok', text: t('hoursSaved') })
      } catch (error) {
        if (error instanceof ApiProblem && error.slug === 'http/version-mismatch') notices.show({ tone: 'no', text: t('hoursConflict') })
        throw error
      } finally {
        await queries.invalidateQueries({ queryKey: ['scheduling'] })
      }
    },
  })
  const { values, set } = form
  const changed = JSON.stringify(values) !== JSON.stringify({ own: hours.own, hours: hoursValues(hours) })
  const turn = (own: boolean) => {
    // Own hours begin as the business's, which is nearest to what is meant.
    const empty = values.hours.weekly.length === 0
    set({ own, ...(own && empty && opening ? { hours: { weekly: opening.weekly, exceptions: values.hours.exceptions } } : {}) })
  }
  return (
    <Form form={form} label={t('hours')}>
      <Switch
        label={of.kind === 'person' ? t('ownHoursPerson') : t('ownHours')}
        hint={values.own ? t('onClock', { zone: zoneCity(hours.zone) }) : of.kind === 'resource' ? r('hoursFollow') : t('businessHold')}
        value={values.own}
        onChange={turn}
      />
      {values.own && <HoursEditor value={values.hours} strict={form.failures > 0} onChange={(next) => set({ hours: next })} />}
      <FormProblem />
      {changed && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1 text-sm text-ink-2">{t('unsaved')}</span>
          <Button onClick={form.reset}>{t('discard')}</Button>
          <Button variant="solid" type="submit" busy={form.sending}>
            {t('save')}
          </Button>
        </div>
      )}
    </Form>
  )
}
