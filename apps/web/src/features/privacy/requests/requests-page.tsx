import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, buttonLook } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { linkLook } from '../../accounts/entrance.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { dayOf } from '../consents/consent-day.ts'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { AgentsSection } from './agents-section.tsx'
import { dueTone, dueWords } from './due.ts'
import { FiguresSection } from './figures-section.tsx'
import { type ListName, lists } from './lists.ts'
import { OfficeSection } from './office-section.tsx'
import { officeQuery, type RequestRow, requestListQuery } from './queries.ts'
import { RecordRequestSheet } from './record-request-sheet.tsx'
import { requestWords } from './words.ts'

/** What people ask about their data, and complaints: by what is due first; below it who looks after them, and the year in figures. */
export function RequestsPage() {
  const t = useWords(requestWords)
  const room = useWords(roomWords)
  const { slug, role } = useWorkspace()
  const { list } = useSearch({ strict: false }) as { list?: ListName }
  const shown = list ?? 'open'
  const navigate = useNavigate()
  const [recording, setRecording] = useState(false)
  const office = useQuery(officeQuery)
  const decides = role === 'owner' || role === 'privacy_officer'
  const sees = decides || role === 'admin'
  return (
    <PrivacyPane
      title={room('page/requests')}
      actions={
        <Button icon="plus" onClick={() => setRecording(true)}>
          {t('record')}
        </Button>
      }
    >
      {sees && (
        <Section
          title={t('queue')}
          intro={decides ? `${t('queueIntro')} ${t('confidential')}` : t('queueIntro')}
          actions={
            office.data && (
              <a href={office.data.portalPath} target="_blank" rel="noopener" className={buttonLook({ variant: 'plain', size: 'sm' })}>
                {t('portal')}
              </a>
            )
          }
        >
          <Tabs
            label={t('queue')}
            value={shown}
            onChange={(next) =>
              void navigate({
                to: '/w/$workspace/privacy/requests',
                params: { workspace: slug },
                search: next === 'open' ? {} : { list: next },
                replace: true,
              })
            }
            tabs={lists
              .filter((one) => decides || one !== 'complaints')
              .map((one) => ({ key: one, title: t(`list/${one}`), content: <Queue list={one} /> }))}
          />
        </Section>
      )}
      <OfficeSection />
      {sees && <AgentsSection />}
      {sees && <FiguresSection />}
      {recording && <RecordRequestSheet onClose={() => setRecording(false)} />}
    </PrivacyPane>
  )
}

function Queue({ list }: { readonly list: ListName }) {
  const t = useWords(requestWords)
  const asked = useInfiniteQuery(requestListQuery(list))
  const office = useQuery(officeQuery)
  const nameOf = (id: string | null) => office.data?.able.find(({ memberId }) => memberId === id)?.name
  return (
    <div className="pt-2">
      <Asked asked={asked} lines={4}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon={list === 'overdue' || list === 'mine' ? 'check' : 'inbox'}>{t(`empty/${list}`)}</EmptyState>
          ) : (
            <Table
              label={t(`list/${list}`)}
              rows={rowsOf(data)}
              keyOf={({ id }) => id}
              more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
              columns={[
                { key: 'asked', title: t('asked'), phone: 'title', cell: (row) => <What row={row} /> },
                { key: 'due', title: t('due'), phone: 'aside', cell: (row) => <Due row={row} /> },
                {
                  key: 'owner',
                  title: t('owner'),
                  cell: (row) => <span className="text-ink-2">{nameOf(row.ownerMemberId) ?? t('nobodyYet')}</span>,
                },
                {
                  key: 'state',
                  title: t('state'),
                  cell: (row) => <span className="whitespace-nowrap text-ink-2">{t(`state/${row.state}`)}</span>,
                },
              ]}
            />
          )
        }
      </Asked>
    </div>
  )
}

function What({ row }: { readonly row: RequestRow }) {
  const t = useWords(requestWords)
  const { slug } = useWorkspace()
  return (
    <span className="grid gap-0.5 py-1">
      <Link
        to="/w/$workspace/privacy/requests/$requestId"
        params={{ workspace: slug, requestId: row.id }}
        className={`${linkLook} font-medium`}
      >
        {t(`kind/${row.kind}`)}
      </Link>
      <span className="text-xs text-ink-3">
        {t('numbered', { number: row.number })} · <bdi>{row.requesterName ?? t('anonymous')}</bdi>
      </span>
    </span>
  )
}

/** The due day with plain words. */
export function Due({ row }: { readonly row: Pick<RequestRow, 'due' | 'closedAt'> }) {
  const t = useWords(requestWords)
  const formats = useFormats()
  const { zone } = useWorkspace()
  const today = dayOf(useMinute(), zone)
  if (row.closedAt) return <span className="text-sm text-ink-3">{t('closedOn', { date: formats.date(row.closedAt) })}</span>
  if (row.due === null) return <span className="text-sm text-ink-3">{t('due/none')}</span>
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="whitespace-nowrap">{formats.plainDate(row.due.day)}</span>
      <Badge tone={dueTone(row.due, today)}>{dueWords(t, row.due, today)}</Badge>
    </span>
  )
}
