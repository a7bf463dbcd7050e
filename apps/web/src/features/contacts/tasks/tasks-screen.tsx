import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { shellWords } from '../../../app/words.ts'
import { useCommands } from '../../../lib/commands.ts'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useNarrow } from '../../../lib/narrow.ts'
import { useExplain } from '../../../lib/problems.ts'
import { useWorkspace } from '../../../lib/session.ts'
import { Note } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Page } from '../../../ui/panes.tsx'
import { Section } from '../../../ui/section.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { membersQuery } from '../queries.ts'
import { RoomTabs } from '../room-tabs.tsx'
import { DoneTasks } from './done-tasks.tsx'
import { mayWriteTasks } from './may-write.ts'
import { type TaskPart, taskCountsQuery, tasksQuery } from './queries.ts'
import { TaskList } from './task-list.tsx'
import { tasksWords } from './words.ts'

const TaskDialog = lazy(() => import('./task-dialog.tsx').then((file) => ({ default: file.TaskDialog })))
const route = getRouteApi('/w/$workspace/contacts/tasks')

/** What the reader has to do for contacts, or what another member or everybody has: late, today, later, and without a day. */
export function TasksScreen() {
  const t = useWords(tasksWords)
  const shell = useWords(shellWords)
  const explain = useExplain()
  const { role, memberId: self } = useWorkspace()
  const { zone } = useReader()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const { whose } = route.useSearch()
  const members = useQuery(membersQuery).data?.items ?? []
  const [adding, setAdding] = useState(false)
  const may = mayWriteTasks.includes(role)
  const add = () => setAdding(true)
  useCommands(may ? [{ label: t('add'), group: t('group'), keys: 'c', icon: 'plus', run: add }] : [])
  const memberId = whose === 'all' ? undefined : (whose ?? self)
  const narrowed = { memberId, zone }
  const counts = useQuery(taskCountsQuery(memberId, zone))
  const found = counts.data
  const parts = found && (['overdue', 'today', 'later', 'undated'] as const).filter((part) => found[part] > 0)
  const workers = members.filter((member) => mayWriteTasks.includes(member.role) && member.id !== self)
  return (
    <Page
      header={
        <PageHeader
          title={shell('room/contacts')}
          actions={
            may &&
            (narrow ? (
              <IconButton name={t('add')} icon="plus" variant="plain" onClick={add} />
            ) : (
              <Button icon="plus" variant="solid" keys="c" onClick={add}>
                {t('add')}
              </Button>
            ))
          }
        >
          <RoomTabs />
        </PageHeader>
      }
    >
      {role !== 'representative' && (
        <div className="flex px-4 pt-3">
          <Select
            label={t('whose')}
            quiet
            value={whose ?? ''}
            options={[
              { value: '', label: t('mine') },
              { value: 'all', label: t('everybodys') },
              ...workers.map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
            onChange={(next) => void navigate({ to: '.', search: next === '' ? {} : { whose: next }, replace: true })}
          />
        </div>
      )}
      {counts.isError && !counts.data && (
        <div className="grid justify-items-start gap-3 p-4">
          <Note tone="no" role="alert">
            {t('failed', { reason: explain(counts.error).message })}
          </Note>
          <Button onClick={() => void counts.refetch()}>{t('again')}</Button>
        </div>
      )}
      {counts.isPending && (
        <div className="p-4">
          <TextSkeleton lines={6} />
        </div>
      )}
      {parts?.length === 0 && (
        <EmptyState
          icon="check"
          action={
            may && (
              <Button variant="solid" icon="plus" onClick={add}>
                {t('add')}
              </Button>
            )
          }
        >
          {t(whose === undefined ? 'emptyMine' : 'emptyOther')}
        </EmptyState>
      )}
      {parts?.map((part) => (
        <Part key={part} part={part} count={found?.[part] ?? 0} narrowed={narrowed} />
      ))}
      {counts.data && (
        <div className="p-4">
          <DoneTasks key={memberId ?? ''} narrowed={narrowed} withContact />
        </div>
      )}
      <Suspense>{adding && <TaskDialog onClose={() => setAdding(false)} />}</Suspense>
    </Page>
  )
}

type PartProps = {
  readonly part: Exclude<TaskPart, 'done'>
  readonly count: number
  readonly narrowed: { readonly memberId: string | undefined; readonly zone: string }
}

function Part({ part, count, narrowed }: PartProps) {
  const t = useWords(tasksWords)
  const explain = useExplain()
  const asked = useInfiniteQuery(tasksQuery(part, narrowed))
  const tasks = asked.data?.pages.flatMap((page) => page.items)
  const title = t(`list/${part}`)
  return (
    <Section title={title} note={count}>
      {asked.isError && !tasks && (
        <Note tone="no" role="alert">
          {t('failed', { reason: explain(asked.error).message })}
        </Note>
      )}
      {asked.isPending && <TextSkeleton lines={2} />}
      {tasks && tasks.length > 0 && <TaskList label={title} tasks={tasks} withContact />}
      <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
    </Section>
  )
}
