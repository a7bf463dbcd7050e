import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { managesMembers } from '../business/roles.ts'
import { Asked, SettingsPane } from '../settings-pane.tsx'
import { settingsWords } from '../words.ts'
import { EndpointSheet } from './endpoint-sheet.tsx'
import { EndpointBadge } from './endpoint-state.tsx'
import { type Endpoint, endpointsQuery, type ShownSecret } from './queries.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { webhookWords } from './words.ts'

/** Addresses of other programs that are told of events. */
export function WebhooksPage() {
  const t = useWords(webhookWords)
  const shared = useWords(settingsWords)
  const { role } = useWorkspace()
  const may = managesMembers(role)
  const asked = useQuery(endpointsQuery)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<ShownSecret>()
  const button = may && (
    <Button variant="solid" icon="plus" onClick={() => setAdding(true)}>
      {t('new')}
    </Button>
  )
  return (
    <SettingsPane title={shared('page/webhooks')}>
      <Section title={t('addresses')} intro={t('intro')} actions={asked.data && asked.data.items.length > 0 && button}>
        {!may && <p className="text-sm text-ink-3">{shared('onlyRead')}</p>}
        <Asked asked={asked}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState icon="send" action={button}>
                {t('empty')}
              </EmptyState>
            ) : (
              <Table
                label={t('addresses')}
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  { key: 'address', title: t('address'), phone: 'title', cell: (endpoint) => <Address endpoint={endpoint} /> },
                  { key: 'state', title: t('state'), phone: 'aside', cell: (endpoint) => <EndpointBadge endpoint={endpoint} /> },
                  {
                    key: 'last',
                    title: t('lastSuccess'),
                    cell: ({ lastSuccessAt, waiting }) => (
                      <span className="text-ink-2">
                        {lastSuccessAt ? <Ago at={lastSuccessAt} /> : t('never')}
                        {waiting > 0 && <> · {t('waiting', { count: waiting })}</>}
                      </span>
                    ),
                  },
                ]}
              />
            )
          }
        </Asked>
      </Section>
      {adding && (
        <EndpointSheet
          onClose={() => setAdding(false)}
          onMade={(answer) => {
            setAdding(false)
            setMade(answer)
          }}
        />
      )}
      {made && <SecretDialog secret={made.secret} onClose={() => setMade(undefined)} />}
    </SettingsPane>
  )
}

function Address({ endpoint }: { readonly endpoint: Endpoint }) {
  const t = useWords(webhookWords)
  const { slug: workspace } = useWorkspace()
  const { url, description, kinds, recipient } = endpoint
  return (
    <span className="grid min-w-0 py-0.5">
      <Link
        to="/w/$workspace/settings/webhooks/$endpointId"
        params={{ workspace, endpointId: endpoint.id }}
        className="font-medium wrap-anywhere text-ink underline-offset-2 hover:underline"
      >
        <bdi dir="ltr">{url}</bdi>
      </Link>
      <span className="text-xs text-ink-3">
        {description !== '' && <>{description} · </>}
        {kinds === null ? t('everyKind') : t('kindsCount', { count: kinds.length })}
        {recipient && <> · {t('usedBy', { name: recipient.name })}</>}
      </span>
    </span>
  )
}
