import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useWords } from '../../../lib/i18n.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextSkeleton } from '../../../ui/skeleton.tsx'
import { More } from '../../../ui/table.tsx'
import { PartFailed } from '../part-failed.tsx'
import { tasksQuery } from './queries.ts'
import { TaskList } from './task-list.tsx'
import { tasksWords } from './words.ts'

export type DoneTasksProps = { readonly narrowed: Parameters<typeof tasksQuery>[1]; readonly withContact?: boolean }

/** What was done, the last first; asked for when somebody wants to see it. */
export function DoneTasks({ narrowed, withContact = false }: DoneTasksProps) {
  const t = useWords(tasksWords)
  const id = useId()
  const [shown, setShown] = useState(false)
  const asked = useInfiniteQuery({ ...tasksQuery('done', narrowed), enabled: shown })
  const tasks = asked.data?.pages.flatMap((page) => page.items)
  return (
    <div className="grid justify-items-start gap-2">
      <Button
        variant="quiet"
        size="sm"
        icon={shown ? 'chevronUp' : 'chevronDown'}
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setShown(!shown)}
      >
        {t(shown ? 'hideDone' : 'showDone')}
      </Button>
      <div id={id} className="justify-self-stretch empty:hidden">
        {shown && asked.isError && !tasks && <PartFailed error={asked.error} onAgain={() => void asked.refetch()} />}
        {shown && asked.isPending && <TextSkeleton lines={2} />}
        {shown && tasks?.length === 0 && <p className="text-sm text-ink-3">{t('doneNone')}</p>}
        {shown && tasks && tasks.length > 0 && <TaskList label={t('list/done')} tasks={tasks} withContact={withContact} />}
        {shown && <More hasMore={asked.hasNextPage} busy={asked.isFetchingNextPage} onMore={() => void asked.fetchNextPage()} />}
      </div>
    </div>
  )
}
