import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf, Zone } from './values.ts'

/** Something to be done for a contact. Due on a day, at a moment, or whenever somebody comes to it. */
export const Task = z
  .object({
    id: idOf('task'),
    version: z.int(),
    contact: z.object({ id: idOf('contact'), name: z.string() }),
    text: z.string(),
    dueOn: PlainDate.nullable(),
    dueAt: Instant.nullable(),
    /** Who does it; null: whoever comes to it. */
    memberId: idOf('member').nullable(),
    /** How long before it is due its member is reminded; of a day, counted from 9 in the morning at the business. */
    remindMinutes: z.int().nullable(),
    /** When she will be, or was, reminded; null where that moment had already passed when the task was written. */
    remindAt: Instant.nullable(),
    remindedAt: Instant.nullable(),
    doneAt: Instant.nullable(),
    doneByMemberId: idOf('member').nullable(),
    createdByMemberId: idOf('member').nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'Task' })
export type Task = z.output<typeof Task>

/** The longest time before, in minutes: four weeks. */
export const LONGEST_REMINDER_MINUTES = 4 * 7 * 24 * 60

const once = { message: 'A task is due on a day or at a moment, not both.', path: ['dueAt'] }
const remind = z.int().min(0).max(LONGEST_REMINDER_MINUTES).nullish()
const facts = {
  dueOn: PlainDate.nullish(),
  dueAt: Instant.nullish(),
  memberId: idOf('member').nullish(),
  remindMinutes: remind,
}
type Due = { readonly dueOn?: string | null | undefined; readonly dueAt?: string | null | undefined }
const notBoth = ({ dueOn, dueAt }: Due): boolean => !dueOn || !dueAt

export const CreateTaskBody = z
  .strictObject({
    contactId: idOf('contact'),
    text: Line(300),
    ...facts,
  })
  .refine(notBoth, once)
export type CreateTaskBody = z.output<typeof CreateTaskBody>

/** Only what is sent is changed; a day takes the place of a moment, and the other way round. */
export const EditTaskBody = z.strictObject({ text: Line(300).optional(), ...facts }).refine(notBoth, once)
export type EditTaskBody = z.output<typeof EditTaskBody>

/** Whose days they are: today is the day in this zone; left out, the day at the business. */
const zone = Zone.optional()

export const TaskListQuery = PageQuery.extend({
  contactId: idOf('contact').optional(),
  /** Whose they are; left out: everybody’s. */
  memberId: idOf('member').optional(),
  state: z.enum(['open', 'done']).default('open'),
  /** `today`: what is still due today; `overdue`: what should be done already; `undated`: what has no day. Open ones only. */
  due: z.enum(['any', 'overdue', 'today', 'later', 'undated']).default('any'),
  zone,
})
export type TaskListQuery = z.output<typeof TaskListQuery>

/** How many open tasks there are. */
export const TaskCounts = z.object({ overdue: z.int(), today: z.int(), later: z.int(), undated: z.int() }).meta({ id: 'TaskCounts' })
export type TaskCounts = z.output<typeof TaskCounts>

const params = z.strictObject({ taskId: idOf('task') })

export const taskRoutes = routes({
  'GET /tasks': {
    summary: 'Tasks, the first that is due first; of those that are done the last one first',
    access: 'member',
    query: TaskListQuery,
    answer: pageOf(Task),
  },
  'GET /tasks/count': {
    summary: 'How many open tasks are overdue, due today, due later, and without a day',
    access: 'member',
    query: z.strictObject({ memberId: idOf('member').optional(), zone }),
    answer: TaskCounts,
  },
  'POST /tasks': {
    summary: 'Add a task for a contact; whoever is to do it is told, and reminded before it is due',
    access: 'member',
    body: CreateTaskBody,
    status: 201,
    answer: Task,
    refusals: ['contacts/merged', 'contacts/member-cannot-see', 'contacts/reminder-without-day'],
  },
  'GET /tasks/{taskId}': { summary: 'One task', access: 'member', params, answer: Task },
  'PATCH /tasks/{taskId}': {
    summary: 'Change a task; only what is sent',
    access: 'member',
    params,
    body: EditTaskBody,
    answer: Task,
    ifMatch: true,
    refusals: ['contacts/member-cannot-see', 'contacts/reminder-without-day'],
  },
  'POST /tasks/{taskId}/complete': {
    summary: 'A task is done; it stands on the contact’s timeline',
    access: 'member',
    params,
    answer: Task,
  },
  'POST /tasks/{taskId}/reopen': { summary: 'A task is not done after all', access: 'member', params, answer: Task },
  'DELETE /tasks/{taskId}': { summary: 'Take a task away; it can be undone', access: 'member', params, answer: Task },
  'POST /tasks/{taskId}/restore': { summary: 'Bring a task back that was taken away', access: 'member', params, answer: Task },
})
