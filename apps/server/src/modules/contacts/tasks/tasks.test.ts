import type { ContactId, MemberId, Role, TaskId, TaskListQuery } from '@frontdesk/contract'
import { CreateTaskBody } from '@frontdesk/contract'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { emit } from '../../../platform/events/index.ts'
import { type Background, backgroundOf } from '../../../platform/events/testing.ts'
import { mailSettings, memberMailGates } from '../../../platform/mail/index.ts'
import { contactSurroundings } from '../surroundings.ts'
import { type TestWorkspace, testWorkspace, timelinePage } from '../testing.ts'
import { handOnTasks } from './hand-on-tasks.ts'
import { countTasks, listTasks, loadTask } from './read-tasks.ts'
import { remindOfTask } from './remind-of-task.ts'
import { completeTask, createTask, editTask, removeTask, reopenTask } from './write-task.ts'

const test = await testDatabase()
let background: Background
let place: TestWorkspace
let ann: ContactId
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const id = (role: Role): MemberId => place.as[role].memberId
const add = (wish: object, by: Role = 'owner') =>
  inside((tx) => createTask(tx, place.as[by], CreateTaskBody.parse({ contactId: ann, text: 'Call back', ...wish })))
const edit = (taskId: TaskId, version: number, wish: object, by: Role = 'owner') =>
  inside((tx) => editTask(tx, place.as[by], { taskId, version, ...wish }))
const list = (wish: Partial<TaskListQuery> = {}, by: Role = 'owner') =>
  inside((tx) => listTasks(tx, place.as[by], { state: 'open', due: 'any', limit: 50, ...wish }))
const texts = async (wish: Partial<TaskListQuery>) => (await list(wish)).items.map(({ text }) => text)
const mails = async () => {
  const { rows } = await test.asSuperuser('select to_address, news, subject from mail where workspace_id = $1 order by id', [
    place.workspaceId,
  ])
  return rows.map(({ to_address, subject }) => `${to_address}: ${subject}`)
}
/** A moment so many minutes from now. */
const ahead = (minutes: number) => test.clock().add({ minutes }).toString()

beforeAll(async () => {
  mailSettings.provide({ smtpUrl: undefined, from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
  memberMailGates.provide('accounts', { mayReach: async () => ({ allowed: true }) })
  contactSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  background = await backgroundOf(test, { jobs: [remindOfTask], subscribers: [handOnTasks] })
})
beforeEach(async () => {
  place = await testWorkspace(test)
  ann = await place.newContact('ann@tasks.example', 'Ann Lee')
})

describe('a task', () => {
  it('is refused for whom one does not see, to whom does not see her, with two days, and with a reminder of no day', async () => {
    await expect(add({}, 'representative')).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(add({}, 'read_only')).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(add({ memberId: id('representative') })).rejects.toMatchObject({ type: 'contacts/member-cannot-see' })
    await expect(add({ memberId: id('billing') })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(add({ remindMinutes: 15 })).rejects.toMatchObject({ type: 'contacts/reminder-without-day' })
    expect(CreateTaskBody.safeParse({ contactId: ann, text: 'x', dueOn: '2027-01-01', dueAt: '2027-01-01T10:00:00Z' }).success).toBe(false)
    expect((await list()).items).toEqual([])
  })

  it('of a representative is about her own contacts, and she gives it to herself alone', async () => {
    await test.asSuperuser('update contact set owner_member_id = $2 where id = $1', [ann, id('representative')])
    const own = await add({ memberId: id('representative') }, 'representative')
    await expect(add({ memberId: id('member') }, 'representative')).rejects.toMatchObject({ type: 'http/not-allowed' })
    const theirs = await inside(async (tx) =>
      createTask(tx, place.as.owner, CreateTaskBody.parse({ contactId: await place.newContact('bo@tasks.example'), text: 'Not hers' })),
    )
    expect((await list({}, 'representative')).items.map((task) => task.id)).toEqual([own.id])
    await expect(inside((tx) => loadTask(tx, place.as.representative, theirs.id))).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(inside((tx) => completeTask(tx, place.as.representative, theirs.id))).rejects.toMatchObject({ type: 'http/not-found' })
  })

  it('is changed, done, opened, taken away and brought back; the timeline tells it, and who comes second is told so', async () => {
    const task = await add({ memberId: id('member'), dueOn: '2027-03-01' })
    const changed = await edit(task.id, 1, { text: 'Call about the offer', dueAt: '2027-03-01T15:00:00Z' }, 'member')
    expect(changed).toMatchObject({ version: 2, dueOn: null, dueAt: '2027-03-01T15:00:00Z', memberId: id('member') })
    await expect(edit(task.id, 1, { text: 'Too late' })).rejects.toMatchObject({
      type: 'http/version-mismatch',
      facts: { current: { text: 'Call about the offer' } },
    })
    const done = await inside((tx) => completeTask(tx, place.as.member, task.id))
    expect(done).toMatchObject({ doneAt: test.clock().toString(), doneByMemberId: id('member') })
    expect([(await list()).items, (await list({ state: 'done' })).items.length]).toEqual([[], 1])
    await inside((tx) => reopenTask(tx, place.as.owner, task.id))
    await inside((tx) => removeTask(tx, place.as.owner, task.id, true))
    expect((await list({ contactId: ann })).items).toEqual([])
    await inside((tx) => removeTask(tx, place.as.owner, task.id, false))
    expect((await list({ contactId: ann })).items).toMatchObject([{ id: task.id, doneAt: null }])
    const { items } = await inside((tx) => timelinePage(tx, place.as.owner, { contactId: ann, limit: 20 }))
    expect(items.filter(({ kind }) => kind.startsWith('task.')).map(({ kind, summary }) => `${kind} ${summary.values.note}`)).toEqual([
      'task.restored Call about the offer',
      'task.removed Call about the offer',
      'task.reopened Call about the offer',
      'task.completed Call about the offer',
      'task.created Call back',
    ])
  })
})

describe('the list', () => {
  it('knows what is overdue, due today, later and without a day, by the day of whoever reads, page by page', async () => {
    // The morning of 5 January in New York, the evening in Tokyo of the same day.
    test.clock.advance({ milliseconds: Temporal.Instant.from('2027-01-05T14:00:00Z').since(test.clock()).total('milliseconds') })
    const wishes = [
      { text: 'late', dueAt: '2027-01-05T13:00:00Z' },
      { text: 'yesterday', dueOn: '2027-01-04' },
      { text: 'today', dueOn: '2027-01-05' },
      { text: 'in an hour', dueAt: '2027-01-05T15:30:00Z' },
      { text: 'tomorrow', dueOn: '2027-01-06' },
      { text: 'some day' },
    ]
    for (const wish of wishes) await add({ ...wish, memberId: id('member') })
    const mine = { memberId: id('member') }
    expect(await texts({ ...mine, due: 'overdue' })).toEqual(['yesterday', 'late'])
    expect(await texts({ ...mine, due: 'today' })).toEqual(['in an hour', 'today'])
    expect(await texts({ ...mine, due: 'later' })).toEqual(['tomorrow'])
    expect(await texts({ ...mine, due: 'undated' })).toEqual(['some day'])
    // In Tokyo the hour after this one is tomorrow.
    expect(await texts({ ...mine, due: 'today', zone: 'Asia/Tokyo' })).toEqual(['today'])
    expect(await texts({ memberId: id('manager') })).toEqual([])
    expect(await inside((tx) => countTasks(tx, place.as.owner, mine))).toEqual({ overdue: 2, today: 2, later: 1, undated: 1 })
    const first = await list({ limit: 4 })
    const rest = await list({ limit: 4, cursor: first.next ?? '' })
    expect([...first.items, ...rest.items].map(({ text }) => text)).toEqual([
      'yesterday',
      'late',
      'in an hour',
      'today',
      'tomorrow',
      'some day',
    ])
    expect(rest.next).toBeNull()
  })

  it('leaves out those of contacts that were put away, and shows them on the card', async () => {
    await add({})
    await test.asSuperuser('update contact set archived_at = now() where id = $1', [ann])
    expect([(await list()).items.length, (await list({ contactId: ann })).items.length]).toEqual([0, 1])
  })
})

describe('a reminder', () => {
  const pass = async (minutes: number) => {
    test.clock.advance({ minutes })
    await background.settle()
  }

  it('reaches whoever has to do it once, at its time; and whoever is given a task by somebody else hears of that', async () => {
    const task = await add({ memberId: id('member'), dueAt: ahead(60), remindMinutes: 15 })
    await add({ memberId: id('owner'), dueAt: ahead(120), remindMinutes: 15 })
    expect(await mails()).toEqual(['member@salon.example: A task for you: Call back'])
    await pass(44)
    expect(await mails()).toHaveLength(1)
    await pass(2)
    expect((await mails()).slice(1)).toEqual(['member@salon.example: To do for Ann Lee: Call back'])
    expect((await inside((tx) => loadTask(tx, place.as.owner, task.id))).remindedAt).toBe(test.clock().toString())
    await edit(task.id, 1, { text: 'Call her back' })
    await pass(300)
    expect((await mails()).slice(2)).toEqual(['owner@salon.example: To do for Ann Lee: Call back'])
  })

  it('moves with its task, and is not sent for what is done, taken away or nobody’s, or to who does not see her any more', async () => {
    await test.asSuperuser('update contact set owner_member_id = $2 where id = $1', [ann, id('representative')])
    const wish = { memberId: id('owner'), dueAt: ahead(60), remindMinutes: 0 }
    const [moved, done, gone, free] = [await add(wish), await add(wish), await add(wish), await add(wish)]
    await add({ ...wish, memberId: id('representative') }, 'representative')
    await edit(moved.id, 1, { dueAt: ahead(180) })
    await inside((tx) => completeTask(tx, place.as.owner, done.id))
    await inside((tx) => removeTask(tx, place.as.owner, gone.id, true))
    await edit(free.id, 1, { memberId: null })
    await test.asSuperuser('update contact set owner_member_id = null where id = $1', [ann])
    await pass(61)
    expect(await mails()).toEqual([])
    await pass(120)
    expect(await mails()).toEqual(['owner@salon.example: To do for Ann Lee: Call back'])
  })

  it('whose moment has passed is not sent', async () => {
    expect((await add({ memberId: id('owner'), dueAt: ahead(5), remindMinutes: 15 })).remindAt).toBeNull()
    await pass(30)
    expect(await mails()).toEqual([])
  })
})

it('of a member who leaves is done by whoever looks after the contact, or stands open to all', async () => {
  const wish = { memberId: id('member'), dueOn: '2027-03-01' }
  const bo = await place.newContact('bo@tasks.example', 'Bo Lind')
  const [kept, free, done] = [await add(wish), await add({ ...wish, contactId: bo }), await add(wish)]
  await inside((tx) => completeTask(tx, place.as.owner, done.id))
  await test.asSuperuser('update contact set owner_member_id = $2 where id = $1', [ann, id('representative')])
  await test.asSuperuser('update contact set owner_member_id = $2 where id = $1', [bo, id('member')])
  const before = (await mails()).length
  await inside(async (tx) => {
    await test.asSuperuser('update member set removed_at = now() where id = $1', [id('member')])
    await emit(tx, 'member.left', { memberId: id('member') })
  })
  await background.settle()
  const memberOf = async (taskId: TaskId) => (await inside((tx) => loadTask(tx, place.as.owner, taskId))).memberId
  expect([await memberOf(kept.id), await memberOf(free.id), await memberOf(done.id)]).toEqual([id('representative'), null, id('member')])
  expect((await mails()).slice(before)).toEqual(['representative@salon.example: A task for you: Call back'])
})
