import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { type Explained, useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { cx } from '../../../ui/cx.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { DetailPane } from '../../../ui/panes.tsx'
import { Progress } from '../../../ui/progress.tsx'
import { Section } from '../../../ui/section.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { CheckedStep } from './checked-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { PeopleStep } from './people-step.tsx'
import { type Import, importQuery } from './queries.ts'
import { RunPart } from './run-part.tsx'
import { StateBadge } from './state-badge.tsx'
import { importWords } from './words.ts'

const route = getRouteApi('/w/$workspace/contacts/import/$importId')

/** One import, from its columns to what became of it. */
export function ImportScreen() {
  const t = useWords(importWords)
  const explain = useExplain()
  const navigate = useNavigate()
  const { slug: workspace } = useWorkspace()
  const { importId } = route.useParams()
  const asked = useQuery(importQuery(importId))
  const back = (
    <IconButton
      name={t('back')}
      icon="chevronLeft"
      size="lg"
      tip="none"
      onClick={() => void navigate({ to: '/w/$workspace/contacts/import', params: { workspace }, search: {} })}
    />
  )
  if (asked.data) return <OpenImport key={importId} one={asked.data} back={back} />
  return (
    <DetailPane header={<PageHeader title={t('title')} back={back} />} className="p-6">
      {asked.isError ? (
        <div className="grid justify-items-start gap-3">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(asked.error).message })}
          </Note>
          <Button onClick={() => void asked.refetch()}>{t('again')}</Button>
        </div>
      ) : (
        <TextSkeleton lines={6} />
      )}
    </DetailPane>
  )
}

/** What the steps do with an import: they ask the server, and show what it says. */
export type Act = (work: () => Promise<Import>) => Promise<boolean>

type Step = 'columns' | 'people' | 'check' | 'run'

function stepOf({ state }: Import, wanted: 'columns' | 'people'): Step {
  if (state === 'reading' || state === 'draft' || state === 'failed') return wanted
  return state === 'checking' || state === 'checked' ? 'check' : 'run'
}

function OpenImport({ one, back }: { readonly one: Import; readonly back: ReactNode }) {
  const t = useWords(importWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const { step: asked } = route.useSearch()
  const navigate = route.useNavigate()
  const [problem, setProblem] = useState<Explained>()
  const [busy, setBusy] = useState(false)
  const act: Act = async (work) => {
    setProblem(undefined)
    setBusy(true)
    try {
      queries.setQueryData(importQuery(one.id).queryKey, await work())
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] })
      return true
    } catch (error) {
      setProblem(explain(error))
      void queries.invalidateQueries({ queryKey: importQuery(one.id).queryKey })
      return false
    } finally {
      setBusy(false)
    }
  }
  const go = (step: 'columns' | 'people') => void navigate({ search: step === 'people' ? { step } : {} })
  const step = stepOf(one, asked ?? 'columns')
  return (
    <DetailPane header={<PageHeader title={one.name} back={back} note={<StateBadge state={one.state} />} />}>
      <Steps current={step} />
      {problem && (
        <div className="px-4 pt-4">
          <Note tone="no" role="alert">
            {problem.message}
          </Note>
        </div>
      )}
      {one.state === 'reading' && (
        <Section title={t('reading')}>
          <Progress label={t('reading')} done={0} note={t('readingNote')} />
        </Section>
      )}
      {one.state === 'failed' && <Failed one={one} />}
      {one.state === 'draft' && step === 'columns' && (
        <ColumnsStep key={one.version} one={one} act={act} busy={busy} onNext={() => go('people')} />
      )}
      {one.state === 'draft' && step === 'people' && (
        <PeopleStep key={one.version} one={one} act={act} busy={busy} onBack={() => go('columns')} />
      )}
      {one.state === 'checking' && (
        <Section title={t('checking')}>
          <Progress label={t('checking')} done={one.done} {...(one.rows ? { total: one.rows } : {})} note={t('checkingNote')} />
          <p>
            <Button busy={busy} onClick={() => void act(() => call('POST /imports/{importId}/cancel', { params: { importId: one.id } }))}>
              {t('cancel')}
            </Button>
          </p>
        </Section>
      )}
      {one.state === 'checked' && (
        <CheckedStep
          one={one}
          act={act}
          busy={busy}
          onBack={async () => {
            // What was checked has to be checked again once it is another one: the server puts it back to where it can be changed.
            if (await act(() => call('PATCH /imports/{importId}', { params: { importId: one.id }, version: one.version, body: {} })))
              go('people')
          }}
        />
      )}
      {step === 'run' && <RunPart one={one} act={act} busy={busy} />}
    </DetailPane>
  )
}

const steps = ['file', 'columns', 'people', 'check', 'run'] as const

function Steps({ current }: { readonly current: Step }) {
  const t = useWords(importWords)
  const at = steps.indexOf(current)
  return (
    <ol aria-label={t('steps')} className="flex flex-wrap gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-xs text-ink-3">
      {steps.map((step, place) => (
        <li
          key={step}
          {...(place === at ? { 'aria-current': 'step' as const } : {})}
          className={cx('flex items-center gap-1.5', place === at && 'font-medium text-ink', place < at && 'text-ink-2')}
        >
          <span
            className={cx(
              'figures grid size-4.5 place-items-center rounded-full text-2xs',
              place === at ? 'bg-solid text-on-solid' : 'bg-fill-2 text-ink-2',
            )}
          >
            {place + 1}
          </span>
          {t(`step/${step}`)}
        </li>
      ))}
    </ol>
  )
}

function Failed({ one }: { readonly one: Import }) {
  const t = useWords(importWords)
  const navigate = useNavigate()
  const { slug: workspace } = useWorkspace()
  return (
    <Section title={t('state/failed')}>
      <Note tone="no" role="alert">
        {t(`problem/${one.problem ?? 'stopped'}`)}
      </Note>
      <p>
        <Button onClick={() => void navigate({ to: '/w/$workspace/contacts/import', params: { workspace }, search: {} })}>
          {t('bringAnother')}
        </Button>
      </p>
    </Section>
  )
}
