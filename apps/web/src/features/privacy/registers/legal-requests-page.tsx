import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { rowLook, rowProps } from '../../../ui/list.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { Asked } from '../../settings/settings-pane.tsx'
import { PrivacyPane } from '../privacy-pane.tsx'
import { roomWords } from '../words.ts'
import { type LegalRequest, legalCountsQuery, legalRequestsQuery } from './legal-queries.ts'
import { LegalRequestSheet } from './legal-request-sheet.tsx'
import { legalWords } from './legal-words.ts'
import { EntryList } from './register-list.tsx'

/** The tone of each state. */
export const legalTones: Readonly<Record<LegalRequest['state'], Tone>> = {
  received: 'wait',
  checking: 'wait',
  valid: 'accent',
  disclosed: 'ok',
  refused: 'neutral',
  closed: 'neutral',
}

/** Requests by authorities and courts, and their numbers. */
export function LegalRequestsPage() {
  const t = useWords(legalWords)
  const room = useWords(roomWords)
  const { slug, role } = useWorkspace()
  const navigate = useNavigate()
  const may = role === 'owner' || role === 'privacy_officer'
  const asked = useInfiniteQuery(legalRequestsQuery)
  const [recording, setRecording] = useState(false)
  const button = may && (
    <Button icon="plus" onClick={() => setRecording(true)}>
      {t('record')}
    </Button>
  )
  return (
    <PrivacyPane title={room('page/legal-requests')}>
      <EntryList asked={asked} title={t('title')} intro={t('intro')} empty={t('empty')} icon="building" action={button}>
        {(request) => (
          <Link
            {...rowProps}
            to="/w/$workspace/privacy/legal-requests/$legalRequestId"
            params={{ workspace: slug, legalRequestId: request.id }}
            className={rowLook}
          >
            <LegalRow request={request} />
          </Link>
        )}
      </EntryList>
      <Counts />
      {recording && (
        <LegalRequestSheet
          onClose={() => setRecording(false)}
          onRecorded={(legalRequestId) =>
            void navigate({
              to: '/w/$workspace/privacy/legal-requests/$legalRequestId',
              params: { workspace: slug, legalRequestId },
            })
          }
        />
      )}
    </PrivacyPane>
  )
}

function LegalRow({ request }: { readonly request: LegalRequest }) {
  const t = useWords(legalWords)
  const formats = useFormats()
  return (
    <>
      <span className="col-span-full flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium">{t('number', { number: String(request.number) })}</span>
        <Badge tone={legalTones[request.state]}>{t(`state/${request.state}`)}</Badge>
      </span>
      <bdi className="col-span-full truncate text-ink-2">
        {t(`kind/${request.kind}`)} · {request.authority}
      </bdi>
      <span className="col-span-full flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{formats.date(request.receivedAt)}</span>
        <span>{t('people', { count: request.people })}</span>
        {request.dueOn && <span>{t('due', { date: formats.plainDate(request.dueOn) })}</span>}
      </span>
    </>
  )
}

function Counts() {
  const t = useWords(legalWords)
  const asked = useQuery(legalCountsQuery)
  return (
    <Section title={t('counts')} intro={t('countsIntro')}>
      <Asked asked={asked} lines={2}>
        {({ years }) =>
          years.length === 0 ? (
            <p className="text-sm text-ink-3">{t('countsEmpty')}</p>
          ) : (
            <Table
              label={t('counts')}
              rows={years}
              keyOf={({ year, kind }) => `${year} ${kind}`}
              columns={[
                { key: 'kind', title: t('kind'), phone: 'title', cell: ({ kind }) => t(`kind/${kind}`) },
                { key: 'year', title: t('count/year'), phone: 'aside', figures: true, cell: ({ year }) => String(year) },
                ...(['received', 'disclosed', 'refused', 'people'] as const).map((key) => ({
                  key,
                  title: t(`count/${key}`),
                  figures: true,
                  cell: (row: (typeof years)[number]) => (
                    <>
                      <span className="desk:hidden">{t(`count/${key}`)}: </span>
                      {row[key]}
                    </>
                  ),
                })),
              ]}
            />
          )
        }
      </Asked>
    </Section>
  )
}
