import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import { DetailScreen } from '../../app/detail-screen.tsx'
import { useWords } from '../../lib/i18n.tsx'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { DetailPane } from '../../ui/panes.tsx'
import { Section } from '../../ui/section.tsx'
import { readServicesSearch } from './address.ts'
import { QuestionsSection } from './intake/questions-section.tsx'
import { OwnHours } from './own-hours.tsx'
import { type Service, serviceQuery } from './queries.ts'
import { NeedsSection } from './resources/needs-section.tsx'
import { ServiceEditor } from './service-editor.tsx'
import { ServiceMenu } from './service-menu.tsx'
import { WhyTool } from './why-tool.tsx'
import { servicesWords } from './words.ts'

const route = getRouteApi('/w/$workspace/services/$serviceId')

/** One service: its link, all its rules, its hours, and why a time is closed. */
export function ServiceScreen() {
  const t = useWords(servicesWords)
  const { slug: workspace } = useWorkspace()
  const { serviceId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(serviceQuery(serviceId))}
      title={t('services')}
      back={t('back')}
      onBack={() => void navigate({ to: '/w/$workspace/services', params: { workspace }, search: readServicesSearch })}
      failed={(reason) => t('serviceFailed', { reason })}
      again={t('again')}
      lines={8}
    >
      {(service, back) => <OpenService key={service.id} service={service} back={back} />}
    </DetailScreen>
  )
}

function OpenService({ service, back }: { readonly service: Service; readonly back: ReactNode }) {
  const t = useWords(servicesWords)
  const edited = useRef(false)
  const shown = useRef(service.version)
  // A newer version replaces the form only while nothing is typed into it; otherwise both meet when it is saved.
  if (!edited.current) shown.current = service.version
  return (
    <DetailPane header={<PageHeader title={service.name} back={back} actions={<ServiceMenu service={service} />} />}>
      <div className="[&_section>*]:max-w-168">
        {service.archivedAt ? (
          <div className="px-4 pt-4">
            <Note icon="archive">{t('isArchived')}</Note>
          </div>
        ) : (
          !service.active && (
            <div className="px-4 pt-4">
              <Note tone="wait" icon="pause">
                {t('isPaused')}
              </Note>
            </div>
          )
        )}
        {!service.archivedAt && (
          <Section title={t('link')} intro={t('linkIntro')}>
            <CopyField label={t('linkLabel')} value={service.bookingUrl} link shareTitle={service.name} />
          </Section>
        )}
        <ServiceEditor
          key={shown.current}
          service={service}
          onEdited={(is) => {
            edited.current = is
          }}
        />
        <NeedsSection service={service} />
        <QuestionsSection serviceId={service.id} />
        <OwnHours of={{ kind: 'service', id: service.id }} />
        <WhyTool service={service} />
      </div>
    </DetailPane>
  )
}
