import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormats, useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { DateField } from '../../ui/date-field.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Page } from '../../ui/panes.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { type Report, reportQuery } from './queries.ts'
import { leadsWords } from './words.ts'

const route = getRouteApi('/w/$workspace/leads/report/$pipelineId')

/** What was won and lost, by source, by person and by reason. */
export function ReportScreen() {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const { pipelineId } = route.useParams()
  const { from, to } = route.useSearch()
  const asked = useQuery(reportQuery(pipelineId, from, to))
  const report = asked.data
  const board = (look: string, inside: ReactNode) => (
    <Link to="/w/$workspace/leads" params={{ workspace }} search={{}} aria-label={t('backToBoard')} className={look}>
      {inside}
    </Link>
  )
  const change = (days: { readonly from?: string; readonly to?: string }) =>
    void navigate({
      to: '/w/$workspace/leads/report/$pipelineId',
      params: { workspace, pipelineId },
      search: { from: report?.from, to: report?.to, ...days },
      replace: true,
    })
  return (
    <Page
      header={
        <PageHeader
          title={t('report')}
          back={board(buttonLook({ variant: 'quiet' }), <Icon name="chevronLeft" />)}
          trail={board('text-ink-2 no-underline hover:underline', t('backToBoard'))}
        />
      }
    >
      {asked.isError && (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('reportFailed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      )}
      {asked.isPending && (
        <div className="p-4">
          <TextSkeleton lines={6} />
        </div>
      )}
      {report && (
        <>
          <div className="flex flex-wrap gap-3 p-4">
            <DateField label={t('from')} max={report.to} value={report.from} onChange={(day) => day && change({ from: day })} />
            <DateField label={t('to')} min={report.from} value={report.to} onChange={(day) => day && change({ to: day })} />
          </div>
          <Tables report={report} />
        </>
      )}
    </Page>
  )
}

function Tables({ report }: { readonly report: Report }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  const members = useQuery(membersQuery).data?.items ?? []
  if (report.bySource.length === 0) return <EmptyState icon="chart">{t('reportEmpty')}</EmptyState>
  const name = (id: string | null) => (id === null ? t('nobody') : (members.find((member) => member.id === id)?.name ?? t('formerMember')))
  return (
    <>
      <Counts
        title={t('bySource')}
        first={t('source')}
        rows={report.bySource.map(({ source, ...counts }) => ({ key: source, name: t(`source/${source}`), ...counts }))}
      />
      <Counts
        title={t('byPerson')}
        first={t('owner')}
        rows={report.byPerson.map(({ memberId, ...counts }) => ({ key: memberId ?? '', name: name(memberId), ...counts }))}
      />
      {report.byReason.length > 0 && (
        <Section title={t('byReason')}>
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b border-line text-xs text-ink-3">
                <th scope="col" className="py-1.5 text-start font-normal">
                  {t('lostReason')}
                </th>
                <th scope="col" className="py-1.5 text-end font-normal">
                  {t('state/lost')}
                </th>
              </tr>
            </thead>
            <tbody>
              {report.byReason.map(({ reason, lost }) => (
                <tr key={reason} className="border-b border-line last:border-b-0">
                  <th scope="row" className="py-1.5 text-start font-normal wrap-anywhere">
                    <bdi>{reason}</bdi>
                  </th>
                  <td className="figures py-1.5 text-end">{formats.number(lost)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}

type Row = Omit<Report['bySource'][number], 'source'> & { readonly key: string; readonly name: string }

function Counts({ title, first, rows }: { readonly title: string; readonly first: string; readonly rows: readonly Row[] }) {
  const t = useWords(leadsWords)
  const formats = useFormats()
  return (
    <Section title={title}>
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-ink-3">
            <th scope="col" className="py-1.5 text-start font-normal">
              {first}
            </th>
            {[t('state/won'), t('state/lost'), t('winRate'), t('wonValue')].map((heading) => (
              <th key={heading} scope="col" className="py-1.5 ps-3 text-end font-normal">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, won, lost, wonValue }) => (
            <tr key={key} className="border-b border-line last:border-b-0">
              <th scope="row" className="py-1.5 text-start font-normal wrap-anywhere">
                <bdi>{name}</bdi>
              </th>
              <td className="figures py-1.5 ps-3 text-end">{formats.number(won)}</td>
              <td className="figures py-1.5 ps-3 text-end">{formats.number(lost)}</td>
              <td className="figures py-1.5 ps-3 text-end">{formats.percent(Math.round((won / (won + lost)) * 100) / 100)}</td>
              <td className="figures py-1.5 ps-3 text-end">
                {wonValue.map((sum) => formats.money(sum, { short: true })).join(' + ') || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}
