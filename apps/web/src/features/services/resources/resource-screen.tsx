import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DetailScreen } from '../../../app/detail-screen.tsx'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { readServicesSearch } from '../address.ts'
import { LinkedServices } from '../linked-services.tsx'
import { OwnHours } from '../own-hours.tsx'
import { type Resource, resourceQuery } from './queries.ts'
import { ResourceActions } from './resource-actions.tsx'
import { ResourceForm } from './resource-form.tsx'
import { resourceWords } from './words.ts'

const route = getRouteApi('/w/$workspace/services/resources/$resourceId')

/** One room or device: what it is called, what needs it, when it can be had. */
export function ResourceScreen() {
  const t = useWords(resourceWords)
  const { slug: workspace } = useWorkspace()
  const { resourceId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(resourceQuery(resourceId))}
      title={t('resources')}
      back={t('back')}
      onBack={() => void navigate({ to: '/w/$workspace/services/resources', params: { workspace }, search: readServicesSearch })}
      failed={(reason) => t('failed', { reason })}
      again={t('again')}
    >
      {(resource, back) => <OpenResource key={resource.id} resource={resource} back={back} />}
    </DetailScreen>
  )
}

function OpenResource({ resource, back }: { readonly resource: Resource; readonly back: ReactNode }) {
  const t = useWords(resourceWords)
  return (
    <DetailPane header={<PageHeader title={resource.name} back={back} actions={<ResourceActions resource={resource} />} />}>
      <div className="[&_section>*]:max-w-168">
        {resource.archivedAt && (
          <div className="px-4 pt-4">
            <Note icon="archive">{t('isArchived')}</Note>
          </div>
        )}
        <ResourceForm key={resource.version} resource={resource} />
        <LinkedServices title={t('neededBy')} ids={resource.serviceIds} none={t('neededByNone')} />
        <OwnHours of={{ kind: 'resource', id: resource.id }} />
      </div>
    </DetailPane>
  )
}
