import { useInfiniteQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useReader, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { PartFailed } from '../part-failed.tsx'
import { DoneTasks } from './done-tasks.tsx'
import { mayWriteTasks } from './may-write.ts'
import { contactTasksQuery } from './queries.ts'
import { TaskList } from './task-list.tsx'
import { tasksWords } from './words.ts'

const TaskDialog = lazy(() => import('./task-dialog.tsx').then((file) => ({ default: file.TaskDialog })))

/** What is to be done for somebody, and what was done. */
export function ContactTasks({
  contact,
}: {
  readonly contact: { readonly id: string; readonly name: string; readonly archivedAt?: string | null }
}) {
  const t = useWords(tasksWords)
  const { role } = useWorkspace()
  const { zone } = useReader()
  const [adding, setAdding] = useState(false)
  const asked = useInfiniteQuery(contactTasksQuery(contact.id))
  if (asked.isError && !asked.data) return <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />
  if (!asked.data) {
    return (
      <div className="pt-6">
        <TextSkeleton lines={3} />
      </div>
    )
  }
  const tasks = asked.data.pages.flatMap((page) => page.items)
  const add = mayWriteTasks.includes(role) && !contact.archivedAt && (
    <Button icon="plus" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <div className="grid gap-2 pt-4">
      {tasks.length === 0 ? (
        <EmptyState icon="check" action={add}>
          {t('empty', { name: contact.name })}
        </EmptyState>
      ) : (
        <>
          <div>{add}</div>
          <TaskList label={t('tasks')} tasks={tasks} />
          <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />
        </>
      )}
      <DoneTasks narrowed={{ contactId: contact.id, zone }} />
      <Suspense>{adding && <TaskDialog contact={contact} onClose={() => setAdding(false)} />}</Suspense>
    </div>
  )
}
