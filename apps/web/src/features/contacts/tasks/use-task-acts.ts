import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../../lib/api.ts'
import { useWords } from '../../../lib/i18n.tsx'
import { useExplain } from '../../../lib/problems.ts'
import { useNotices } from '../../../ui/toast.tsx'
import type { Task } from './queries.ts'
import { tasksWords } from './words.ts'

type Act = 'POST /tasks/{taskId}/complete' | 'POST /tasks/{taskId}/reopen' | 'DELETE /tasks/{taskId}' | 'POST /tasks/{taskId}/restore'

/** What is done with a task where it stands, each with its words and its way back. */
export function useTaskActs(): {
  readonly complete: (task: Task) => Promise<void>
  readonly reopen: (task: Task) => Promise<void>
  readonly remove: (task: Task) => Promise<void>
} {
  const t = useWords(tasksWords)
  const explain = useExplain()
  const queries = useQueryClient()
  const notices = useNotices()
  const put = async (act: Act, { id }: Task) => {
    await call(act, { params: { taskId: id } })
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['tasks'] }),
      queries.invalidateQueries({ queryKey: ['contacts', 'timeline'] }),
    ])
  }
  const doing = async (task: Task, act: Act, back: Act, text: string) => {
    try {
      await put(act, task)
      notices.show({ text, undo: () => put(back, task) })
    } catch (error) {
      notices.show({ tone: 'no', text: explain(error).message })
    }
  }
  return {
    complete: (task) => doing(task, 'POST /tasks/{taskId}/complete', 'POST /tasks/{taskId}/reopen', t('done', { task: task.text })),
    reopen: (task) => doing(task, 'POST /tasks/{taskId}/reopen', 'POST /tasks/{taskId}/complete', t('reopened', { task: task.text })),
    remove: (task) => doing(task, 'DELETE /tasks/{taskId}', 'POST /tasks/{taskId}/restore', t('removed', { task: task.text })),
  }
}
