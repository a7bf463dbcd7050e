import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useMinute } from '../../../lib/clock.ts'
import { useFormats, useWords } from '../../../lib/i18n.tsx'
import { useWorkspace } from '../../../lib/session.ts'
import { Ago, When } from '../../../ui/ago.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { membersQuery } from '../queries.ts'
import { mayWriteTasks } from './may-write.ts'
import type { Task } from './queries.ts'
import { useTaskActs } from './use-task-acts.ts'
import { tasksWords } from './words.ts'

const TaskDialog = lazy(() => import('./task-dialog.tsx').then((file) => ({ default: file.TaskDialog })))

export type TaskListProps = {
  /** What the list holds, for screen readers. */
  readonly label: string
  readonly tasks: readonly Task[]
  /** Says of each whom it is for; on her own card that is known. */
  readonly withContact?: boolean
}

/** Tasks one below the other: ticked where they stand, changed in a dialog, taken away with undo. */
export function TaskList({ label, tasks, withContact = false }: TaskListProps) {
  const [editing, setEditing] = useState<Task>()
  return (
    <>
      <ul aria-label={label} className="grid divide-y divide-line">
        {tasks.map((task) => (
          <li key={task.id}>
            <TaskRow task={task} withContact={withContact} onEdit={() => setEditing(task)} />
          </li>
        ))}
      </ul>
      <Suspense>{editing && <TaskDialog task={editing} onClose={() => setEditing(undefined)} />}</Suspense>
    </>
  )
}

function TaskRow({ task, withContact, onEdit }: { readonly task: Task; readonly withContact: boolean; readonly onEdit: () => void }) {
  const t = useWords(tasksWords)
  const { slug: workspace, role } = useWorkspace()
  const members = useQuery(membersQuery).data?.items ?? []
  const acts = useTaskActs()
  const may = mayWriteTasks.includes(role)
  const done = task.doneAt !== null
  const nameOf = (id: string | null) => (id === null ? null : (members.find((member) => member.id === id)?.name ?? t('somebody')))
  const text = (
    <bdi dir="auto" className={cx('wrap-anywhere', done && 'text-ink-3 line-through')}>
      {task.text}
    </bdi>
  )
  const member = nameOf(task.memberId)
  const facts: readonly ReactNode[] = [
    withContact && (
      <Link
        key="contact"
        to="/w/$workspace/contacts/$contactId"
        params={{ workspace, contactId: task.contact.id }}
        search={{ tab: 'tasks' }}
        className="text-link underline underline-offset-2"
      >
        <bdi>{task.contact.name}</bdi>
      </Link>
    ),
    task.doneAt ? <DoneFact key="done" at={task.doneAt} who={nameOf(task.doneByMemberId)} /> : <DueFact key="due" task={task} />,
    member !== null && !done && <bdi key="member">{member}</bdi>,
    !done && task.memberId !== null && (task.remindedAt ?? task.remindAt) !== null && (
      <span key="remind" className="inline-flex items-center gap-1">
        <Icon name="bell" size="xs" />
        {task.remindedAt
          ? t.parts('reminded', { when: <Ago key="when" at={task.remindedAt} /> })
          : t.parts('remindAt', { when: <Ago key="when" at={task.remindAt ?? ''} /> })}
      </span>
    ),
  ]
  return (
    <div className="flex min-w-0 items-start gap-1 py-2">
      <div className="min-w-0 flex-1">
        {may ? (
          <Checkbox label={text} value={done} onChange={(yes) => void (yes ? acts.complete(task) : acts.reopen(task))} />
        ) : (
          <p className="flex min-h-(--control) items-start gap-3 py-1 text-sm">
            <Icon name={done ? 'check' : 'clock'} className="mt-0.5 text-ink-3" />
            {text}
          </p>
        )}
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 ps-7.5 text-xs text-ink-3 empty:hidden">{facts}</p>
      </div>
      {may && (
        <span className="flex shrink-0">
          {!done && <IconButton name={t('edit', { task: task.text })} icon="edit" size="sm" onClick={onEdit} />}
          <IconButton name={t('remove', { task: task.text })} icon="trash" size="sm" onClick={() => void acts.remove(task)} />
        </span>
      )}
    </div>
  )
}

function DoneFact({ at, who }: { readonly at: string; readonly who: string | null }) {
  const t = useWords(tasksWords)
  const when = <Ago key="when" at={at} />
  return <span>{who === null ? t.parts('doneBy', { when }) : t.parts('doneByName', { when, who: <bdi key="who">{who}</bdi> })}</span>
}

/** When it is due: a day is a day wherever one reads; a moment is on the reader's clock. */
function DueFact({ task }: { readonly task: Task }) {
  const t = useWords(tasksWords)
  const formats = useFormats()
  const now = useMinute()
  if (task.dueOn === null && task.dueAt === null) return null
  const late = task.dueAt === null ? (task.dueOn ?? '') < dayOf(now, formats.zone) : Date.parse(task.dueAt) <= now
  return (
    <span className="inline-flex items-center gap-1.5">
      {late && (
        <Badge tone="no" icon="clock">
          {t('overdue')}
        </Badge>
      )}
      {task.dueAt ? <When at={task.dueAt} /> : <time dateTime={task.dueOn ?? ''}>{formats.plainDate(task.dueOn ?? '')}</time>}
    </span>
  )
}

/** The day it is then in a zone, as `2026-11-30`. */
const dayOf = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
