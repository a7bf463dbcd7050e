import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { servicesQuery } from '../calendar/queries.ts'
import { readServicesSearch } from './address.ts'
import { LinkedServices } from './linked-services.tsx'
import { OwnHours } from './own-hours.tsx'
import { PersonForm } from './person-form.tsx'
import { personQuery, type Staff } from './queries.ts'
import { servicesWords } from './words.ts'

const PersonCalendars = lazy(() => import('./calendars/person-calendars.tsx').then((file) => ({ default: file.PersonCalendars })))

const route = getRouteApi('/w/$workspace/services/people/$staffId')

/** One person who can be booked: how she appears, what she gives, when she is there. */
export function PersonScreen() {
  const t = useWords(servicesWords)
  const { slug: workspace } = useWorkspace()
  const { staffId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(personQuery(staffId))}
      title={t('people')}
      back={t('back')}
      onBack={() => void navigate({ to: '/w/$workspace/services/people', params: { workspace }, search: readServicesSearch })}
      failed={(reason) => t('personFailed', { reason })}
      again={t('again')}
    >
      {(person, back) => <OpenPerson key={person.id} person={person} back={back} />}
    </DetailScreen>
  )
}

function OpenPerson({ person, back }: { readonly person: Staff; readonly back: ReactNode }) {
  const t = useWords(servicesWords)
  const { slug: workspace } = useWorkspace()
  const services = (useQuery(servicesQuery).data ?? []).filter(({ id }) => person.serviceIds.includes(id))
  return (
    <DetailPane header={<PageHeader title={person.name} back={back} actions={<PersonActions person={person} />} />}>
      <div className="[&_section>*]:max-w-168">
        {person.archivedAt && (
          <div className="px-4 pt-4">
            <Note icon="archive">{t('personIsArchived')}</Note>
          </div>
        )}
        <PersonForm key={person.version} person={person} />
        <LinkedServices title={t('personServices')} ids={person.serviceIds} none={t('givesNothing')} />
        {services.some(({ active, choosePerson, archivedAt }) => active && choosePerson && archivedAt === null) && person.active && (
          <Section title={t('personPage')} intro={t('personPageIntro')}>
            <CopyField label={t('address')} value={`${location.origin}/b/${workspace}/with/${person.id}`} link />
          </Section>
        )}
        <OwnHours of={{ kind: 'person', id: person.id }} />
        <Suspense fallback={<TextSkeleton lines={4} />}>
          <PersonCalendars person={person} />
        </Suspense>
      </div>
    </DetailPane>
  )
}

function PersonActions({ person }: { readonly person: Staff }) {
  const t = useWords(servicesWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const params = { staffId: person.id }
  const take = async (answer: Promise<Staff>): Promise<Staff> => {
    const changed = await answer
    queries.setQueryData(personQuery(changed.id).queryKey, changed)
    void queries.invalidateQueries({ queryKey: ['scheduling'] })
    return changed
  }
  const archive = async () => {
    try {
      await take(call('DELETE /staff/{staffId}', { params, version: person.version }))
      notices.show({
        text: t('personArchived', { name: person.name }),
        undo: () => take(call('POST /staff/{staffId}/restore', { params })),
      })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const restore = async () => {
    try {
      await take(call('POST /staff/{staffId}/restore', { params }))
      notices.show({ tone: 'ok', text: t('personRestored', { name: person.name }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return person.archivedAt ? (
    <Button icon="undo" onClick={() => void restore()}>
      {t('restore')}
    </Button>
  ) : (
    <IconButton name={t('archive')} icon="archive" onClick={() => void archive()} />
  )
}
