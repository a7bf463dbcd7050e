import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { call } from '../../lib/api.ts'
import { useWords } from '../../lib/i18n.tsx'
import { useExplain } from '../../lib/problems.ts'
import { useWorkspace } from '../../lib/session.ts'
import { Note } from '../../ui/banner.tsx'
import { Button, buttonLook } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Page } from '../../ui/panes.tsx'
import { Section } from '../../ui/section.tsx'
import { TextSkeleton } from '../../ui/skeleton.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { ChecklistForm } from './checklist-form.tsx'
import { mayManagePipelines } from './may-work.ts'
import { PipelineForm } from './pipeline-form.tsx'
import { checklistQuery, type Pipeline, pipelineQuery, pipelinesQuery, routingQuery } from './queries.ts'
import { RoutingForm } from './routing-form.tsx'
import { leadsWords } from './words.ts'

const route = getRouteApi('/w/$workspace/leads/pipelines/$pipelineId')

/** How a pipeline is set up: its stages, the reasons why leads are lost, the checklist and the rules of the score. */
export function PipelineScreen() {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const { slug: workspace, role } = useWorkspace()
  const { pipelineId } = route.useParams()
  const asked = useQuery(pipelineQuery(pipelineId))
  const checklist = useQuery(checklistQuery(pipelineId))
  const routing = useQuery(routingQuery(pipelineId))
  const problem = asked.error ?? checklist.error
  const back = (
    <Link
      to="/w/$workspace/leads"
      params={{ workspace }}
      search={{}}
      aria-label={t('backToBoard')}
      className={buttonLook({ variant: 'quiet' })}
    >
      <Icon name="chevronLeft" />
    </Link>
  )
  const trail = (
    <Link to="/w/$workspace/leads" params={{ workspace }} search={{}} className="text-ink-2 no-underline hover:underline">
      {t('backToBoard')}
    </Link>
  )
  return (
    <Page header={<PageHeader title={asked.data?.name ?? t('pipeline')} back={back} trail={trail} />}>
      {problem && !(asked.data && checklist.data) ? (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(problem).message })}
          </Note>
          <Button onClick={() => void (asked.error ? asked.refetch() : checklist.refetch())}>{t('again')}</Button>
        </div>
      ) : asked.data && checklist.data ? (
        mayManagePipelines.includes(role) ? (
          <>
            <PipelineForm key={contentOf(asked.data)} pipeline={asked.data} />
            <ChecklistForm key={contentOf(checklist.data)} checklist={checklist.data} />
            {routing.data && <RoutingForm key={contentOf(routing.data)} routing={routing.data} />}
            <Others pipeline={asked.data} />
          </>
        ) : (
          <Note icon="lock">{t('onlyLeads')}</Note>
        )
      ) : (
        <div className="p-4">
          <TextSkeleton lines={8} />
        </div>
      )}
    </Page>
  )
}

/** What a form shows, without the version that all three share: what is saved in one takes nothing from what is typed in another. */
const contentOf = <Saved extends { readonly version: number }>({ version: _, ...content }: Saved): string => JSON.stringify(content)

/** The other pipelines, a new one, and putting this one away. */
function Others({ pipeline }: { readonly pipeline: Pipeline }) {
  const t = useWords(leadsWords)
  const explain = useExplain()
  const { slug: workspace } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notices = useNotices()
  const all = useQuery(pipelinesQuery).data?.items ?? []
  const refresh = () => queries.invalidateQueries({ queryKey: ['leads'] })
  const run = async (act: () => Promise<unknown>) => {
    try {
      await act()
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  const put = async (name: 'DELETE /pipelines/{pipelineId}' | 'POST /pipelines/{pipelineId}/restore') => {
    await call(name, { params: { pipelineId: pipeline.id } })
    await refresh()
  }
  const archive = () =>
    run(async () => {
      await put('DELETE /pipelines/{pipelineId}')
      notices.show({ text: t('pipelineAway', { name: pipeline.name }), undo: () => put('POST /pipelines/{pipelineId}/restore') })
    })
  const add = () =>
    run(async () => {
      const made = await call('POST /pipelines', { body: { name: t('newPipeline') } })
      await refresh()
      await navigate({ to: '/w/$workspace/leads/pipelines/$pipelineId', params: { workspace, pipelineId: made.id } })
    })
  return (
    <Section title={t('pipelines')} intro={t('pipelinesIntro')}>
      <ul className="grid gap-1 text-sm">
        {all.map(({ id, name, archivedAt }) => (
          <li key={id}>
            {id === pipeline.id ? (
              <bdi className="font-medium">{name}</bdi>
            ) : (
              <Link
                to="/w/$workspace/leads/pipelines/$pipelineId"
                params={{ workspace, pipelineId: id }}
                className="text-link underline underline-offset-2"
              >
                <bdi>{name}</bdi>
              </Link>
            )}
            {archivedAt !== null && <span className="text-ink-3"> {t('away')}</span>}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button icon="plus" onClick={() => void add()}>
          {t('addPipeline')}
        </Button>
        {pipeline.archivedAt !== null ? (
          <Button icon="undo" onClick={() => void run(() => put('POST /pipelines/{pipelineId}/restore'))}>
            {t('bringBack')}
          </Button>
        ) : (
          !pipeline.isDefault && (
            <Button icon="archive" onClick={() => void archive()}>
              {t('putAway')}
            </Button>
          )
        )}
      </div>
    </Section>
  )
}
