import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { type RetentionRun, retentionRunsQuery } from './queries.ts'
import { retentionWords } from './words.ts'

/** The reports of the nights. */
export function RunsSection() {
  const t = useWords(retentionWords)
  const asked = useInfiniteQuery(retentionRunsQuery)
  return (
    <Section title={t('runs')} intro={t('runsIntro')}>
      <Asked asked={asked} lines={2}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="clock">{t('runsEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((run) => (
                  <RunRow key={run.id} run={run} />
                ))}
              </ul>
              <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
            </>
          )
        }
      </Asked>
    </Section>
  )
}

function RunRow({ run }: { readonly run: RetentionRun }) {
  const t = useWords(retentionWords)
  const formats = useFormats()
  const went = run.rules.filter(({ tables, held }) => tables.length > 0 || held > 0)
  return (
    <li className="grid gap-1 py-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{formats.plainDate(run.night)}</span>
        {run.state === 'running' && <Badge tone="wait">{t('running')}</Badge>}
      </span>
      {went.length === 0 ? (
        <span className="text-xs text-ink-3">{t('nothingWent')}</span>
      ) : (
        <ul className="grid gap-0.5 text-xs text-ink-2">
          {went.map(({ rule, tables, files, held }) => (
            <li key={rule} className="flex flex-wrap gap-x-2">
              <span>{t(`rule/${rule}`)}</span>
              <span>{t('rows', { count: tables.reduce((sum, { rows }) => sum + rows, 0) })}</span>
              {files > 0 && <span>{t('files', { count: files })}</span>}
              {held > 0 && <span>{t('held', { count: held })}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
