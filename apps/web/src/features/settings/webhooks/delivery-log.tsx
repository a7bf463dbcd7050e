import type { EventType } from '@frontdesk/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Ago } from '../../../ui/ago.tsx'
import { buttonLook } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { Table } from '../../../ui/table.tsx'
import { rowsOf } from '../business/queries.ts'
import { Asked } from '../settings-pane.tsx'
import { DeliveryBadge } from './endpoint-state.tsx'
import { kindsQuery } from './kinds-field.tsx'
import { deliveryStates, type LogSearch, readLogSearch } from './log-address.ts'
import { type Delivery, deliveriesQuery, type Endpoint } from './queries.ts'
import { webhookWords } from './words.ts'

/** What was sent to an address, by state and kind; which ones stands in the address of the screen. */
export function DeliveryLog({ endpoint, search }: { readonly endpoint: Endpoint; readonly search: LogSearch }) {
  const t = useWords(webhookWords)
  const asked = useInfiniteQuery(deliveriesQuery(endpoint.id, search))
  const isNarrowed = search.state !== undefined || search.kind !== undefined
  return (
    <Section title={t('log')} intro={t('logIntro')}>
      <Narrowing endpoint={endpoint} search={search} />
      <Asked asked={asked}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState
              icon={isNarrowed ? 'filter' : 'send'}
              action={
                isNarrowed && (
                  <Link to="." search={{}} replace className={buttonLook()}>
                    {t('showAll')}
                  </Link>
                )
              }
            >
              {isNarrowed ? t('logNone') : t('logEmpty')}
            </EmptyState>
          ) : (
            <Table
              label={t('log')}
              rows={rowsOf(data)}
              keyOf={({ id }) => id}
              more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
              columns={[
                { key: 'event', title: t('event'), phone: 'title', cell: (delivery) => <EventLink delivery={delivery} /> },
                { key: 'state', title: t('state'), phone: 'aside', cell: ({ state }) => <DeliveryBadge state={state} /> },
                { key: 'answer', title: t('answer'), cell: (delivery) => <LastAnswer delivery={delivery} /> },
                { key: 'when', title: t('happened'), cell: ({ createdAt }) => <Ago at={createdAt} /> },
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}

function EventLink({ delivery }: { readonly delivery: Delivery }) {
  const t = useWords(webhookWords)
  const formats = useFormats()
  return (
    <Link
      to="."
      search={(before) => ({ ...readLogSearch(before), delivery: delivery.id })}
      aria-label={t('open', { type: delivery.type, when: formats.dateTime(delivery.createdAt) })}
      className="text-ink underline-offset-2 hover:underline"
    >
      <code className="text-xs wrap-anywhere">{delivery.type}</code>
    </Link>
  )
}

function LastAnswer({ delivery: { lastStatus, attempts, nextAt, state } }: { readonly delivery: Delivery }) {
  const t = useWords(webhookWords)
  const formats = useFormats()
  const parts = [
    ...(lastStatus === null ? [] : [t('status', { status: String(lastStatus) })]),
    ...(attempts > 1 || (attempts === 1 && lastStatus === null) ? [t('tries', { count: attempts })] : []),
    ...(state === 'waiting' && attempts > 0 && nextAt !== null ? [t('nextTry', { when: formats.dateTime(nextAt) })] : []),
  ]
  return <span className="text-ink-2">{parts.join(' · ')}</span>
}

/** Which deliveries are listed. */
function Narrowing({ endpoint, search }: { readonly endpoint: Endpoint; readonly search: LogSearch }) {
  const t = useWords(webhookWords)
  const navigate = useNavigate()
  const known = useQuery(kindsQuery).data?.items.map(({ type }) => type) ?? []
  const kinds = endpoint.kinds === null ? known : [...endpoint.kinds, 'webhook_endpoint.tested']
  const go = (change: LogSearch) =>
    void navigate({ to: '.', search: readLogSearch({ ...search, delivery: undefined, ...change }), replace: true })
  return (
    <div className="flex flex-wrap gap-3">
      <Select
        label={t('filterState')}
        value={search.state ?? ''}
        onChange={(state) => go({ state: deliveryStates.find((one) => one === state) } as LogSearch)}
        options={[{ value: '', label: t('anyState') }, ...deliveryStates.map((state) => ({ value: state, label: t(`delivery/${state}`) }))]}
        className="min-w-40"
      />
      <Select
        label={t('filterKind')}
        value={search.kind ?? ''}
        onChange={(kind) => go({ kind: kind === '' ? undefined : (kind as EventType) } as LogSearch)}
        options={[
          { value: '', label: t('anyKind') },
          ...[...new Set([...kinds, ...(search.kind ? [search.kind] : [])])].map((kind) => ({ value: kind, label: kind })),
        ]}
        className="min-w-40"
      />
    </div>
  )
}
