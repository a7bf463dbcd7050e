import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago } from '../../../ui/ago.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { Asked } from '../settings-pane.tsx'
import { careWords } from './care-words.ts'
import { type FailedJob, failedJobListQuery, rowsOf } from './queries.ts'

/** What the server could not finish; it can be tried again. */
export function FailedJobs() {
  const t = useWords(careWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const asked = useInfiniteQuery(failedJobListQuery)
  const { role } = useWorkspace()
  const may = ['owner', 'admin', 'manager'].includes(role)
  const [busy, setBusy] = useState<string>()
  const retry = async (jobs: readonly FailedJob[]) => {
    setBusy(jobs.length === 1 ? jobs[0]?.id : 'all')
    try {
      for (const { id } of jobs) await call('POST /failed-jobs/{jobId}/retry', { params: { jobId: id } })
      notices.show({ tone: 'ok', text: jobs.length === 1 ? t('retried') : t('retriedAll', { count: jobs.length }) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(undefined)
      void queries.invalidateQueries({ queryKey: failedJobListQuery.queryKey })
    }
  }
  const rows = asked.data ? rowsOf(asked.data) : []
  return (
    <Section
      title={t('jobsTitle')}
      intro={t('jobsIntro')}
      actions={
        may &&
        rows.length > 1 && (
          <Button size="sm" busy={busy === 'all'} onClick={() => void retry(rows)}>
            {t('retryAll')}
          </Button>
        )
      }
    >
      <Asked asked={asked} lines={2}>
        {() =>
          rows.length === 0 ? (
            <EmptyState icon="check">{t('jobsEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rows.map((job) => (
                  <li key={job.id} className="flex flex-wrap items-start gap-3 py-3">
                    <span className="grid min-w-48 flex-1 gap-1 text-sm">
                      <span className="flex flex-wrap items-baseline gap-x-2">
                        <code className="font-medium">{job.name}</code>
                        <span className="text-xs text-ink-3">
                          <Ago at={job.failedAt} /> · {t('jobTries', { count: job.attempts })}
                        </span>
                      </span>
                      <span className="line-clamp-3 wrap-anywhere text-ink-2">{job.error}</span>
                    </span>
                    {may && (
                      <Button size="sm" icon="refresh" busy={busy === job.id} onClick={() => void retry([job])}>
                        {t('retry')}
                      </Button>
                    )}
                  </li>
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
