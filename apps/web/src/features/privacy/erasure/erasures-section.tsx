import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { Section } from '../../../ui/section.tsx'
import { More } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { Receipt } from './erase-progress.tsx'
import { type Erasure, erasuresQuery } from './queries.ts'
import { rightsWords } from './words.ts'

/** Every erasure with how far it is and its receipt. Nothing here says who it was. */
export function ErasuresSection({ may }: { readonly may: boolean }) {
  const t = useWords(rightsWords)
  const asked = useInfiniteQuery(erasuresQuery)
  return (
    <Section title={t('erasures')} intro={t('erasuresIntro')}>
      <Asked asked={asked} lines={3}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="trash">{t('erasuresEmpty')}</EmptyState>
          ) : (
            <>
              <ul className="grid divide-y divide-line">
                {rowsOf(data).map((erasure) => (
                  <ErasureRow key={erasure.id} erasure={erasure} may={may} />
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

const tones = { waiting: 'wait', running: 'wait', held: 'wait', done: 'ok' } as const

function ErasureRow({ erasure, may }: { readonly erasure: Erasure; readonly may: boolean }) {
  const t = useWords(rightsWords)
  const formats = useFormats()
  const { mode, state, ground, heldBy, receipt } = erasure
  return (
    <li className="grid gap-2 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="grid min-w-48 flex-1">
          <span className="font-medium">{t(`kind/${mode}`)}</span>
          <span className="text-xs text-ink-3">
            {formats.dateTime(erasure.requestedAt)} · {t(`because/${ground}`)}
          </span>
        </span>
        <Badge tone={tones[state]}>{t(`state/${state}`)}</Badge>
        {may && state !== 'done' && <RetryButton erasureId={erasure.id} />}
      </div>
      {state === 'held' && <Note tone="wait">{t('held', { why: heldBy ?? '' })}</Note>}
      {receipt && (
        <details className="group">
          <summary className="flex min-h-(--control-sm) cursor-pointer items-center gap-2 text-ink-2">
            <Icon name="chevronRight" className="text-ink-3 transition-transform group-open:rotate-90" />
            {t('receipt')}
          </summary>
          <div className="ps-6 pt-1">
            <Receipt receipt={receipt} />
          </div>
        </details>
      )}
    </li>
  )
}

function RetryButton({ erasureId }: { readonly erasureId: string }) {
  const t = useWords(rightsWords)
  const explain = useExplain()
  const notices = useNotices()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const retry = async () => {
    setBusy(true)
    try {
      await call('POST /erasures/{erasureId}/retry', { params: { erasureId } })
      await queries.invalidateQueries({ queryKey: erasuresQuery.queryKey })
      notices.show({ tone: 'ok', text: t('retried') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void retry()}>
      {t('retry')}
    </Button>
  )
}
