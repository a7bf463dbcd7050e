import type { CreateTaskBody, EditTaskBody, Principal, Task, TaskId } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { lockContact } from '../lock-contact.ts'
import { recordTimeline } from '../record-timeline.ts'
import { type Due, dueBy, reminderAt } from './due.rules.ts'
import { type Colleague, requireSees } from './member-sees.ts'
import { loadTask, lockTask } from './read-tasks.ts'
import { mailTask, remindOfTask } from './remind-of-task.ts'
import type { TaskRow } from './task.tables.ts'

/** Adds a task for a contact. Whoever is to do it is told, unless she wrote it herself. Throws 404, `contacts/member-cannot-see` and `contacts/reminder-without-day`. */
export async function createTask(tx: WorkspaceTx, by: Principal, wish: CreateTaskBody): Promise<Task> {
  contactsPolicy.require(by, 'tasks.write')
  const contact = await lockContact(tx, by, wish.contactId)
  const member = wish.memberId ? await requireSees(tx, by, contact.id, wish.memberId) : null
  const due = {
    dueOn: wish.dueOn ? Temporal.PlainDate.from(wish.dueOn) : null,
    dueAt: wish.dueAt ? Temporal.Instant.from(wish.dueAt) : null,
  }
  const id: TaskId = tx.newId()
  const remind = await reminding(tx, id, due, wish.remindMinutes ?? null)
  await tx.db
    .insertInto('task')
    .values({
      workspace_id: tx.workspaceId,
      id,
      version: 1,
      contact_id: contact.id,
      text: wish.text,
      member_id: member?.id ?? null,
      ...remind,
      reminded_at: null,
      created_by_member_id: memberOf(by),
      created_at: tx.now,
      updated_at: tx.now,
      done_at: null,
      done_by_member_id: null,
      removed_at: null,
    })
    .execute()
  const task = await told(tx, by, id, 'task.created')
  await tellMember(tx, by, task, member)
  return task
}

/** Changes what is sent of a task. Throws 404, `http/version-mismatch` with the current values, `contacts/member-cannot-see` and `contacts/reminder-without-day`. */
export async function editTask(
  tx: WorkspaceTx,
  by: Principal,
  wish: EditTaskBody & { readonly taskId: TaskId; readonly version: number },
): Promise<Task> {
  contactsPolicy.require(by, 'tasks.write')
  const before = await lockTask(tx, by, wish.taskId)
  if (before.version !== wish.version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this task since you opened it. Nothing was saved; look at the current values and try again.',
      current: await loadTask(tx, by, before.id),
    })
  const given = wish.memberId === undefined ? before.member_id : (wish.memberId ?? null)
  const member = given !== null && given !== before.member_id ? await requireSees(tx, by, before.contact_id, given) : null
  const moved = wish.dueOn !== undefined || wish.dueAt !== undefined
  const due: Due = moved
    ? { dueOn: wish.dueOn ? Temporal.PlainDate.from(wish.dueOn) : null, dueAt: wish.dueAt ? Temporal.Instant.from(wish.dueAt) : null }
    : { dueOn: before.due_on, dueAt: before.due_at }
  const minutes = wish.remindMinutes === undefined ? before.remind_minutes : (wish.remindMinutes ?? null)
  // Another wording or another member leaves the reminder as it stands; she is not reminded twice.
  const same = sameDue(due, before) && minutes === before.remind_minutes
  await update(tx, before, {
    ...(wish.text === undefined ? {} : { text: wish.text }),
    member_id: given,
    ...(same ? {} : { ...(await reminding(tx, before.id, due, minutes)), reminded_at: null }),
  })
  const task = await told(tx, by, before.id, 'task.changed')
  if (task.doneAt === null) await tellMember(tx, by, task, member)
  return task
}

/** A task is done: now, by whoever says so. It stands on the timeline. */
export async function completeTask(tx: WorkspaceTx, by: Principal, taskId: TaskId): Promise<Task> {
  contactsPolicy.require(by, 'tasks.write')
  const task = await lockTask(tx, by, taskId)
  if (task.done_at !== null) return loadTask(tx, by, taskId)
  await update(tx, task, { done_at: tx.now, done_by_member_id: memberOf(by) })
  return told(tx, by, taskId, 'task.completed')
}

/** A task is open again. */
export async function reopenTask(tx: WorkspaceTx, by: Principal, taskId: TaskId): Promise<Task> {
  contactsPolicy.require(by, 'tasks.write')
  const task = await lockTask(tx, by, taskId)
  if (task.done_at === null) return loadTask(tx, by, taskId)
  await update(tx, task, { done_at: null, done_by_member_id: null })
  return told(tx, by, taskId, 'task.reopened')
}

/** Takes a task away, or brings it back. */
export async function removeTask(tx: WorkspaceTx, by: Principal, taskId: TaskId, away: boolean): Promise<Task> {
  contactsPolicy.require(by, 'tasks.write')
  const task = await lockTask(tx, by, taskId)
  if ((task.removed_at !== null) === away) return loadTask(tx, by, taskId)
  await update(tx, task, { removed_at: away ? tx.now : null })
  return told(tx, by, taskId, away ? 'task.removed' : 'task.restored')
}

/** What stands in the row of when it is due and when its member is reminded; the reminder waits as a job. */
async function reminding(tx: WorkspaceTx, taskId: TaskId, due: Due, minutes: number | null) {
  if (minutes !== null && !due.dueOn && !due.dueAt)
    throw new Refusal('contacts/reminder-without-day', {
      detail:
        'A reminder counts from the day or the time at which the task is due. Say when that is, or take the reminder out. Nothing was saved.',
    })
  const { zone } = await workspaceFacts(tx)
  const at = reminderAt(due, minutes, zone, tx.now)
  if (at) await enqueue(tx, remindOfTask, { taskId }, { startAfter: at })
  return { due_on: due.dueOn, due_at: due.dueAt, due_by: dueBy(due, zone), remind_minutes: minutes, remind_at: at }
}

/** Whoever is given something by somebody else hears of it. */
async function tellMember(tx: WorkspaceTx, by: Principal, task: Task, member: Colleague | null): Promise<void> {
  if (member && member.id !== memberOf(by)) await mailTask(tx, task, member, 'given')
}

const memberOf = (by: Principal) => (by.kind === 'member' ? by.memberId : null)

const sameDue = ({ dueOn, dueAt }: Due, { due_on, due_at }: Pick<TaskRow, 'due_on' | 'due_at'>): boolean =>
  String(dueOn) === String(due_on) && String(dueAt?.epochMilliseconds) === String(due_at?.epochMilliseconds)

type Change = Partial<Omit<TaskRow, 'workspace_id' | 'id' | 'version' | 'contact_id' | 'updated_at'>>

async function update(tx: WorkspaceTx, task: Pick<TaskRow, 'id' | 'version'>, change: Change): Promise<void> {
  await tx.db
    .updateTable('task')
    .set({ ...change, version: task.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', task.id)
    .execute()
}

type News = 'task.created' | 'task.changed' | 'task.completed' | 'task.reopened' | 'task.removed' | 'task.restored'

/** Writes what happened to the timeline, to the audit and to the outbox, and answers the task as it is now. */
async function told(tx: WorkspaceTx, by: Principal, taskId: TaskId, kind: News): Promise<Task> {
  const task = await loadTask(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'contacts.tell-task' }, taskId)
  // Another day or another member is daily work; the timeline tells what was to be done and what became of it.
  if (kind !== 'task.changed')
    await recordTimeline(tx, {
      contactId: task.contact.id,
      kind,
      actor: by,
      subject: { type: 'task', id: taskId },
      summary: { key: kind.replace('.', '_'), values: { note: task.text } },
    })
  await audit(tx, by, { action: kind, object: { type: 'task', id: taskId }, result: 'done' })
  await emit(tx, kind, { taskId, contactId: task.contact.id })
  return task
}
