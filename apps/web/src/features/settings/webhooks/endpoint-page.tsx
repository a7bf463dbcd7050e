import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DetailScreen } from '../../../app/detail-screen.tsx'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Facts, Section } from '../../../ui/section.tsx'
import { managesMembers } from '../business/roles.ts'
import { settingsWords } from '../words.ts'
import { DeliveryLog } from './delivery-log.tsx'
import { DeliverySheet } from './delivery-sheet.tsx'
import { EndpointActs } from './endpoint-acts.tsx'
import { EndpointBadge, EndpointNote } from './endpoint-state.tsx'
import { type Endpoint, endpointQuery } from './queries.ts'
import { webhookWords } from './words.ts'

const route = getRouteApi('/w/$workspace/settings/webhooks/$endpointId')

/** One address that is told of events: how it stands, what can be done, and what was sent to it. */
export function EndpointPage() {
  const t = useWords(webhookWords)
  const shared = useWords(settingsWords)
  const { slug: workspace } = useWorkspace()
  const { endpointId } = route.useParams()
  const navigate = useNavigate()
  return (
    <DetailScreen
      asked={useQuery(endpointQuery(endpointId))}
      title={shared('page/webhooks')}
      back={t('back')}
      onBack={() => void navigate({ to: '/w/$workspace/settings/webhooks', params: { workspace } })}
      failed={(reason) => shared('partFailed', { reason })}
      again={shared('again')}
    >
      {(endpoint, back) => <OpenEndpoint endpoint={endpoint} back={back} />}
    </DetailScreen>
  )
}

function OpenEndpoint({ endpoint, back }: { readonly endpoint: Endpoint; readonly back: ReactNode }) {
  const t = useWords(webhookWords)
  const formats = useFormats()
  const { role } = useWorkspace()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { url, description, kinds, recipient, lastSuccessAt, oldSecretUntil } = endpoint
  const facts = [
    ...(description === '' ? [] : [{ term: t('description'), value: description }]),
    { term: t('kinds'), value: kinds === null ? t('everyKind') : <code className="text-xs">{kinds.join(', ')}</code> },
    { term: t('lastSuccess'), value: lastSuccessAt ? formats.dateTime(lastSuccessAt) : t('never') },
    ...(recipient ? [{ term: t('who'), value: recipient.name }] : []),
    ...(oldSecretUntil ? [{ term: t('secretTitle'), value: t('secretBoth', { when: formats.dateTime(oldSecretUntil) }) }] : []),
  ]
  return (
    <DetailPane header={<PageHeader title={url} back={back} actions={managesMembers(role) && <EndpointActs endpoint={endpoint} />} />}>
      <div className="min-w-0 [&_section>*]:max-w-168">
        <Section title={t('address')} note={<EndpointBadge endpoint={endpoint} />}>
          <EndpointNote endpoint={endpoint} />
          <Facts items={facts} />
        </Section>
        <DeliveryLog endpoint={endpoint} search={search} />
      </div>
      {search.delivery !== undefined && (
        <DeliverySheet
          deliveryId={search.delivery}
          mayResend={managesMembers(role) && endpoint.enabled}
          onClose={() => void navigate({ to: '.', search: ({ delivery: _, ...rest }) => rest, replace: true })}
        />
      )}
    </DetailPane>
  )
}
