import type { MemberId, Principal, Task, TaskCounts, TaskId, TaskListQuery } from '@frontdesk/contract'
import { type Selectable, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { loadContact } from '../load-contact.ts'
import { endOf, NO_DAY } from './due.rules.ts'
import type { TaskRow } from './task.tables.ts'

type Row = Selectable<TaskRow> & { readonly contact_name: string }

/** One page of tasks. A representative's list holds those of her own contacts; those of contacts that were put away are left out, unless it is asked for one contact. */
export async function listTasks(tx: WorkspaceTx, by: Principal, wish: TaskListQuery): Promise<{ items: Task[]; next: string | null }> {
  contactsPolicy.require(by, 'tasks.read')
  const contactId = wish.contactId === undefined ? undefined : (await loadContact(tx, by, wish.contactId)).id
  let query = visibleTasks(tx, by, { archived: contactId !== undefined })
    .where('task.removed_at', 'is', null)
    .limit(wish.limit + 1)
  if (contactId !== undefined) query = query.where('task.contact_id', '=', contactId)
  if (wish.memberId !== undefined) query = query.where('task.member_id', '=', wish.memberId)
  const open = wish.state === 'open'
  const place = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
  if (open) {
    query = query.where('task.done_at', 'is', null)
    if (wish.due !== 'any') query = query.where(dueWithin(wish.due, await todayIn(tx, wish.zone), tx.now))
    if (place) query = query.where(sql<boolean>`(task.due_by, task.id) > (${place[0]}::timestamptz, ${place[1]}::uuid)`)
    query = query.orderBy('task.due_by').orderBy('task.id')
  } else {
    query = query.where('task.done_at', 'is not', null)
    if (place) query = query.where(sql<boolean>`(task.done_at, task.id) < (${place[0]}::timestamptz, ${place[1]}::uuid)`)
    query = query.orderBy('task.done_at', 'desc').orderBy('task.id', 'desc')
  }
  return pageFrom(await query.execute(), wish.limit, presentTask, (row) => [
    (open ? row.due_by : (row.done_at ?? tx.now)).toString(),
    row.id,
  ])
}

/** How many open tasks there are of a member, or of everybody. */
export async function countTasks(tx: WorkspaceTx, by: Principal, wish: Pick<TaskListQuery, 'memberId' | 'zone'>): Promise<TaskCounts> {
  contactsPolicy.require(by, 'tasks.read')
  const today = await todayIn(tx, wish.zone)
  const count = (due: Bucket) => sql<number>`count(*) filter (where ${dueWithin(due, today, tx.now)})::int`
  return visibleTasks(tx, by, { archived: false })
    .clearSelect()
    .where('task.removed_at', 'is', null)
    .where('task.done_at', 'is', null)
    .$if(wish.memberId !== undefined, (query) => query.where('task.member_id', '=', wish.memberId as MemberId))
    .select([count('overdue').as('overdue'), count('today').as('today'), count('later').as('later'), count('undated').as('undated')])
    .executeTakeFirstOrThrow()
}

/** One task. Throws 404, also for one of somebody whom a representative does not look after. */
export async function loadTask(tx: WorkspaceTx, by: Principal, taskId: TaskId): Promise<Task> {
  contactsPolicy.require(by, 'tasks.read')
  const row = await visibleTasks(tx, by, { archived: true }).where('task.id', '=', taskId).executeTakeFirst()
  if (!row) throw noSuchTask()
  return presentTask(row)
}

/** A task's row, held until the transaction ends. Throws 404. */
export async function lockTask(tx: WorkspaceTx, by: Principal, taskId: TaskId): Promise<Row> {
  const row = await visibleTasks(tx, by, { archived: true }).where('task.id', '=', taskId).forUpdate('task').executeTakeFirst()
  if (!row) throw noSuchTask()
  return row
}

/** The tasks that somebody may know of, with the name of the contact; with `archived` also those of contacts that were put away. */
function visibleTasks(tx: WorkspaceTx, by: Principal, { archived }: { readonly archived: boolean }) {
  const owner = seesOnlyOf(by)
  return tx.db
    .selectFrom('task')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'task.workspace_id').onRef('contact.id', '=', 'task.contact_id'),
    )
    .selectAll('task')
    .select('contact.name as contact_name')
    .where('task.workspace_id', '=', tx.workspaceId)
    .where('contact.merged_into', 'is', null)
    .$if(!archived, (query) => query.where('contact.archived_at', 'is', null))
    .$if(owner !== null, (query) => query.where('contact.owner_member_id', '=', owner))
}

type Today = { readonly day: Temporal.PlainDate; readonly end: Temporal.Instant }
type Bucket = Exclude<TaskListQuery['due'], 'any'>

/** Today, by the clock of whoever reads; of the business, unless she says otherwise. */
async function todayIn(tx: WorkspaceTx, zone: string | undefined): Promise<Today> {
  const where = zone ?? (await workspaceFacts(tx)).zone
  const day = tx.now.toZonedDateTimeISO(where).toPlainDate()
  return { day, end: endOf(day, where) }
}

/** Days of two places never begin farther apart, and an index on `due_by` is enough to leave out what is farther away. */
const FARTHEST_HOURS = 50

/** A day is a day wherever one reads; a moment falls on the reader's day. */
function dueWithin(bucket: Bucket, { day, end }: Today, now: Temporal.Instant) {
  const on = sql`${day.toString()}::date`
  const from = sql`task.due_by >= ${now.subtract({ hours: FARTHEST_HOURS })}`
  const to = sql`task.due_by <= ${end.add({ hours: FARTHEST_HOURS })}`
  switch (bucket) {
    case 'overdue':
      return sql<SqlBool>`(${to} and (task.due_at < ${now} or task.due_on < ${on}))`
    case 'today':
      return sql<SqlBool>`(${from} and ${to} and ((task.due_at >= ${now} and task.due_at < ${end}) or task.due_on = ${on}))`
    case 'later':
      return sql<SqlBool>`(${from} and task.due_by < ${NO_DAY} and (task.due_at >= ${end} or task.due_on > ${on}))`
    case 'undated':
      return sql<SqlBool>`(task.due_by = ${NO_DAY})`
  }
}

const presentTask = (row: Row): Task => ({
  id: row.id,
  version: row.version,
  contact: { id: row.contact_id, name: row.contact_name },
  text: row.text,
  dueOn: row.due_on?.toString() ?? null,
  dueAt: row.due_at?.toString() ?? null,
  memberId: row.member_id,
  remindMinutes: row.remind_minutes,
  remindAt: row.remind_at?.toString() ?? null,
  remindedAt: row.reminded_at?.toString() ?? null,
  doneAt: row.done_at?.toString() ?? null,
  doneByMemberId: row.done_by_member_id,
  createdByMemberId: row.created_by_member_id,
  createdAt: row.created_at.toString(),
  updatedAt: row.updated_at.toString(),
  removedAt: row.removed_at?.toString() ?? null,
})

const noSuchTask = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such task here.' })
