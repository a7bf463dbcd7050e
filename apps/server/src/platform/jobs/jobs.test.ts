import PgBoss from 'pg-boss'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { system } from '../inventory/index.ts'
import { defineJob, enqueue, enqueueAll, prepareJobs } from './index.ts'
import { queueOptions } from './job-rows.ts'

const greet = defineJob({
  name: 'test.greet',
  payload: z.strictObject({ contactId: z.uuid() }),
  fields: { contactId: system },
  retries: { limit: 3, delaySeconds: 5, backoff: 'exponential' },
  run: async () => undefined,
})
const empty = (name: string) =>
  defineJob({
    name,
    payload: z.strictObject({}),
    fields: {},
    retries: { limit: 0, delaySeconds: 0, backoff: 'fixed' },
    run: async () => undefined,
  })
const once = empty('test.once')
const contactId = '019b8c4e-0000-7000-8000-000000000001'

let test: TestDatabase
beforeAll(async () => {
  test = await testDatabase()
  await prepareJobs(test.urls.owner, [greet, once])
})

const stored = async (name: string) =>
  (await test.asSuperuser('select * from pgboss.job where name = $1 order by created_on, id', [name])).rows
const forget = () => test.asSuperuser('delete from pgboss.job')

describe('a job is refused', () => {
  it('when its name cannot be a queue', () => {
    expect(() => empty("x'; drop table job; --")).toThrow(/named like mail.send/)
  })

  it('when it carries a field that its inventory does not declare', () => {
    const payload = z.strictObject({ contactId: z.uuid(), note: z.string() })
    const fields = { contactId: system } as unknown as { contactId: typeof system; note: typeof system }
    expect(() => defineJob({ name: 'test.chatty', payload, fields, run: async () => undefined })).toThrow(
      'test.chatty declares other fields than it carries: note.',
    )
  })

  it('when two jobs have one name', async () => {
    await expect(prepareJobs(test.urls.owner, [greet, greet])).rejects.toThrow('Two jobs are named test.greet.')
  })

  it('when its payload holds a field that is not declared', async () => {
    const wish = { contactId, note: 'she is allergic to latex' }
    await expect(test.database.inWorkspace(test.newWorkspaceId(), (tx) => enqueue(tx, greet, wish))).rejects.toThrow(/note/)
    expect(await stored('test.greet')).toEqual([])
  })

  it('when nobody made its queue', async () => {
    const stranger = empty('test.stranger')
    await expect(test.database.inWorkspace(test.newWorkspaceId(), (tx) => enqueue(tx, stranger, {}))).rejects.toThrow(/q_fkey/)
  })
})

describe('the app role', () => {
  it.each([
    ['reads', 'select id from pgboss.job'],
    ['reads the partition', 'select id from pgboss.job_common'],
    ['changes', "update pgboss.job set state = 'completed'"],
    ['deletes', 'delete from pgboss.job'],
    ['writes an outcome', "insert into pgboss.job (id, name, state) values (gen_random_uuid(), 'test.once', 'completed')"],
    ['makes a queue', `select pgboss.create_queue('test.more', '{"policy":"standard"}')`],
    ['reads schedules', 'select * from platform.schedule'],
    ['lists workspaces', 'select platform.workspace_ids()'],
  ])('may not do what %s', async (_what, text) => {
    await expect(test.database.pool.query(text)).rejects.toMatchObject({ code: '42501' })
  })
})

describe('enqueue', () => {
  it('leaves nothing behind when the transaction rolls back', async () => {
    const wish = test.database.inWorkspace(test.newWorkspaceId(), async (tx) => {
      await enqueue(tx, greet, { contactId })
      throw new Error('changed my mind')
    })
    await expect(wish).rejects.toThrow('changed my mind')
    expect(await stored('test.greet')).toEqual([])
  })

  it('writes the row that pg-boss itself would write', async () => {
    await forget()
    const workspaceId = test.newWorkspaceId()
    const startAfter = Temporal.Instant.from('2031-05-06T07:08:09.123Z')
    const id = await test.database.inWorkspace(workspaceId, (tx) => enqueue(tx, greet, { contactId }, { startAfter }))
    const owner = openPool(test.urls.owner, 1)
    const boss = new PgBoss({ db: { executeSql: (text, values) => owner.query(text, values) }, supervise: false, schedule: false })
    try {
      await boss.start()
      const { deadLetter: _ours, ...options } = queueOptions(greet)
      await boss.send(
        'test.greet',
        { workspaceId, job: 'test.greet', id, payload: { contactId } },
        { ...options, startAfter: startAfter.toString() },
      )
    } finally {
      await boss.stop({ graceful: false, close: false })
      await owner.end()
    }
    const [ours, theirs] = await stored('test.greet')
    const { id: _id, created_on: _made, ...comparable } = ours
    expect(theirs).toMatchObject(comparable)
  })

  it('adds one waiting job a singleton key, in each workspace', async () => {
    await forget()
    const [first, second] = [test.newWorkspaceId(), test.newWorkspaceId()]
    const add = (workspaceId: typeof first) =>
      test.database.inWorkspace(workspaceId, (tx) => enqueue(tx, once, {}, { singletonKey: 'nightly' }))
    expect([await add(first), await add(first), await add(second)]).toEqual([expect.any(String), null, expect.any(String)])
    expect(await stored('test.once')).toHaveLength(2)
  })

  it('adds a job without a key as often as it is asked to', async () => {
    await forget()
    await test.database.inWorkspace(test.newWorkspaceId(), async (tx) => {
      await enqueue(tx, once, {})
      await enqueue(tx, once, {})
    })
    expect(await stored('test.once')).toHaveLength(2)
  })

  it('adds thousands with one statement', async () => {
    await forget()
    const added = await test.database.inWorkspace(test.newWorkspaceId(), (tx) =>
      enqueueAll(
        tx,
        greet,
        Array.from({ length: 5000 }, () => ({ contactId })),
      ),
    )
    expect(added).toBe(5000)
    expect(await stored('test.greet')).toHaveLength(5000)
  })
})

describe('prepareJobs', () => {
  it('can run in several processes at once and again', async () => {
    const jobs = ['a', 'b', 'c'].map((letter) => empty(`test.${letter}`))
    await Promise.all([prepareJobs(test.urls.owner, jobs), prepareJobs(test.urls.owner, jobs), prepareJobs(test.urls.owner, jobs.slice(1))])
    const { rows } = await test.asSuperuser("select name from pgboss.queue where name in ('test.a', 'test.b', 'test.c') order by name")
    expect(rows.map(({ name }) => name)).toEqual(['test.a', 'test.b', 'test.c'])
  })
})
