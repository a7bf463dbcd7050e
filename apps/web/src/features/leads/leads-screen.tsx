import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { shellWords } from '../../app/words.ts'
import { useCommands } from '../../lib/commands.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useNarrow } from '../../lib/narrow.ts'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Count } from '../../ui/badge.tsx'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Panes } from '../../ui/panes.tsx'
import { Select } from '../../ui/select.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { membersQuery } from '../contacts/queries.ts'
import { type LeadsSearch, readLeadsSearch } from './address.ts'
import { Board } from './board.tsx'
import { formsQuery } from './forms/queries.ts'
import { mayManagePipelines, mayWorkOnLeads } from './may-work.ts'
import { boardQuery, pipelinesQuery } from './queries.ts'
import { leadsWords } from './words.ts'

const NewLeadDialog = lazy(() => import('./new-lead-dialog.tsx').then((file) => ({ default: file.NewLeadDialog })))

/** The leads room: the board of a pipeline, and beside it the lead that is open. */
export function LeadsScreen() {
  const t = useWords(leadsWords)
  const shell = useWords(shellWords)
  const explain = useExplain()
  const { slug: workspace, role } = useWorkspace()
  const navigate = useNavigate()
  const narrow = useNarrow()
  const { leadId } = useParams({ strict: false })
  const search = readLeadsSearch(useSearch({ from: '/w/$workspace/leads' }))
  const pipelines = useQuery(pipelinesQuery)
  const members = useQuery(membersQuery).data?.items ?? []
  const shown = pipelines.data?.items.filter(({ archivedAt }) => archivedAt === null) ?? []
  const pipeline = shown.find(({ id }) => id === search.pipeline) ?? shown.find(({ isDefault }) => isDefault)
  const asked = useQuery({ ...boardQuery(pipeline?.id ?? '', search.owner), enabled: pipeline !== undefined })
  const may = mayWorkOnLeads.includes(role)
  const change = (next: LeadsSearch) =>
    void navigate({ to: '.', search: (before) => readLeadsSearch({ ...before, ...next }), replace: true })
  const add = () => change({ form: 'new' })
  useCommands(may ? [{ label: t('add'), group: t('group'), keys: 'c', icon: 'plus', run: add }] : [])
  const workers = members.filter((member) => mayWorkOnLeads.includes(member.role))
  const held = (useQuery(formsQuery).data?.items ?? []).reduce((sum, form) => sum + form.held, 0)
  const problem = pipelines.error ?? asked.error
  return (
    <Panes open={leadId !== undefined}>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface phone:group-data-open/panes:hidden">
        <PageHeader
          title={shell('room/leads')}
          level={leadId === undefined ? 'h1' : 'h2'}
          note={asked.data && <span className="phone:hidden">{t('closedCounts', { won: asked.data.won, lost: asked.data.lost })}</span>}
          actions={
            <>
              <Link
                to="/w/$workspace/leads/forms"
                params={{ workspace }}
                aria-label={held > 0 ? t('formsHeld', { count: held }) : t('forms')}
                title={t('forms')}
                className={buttonLook({ variant: 'quiet' })}
              >
                <Icon name="text" />
                {held > 0 && <Count value={held} />}
              </Link>
              {pipeline && (
                <Link
                  to="/w/$workspace/leads/report/$pipelineId"
                  params={{ workspace, pipelineId: pipeline.id }}
                  search={{}}
                  aria-label={t('report')}
                  title={t('report')}
                  className={buttonLook({ variant: 'quiet' })}
                >
                  <Icon name="chart" />
                </Link>
              )}
              {pipeline && mayManagePipelines.includes(role) && (
                <Link
                  to="/w/$workspace/leads/pipelines/$pipelineId"
                  params={{ workspace, pipelineId: pipeline.id }}
                  aria-label={t('setUp')}
                  title={t('setUp')}
                  className={buttonLook({ variant: 'quiet' })}
                >
                  <Icon name="settings" />
                </Link>
              )}
              {may &&
                (narrow ? (
                  <IconButton name={t('add')} icon="plus" variant="plain" onClick={add} />
                ) : (
                  <Button icon="plus" variant="solid" keys="c" onClick={add}>
                    {t('add')}
                  </Button>
                ))}
            </>
          }
        >
          <div className="flex flex-wrap gap-2 px-4 pb-2">
            {shown.length > 1 && pipeline && (
              <Select
                label={t('pipeline')}
                quiet
                value={pipeline.id}
                options={shown.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => change({ pipeline: id })}
              />
            )}
            <Select
              label={t('whose')}
              quiet
              value={search.owner ?? ''}
              options={[{ value: '', label: t('everybodys') }, ...workers.map(({ id, name }) => ({ value: id as string, label: name }))]}
              onChange={(owner) => void navigate({ to: '.', search: (before) => readLeadsSearch({ ...before, owner }), replace: true })}
            />
          </div>
        </PageHeader>
        {problem && !asked.data ? (
          <div className="grid justify-items-start gap-3 p-4">
            <Note tone="no" role="alert">
              {t('failed', { reason: explain(problem).message })}
            </Note>
            <Button onClick={() => void (pipelines.error ? pipelines.refetch() : asked.refetch())}>{t('again')}</Button>
          </div>
        ) : asked.data ? (
          <Board
            board={asked.data}
            owner={search.owner}
            stage={search.stage}
            onStage={(stage) => change({ stage })}
            onAdd={may ? add : undefined}
          />
        ) : (
          <div className="p-4">
            <TextSkeleton lines={6} />
          </div>
        )}
      </div>
      {leadId !== undefined && (
        <div className="flex min-h-0 min-w-0 desk:w-104 desk:shrink-0 desk:border-s desk:border-line phone:flex-1">
          <Outlet />
        </div>
      )}
      <Suspense>
        {search.form === 'new' && pipeline && (
          <NewLeadDialog
            pipelineId={pipeline.id}
            onClose={() => void navigate({ to: '.', search: (before) => readLeadsSearch({ ...before, form: undefined }), replace: true })}
            onOpen={(id) =>
              void navigate({
                to: '/w/$workspace/leads/$leadId',
                params: { workspace, leadId: id },
                search: (before) => readLeadsSearch({ ...before, form: undefined }),
              })
            }
          />
        )}
      </Suspense>
    </Panes>
  )
}
