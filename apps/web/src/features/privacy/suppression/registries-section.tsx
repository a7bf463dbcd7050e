import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Table } from '../../../ui/table.tsx'
import { useNotices } from '../../../ui/toast.tsx'
import { rowsOf } from '../../settings/business/queries.ts'
import { Asked } from '../../settings/settings-pane.tsx'
import { type RulesTranslator, rulesWords } from '../gate/words.ts'
import { LoadRegistryDialog } from './load-registry-dialog.tsx'

type Snapshot = Awaited<ReturnType<typeof call<'GET /registry-snapshots'>>>['items'][number]

/** Copies of registers and own lists, newest first, page by page. */
export const registryListQuery = infiniteQueryOptions({
  queryKey: ['registry'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /registry-snapshots', { query: { limit: 50, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

/** The do-not-call registers that are loaded: which, how old, how many, and what counts as not loaded. */
export function RegistriesSection() {
  const t = useWords(rulesWords)
  const formats = useFormats('UTC')
  const { role } = useWorkspace()
  const asked = useInfiniteQuery(registryListQuery)
  const mayManage = ['owner', 'admin', 'manager', 'privacy_officer'].includes(role)
  const [loading, setLoading] = useState(false)
  const [removing, setRemoving] = useState<Snapshot>()
  return (
    <Section
      title={t('registersTitle')}
      intro={t('registersIntro')}
      actions={
        mayManage && (
          <Button icon="plus" onClick={() => setLoading(true)}>
            {t('load')}
          </Button>
        )
      }
    >
      <Asked asked={asked}>
        {(data) =>
          rowsOf(data).length === 0 ? (
            <EmptyState icon="phone">{t('registersEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('registersTitle')}
              rows={rowsOf(data)}
              keyOf={({ id }) => id}
              more={{ hasMore: asked.hasNextPage, busy: asked.isFetchingNextPage, onMore: () => void asked.fetchNextPage() }}
              columns={[
                {
                  key: 'register',
                  title: t('register'),
                  phone: 'title',
                  cell: (one) => (
                    <span className="grid">
                      <span className="font-medium">{registryName(t, one.registry)}</span>
                      <span className="text-xs text-ink-3">{found(t, one)}</span>
                    </span>
                  ),
                },
                { key: 'date', title: t('copyOf'), cell: (one) => formats.date(`${one.asOf}T12:00:00Z`) },
                { key: 'state', title: t('ready'), quiet: true, cell: (one) => <State one={one} /> },
                {
                  key: 'acts',
                  title: t('remove'),
                  quiet: true,
                  phone: 'aside',
                  cell: (one) =>
                    mayManage && (
                      <Button size="sm" onClick={() => setRemoving(one)}>
                        {t('remove')}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Asked>
      {loading && <LoadRegistryDialog onClose={() => setLoading(false)} />}
      {removing && <Remove one={removing} onClose={() => setRemoving(undefined)} />}
    </Section>
  )
}

function State({ one }: { readonly one: Snapshot }) {
  const t = useWords(rulesWords)
  if (one.status !== 'ready') return <span className="text-wait-ink">{t('unfinished')}</span>
  return one.stale ? <span className="text-no-ink">{t('stale')}</span> : <span className="text-ok-ink">{t('ready')}</span>
}

function Remove({ one, onClose }: { readonly one: Snapshot; readonly onClose: () => void }) {
  const t = useWords(rulesWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const remove = async () => {
    onClose()
    try {
      await call('DELETE /registry-snapshots/{snapshotId}', { params: { snapshotId: one.id } })
      notices.show({ tone: 'ok', text: t('removed') })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
    void queries.invalidateQueries({ queryKey: ['registry'] })
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('removeAsk')}
      description={t('removeText')}
      action={t('remove')}
      onConfirm={() => void remove()}
    />
  )
}

/** What a register is called. */
export function registryName(t: RulesTranslator, registry: string): string {
  if (registry === 'us.national' || registry === 'ca.national' || registry === 'own') return t(`registry/${registry}`)
  return t('registryState', { state: registry.slice(registry.indexOf('.') + 1) })
}

/** What was found in the file, in one line. */
function found(t: RulesTranslator, { areaCodes, linesKept, linesKnown, linesBad }: Snapshot): string {
  const codes = areaCodes.length > 6 ? `${areaCodes.slice(0, 5).join(', ')} …` : areaCodes.join(', ')
  return [
    t('numbers', { count: linesKept }),
    ...(areaCodes.length > 0 ? [t('covers', { count: areaCodes.length, codes })] : []),
    ...(linesKnown > 0 ? [t('known', { count: linesKnown })] : []),
    ...(linesBad > 0 ? [t('bad', { count: linesBad })] : []),
  ].join(' · ')
}
