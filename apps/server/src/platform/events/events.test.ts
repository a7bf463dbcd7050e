import { type EventType, platformRoutes, type Role, type WorkspaceId } from '@frontdesk/contract'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPool, type WorkspaceTx } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { createHttpServer, mount } from '../http/index.ts'
import { defineJob, enqueue, jobHandlers } from '../jobs/index.ts'
import { openLog } from '../log/index.ts'
import {
  cleanUp,
  definePort,
  definePortList,
  emit,
  eventHandlers,
  relayBatch,
  removeOldEvents,
  requireFilledPorts,
  type SubscriberContext,
  subscribe,
} from './index.ts'
import { type Background, backgroundOf } from './testing.ts'

let hear: (context: SubscriberContext, contactId: string) => Promise<void> = async () => undefined
const listening = subscribe('contact.created', {
  name: 'test.hear',
  retries: { limit: 2, delaySeconds: 0, backoff: 'fixed' },
  run: (context, event) => hear(context, event.payload.contactId),
})
const alsoListening = subscribe('contact.created', { name: 'test.count', run: async () => undefined })
const doomed = defineJob({
  name: 'test.doomed',
  payload: z.strictObject({}),
  fields: {},
  retries: { limit: 0, delaySeconds: 0, backoff: 'fixed' },
  run: async () => undefined,
})
const subscribers = [listening, alsoListening]
const contactId = '019b8c4e-0000-7000-8000-000000000001'

let test: TestDatabase
let relay: pg.Pool
let background: Background
let workspaceId: WorkspaceId
beforeAll(async () => {
  test = await testDatabase()
  background = await backgroundOf(test, { subscribers, jobs: [doomed, cleanUp] })
  relay = openPool(test.urls.relay, 3)
})
afterAll(() => relay.end())
beforeEach(async () => {
  workspaceId = test.newWorkspaceId()
  await test.asSuperuser('truncate outbox, webhook_delivery, webhook_attempt, handled_event, failed_job, pgboss.job')
})

const inWorkspace = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(workspaceId, work)
const created = () => inWorkspace((tx) => emit(tx, 'contact.created', { contactId }))
const handled = async () => (await test.asSuperuser('select id, subscriber from handled_event')).rows

describe('the outbox refuses', () => {
  it('a payload with a field that its event does not list', async () => {
    const payload = { contactId, name: 'Ana' }
    await expect(inWorkspace((tx) => emit(tx, 'contact.created', payload))).rejects.toThrow(/name/)
  })

  it.each([
    ['to change a row', 'update outbox set type = type'],
    ['to mark a row as sent', 'update outbox set sent_at = now()'],
    ['to delete a row', 'delete from outbox'],
  ])('the app role %s', async (_what, text) => {
    await created()
    await expect(test.database.pool.query(text)).rejects.toMatchObject({ code: '42501' })
  })

  it.each([
    [
      'to insert',
      "insert into outbox (workspace_id, id, type, payload, at) values (gen_random_uuid(), gen_random_uuid(), 'x.y', '{}', now())",
    ],
    ['to change what happened', "update outbox set payload = '{}'"],
    ['to read another table of workspaces', 'select * from handled_event'],
  ])('the relay role %s', async (_what, text) => {
    await expect(relay.query(text)).rejects.toMatchObject({ code: '42501' })
  })

  it('another workspace to look', async () => {
    await created()
    const seen = await test.database.inWorkspace(test.newWorkspaceId(), (tx) => tx.db.selectFrom('outbox').selectAll().execute())
    expect(seen).toEqual([])
  })
})

describe('an event', () => {
  it('of a transaction that rolled back never happened', async () => {
    const wish = inWorkspace(async (tx) => {
      await emit(tx, 'contact.created', { contactId })
      throw new Error('no')
    })
    await expect(wish).rejects.toThrow('no')
    expect(await relayBatch({ relay, subscribers })).toBe(0)
  })

  it('reaches each of its subscribers as a job of its own, bound to its workspace', async () => {
    const heard: unknown[] = []
    hear = async (context, id) => void heard.push([context.workspaceId, id])
    await created()
    const settled = await background.settle()
    expect(settled.map(({ name, outcome }) => `${name} ${outcome}`).sort()).toEqual(['on.test.count done', 'on.test.hear done'])
    expect(heard).toEqual([[workspaceId, contactId]])
  })

  it('is taken by one of several relays', async () => {
    await Promise.all(Array.from({ length: 40 }, created))
    const taken = await Promise.all([
      relayBatch({ relay, subscribers }),
      relayBatch({ relay, subscribers }),
      relayBatch({ relay, subscribers }),
    ])
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(40)
    const { rows } = await test.asSuperuser(
      "select count(*)::int as jobs, count(distinct data->'payload'->>'eventId')::int as events from pgboss.job",
    )
    expect(rows).toEqual([{ jobs: 80, events: 40 }])
  })

  it('has its effects once, however often it is delivered', async () => {
    const effects: string[] = []
    hear = async (context) => {
      await context.inWorkspace(async () => void effects.push('done'))
    }
    await created()
    await background.settle()
    await test.asSuperuser('update outbox set sent_at = null') // as after a restore
    const again = await background.settle()
    expect(again.find(({ name }) => name === 'on.test.hear')?.outcome).toBe('done')
    expect(effects).toEqual(['done'])
    expect(await handled()).toEqual([{ id: expect.any(String), subscriber: 'test.hear' }])
  })

  it('counts as handled only when the effects are committed', async () => {
    let effects = 0
    hear = async (context) => {
      await context.inWorkspace(async () => {
        effects += 1
        if (context.attempt < 3) throw new Error('not yet')
      })
    }
    await created()
    await background.settle()
    expect(effects).toBe(3)
    expect(await handled()).toHaveLength(1)
  })

  it('does not let a subscriber split its effects', async () => {
    hear = async (context) => {
      await context.inWorkspace(async () => undefined)
      await context.inWorkspace(async () => undefined)
    }
    await created()
    const [failed] = (await background.settle()).filter(({ outcome }) => outcome === 'failed')
    expect(String(failed?.error)).toContain('changes data twice')
  })

  it('goes after 30 days', async () => {
    await created()
    await background.settle()
    const sent = (await test.asSuperuser('select sent_at from outbox')).rows[0].sent_at as Temporal.Instant
    expect(await removeOldEvents(relay, sent.add({ hours: 30 * 24 - 1 }))).toBe(0)
    expect(await removeOldEvents(relay, sent.add({ hours: 30 * 24 + 1 }))).toBe(1)
  })
})

describe('the routes', () => {
  const table = {
    'GET /events': platformRoutes['GET /events'],
    'GET /failed-jobs': platformRoutes['GET /failed-jobs'],
    'POST /failed-jobs/{jobId}/retry': platformRoutes['POST /failed-jobs/{jobId}/retry'],
  }
  const ask = async (method: 'GET' | 'POST', url: string, role: Role | 'nobody' = 'owner', workspace = workspaceId) => {
    const app = await createHttpServer({
      database: test.database,
      log: openLog({ level: 'silent', role: 'test', strict: true }),
      routes: mount(table, { ...eventHandlers, ...jobHandlers([doomed]) }),
      authenticate: async () =>
        role === 'nobody'
          ? { byCookie: false }
          : { byCookie: false, principal: { kind: 'member', workspaceId: workspace, memberId: 'm', userId: 'u', role } as never },
      trustedProxies: [],
    })
    const answer = await app.inject({ method, url: `/api/v1${url}` })
    await app.close()
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }

  it('are closed to strangers and to roles that have no business there', async () => {
    expect((await ask('GET', '/events', 'nobody')).status).toBe(401)
    expect((await ask('GET', '/events', 'representative')).status).toBe(403)
    expect((await ask('GET', '/failed-jobs', 'billing')).status).toBe(403)
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`, 'auditor')).status).toBe(403)
  })

  it('refuse a cursor that they did not write, and a job that is not there', async () => {
    expect(await ask('GET', '/events?cursor=nonsense')).toMatchObject({ status: 400, body: { type: '/api/problems/http/invalid-request' } })
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`)).status).toBe(404)
    expect((await ask('POST', '/failed-jobs/not-an-id/retry')).status).toBe(404)
  })

  it('give events in the order in which they became visible, page by page, without a gap', async () => {
    await inWorkspace(async (tx) => {
      const early = tx.newId()
      await inWorkspace((other) => emit(other, 'contact.changed', { contactId: other.newId() })) // commits first, though its id is later
      await relayBatch({ relay, subscribers })
      await tx.db
        .insertInto('outbox')
        .values({ workspace_id: tx.workspaceId, id: early, type: 'contact.created', payload: { contactId }, at: tx.now })
        .execute()
    })
    const first = await ask('GET', '/events?limit=1')
    expect(first.body.items).toMatchObject([{ type: 'contact.changed' }])
    const nothingYet = await ask('GET', `/events?cursor=${first.body.next}`)
    expect(nothingYet.body).toEqual({ items: [], next: first.body.next })
    await relayBatch({ relay, subscribers })
    const next = await ask('GET', `/events?cursor=${nothingYet.body.next}`)
    expect([...first.body.items, ...next.body.items].map(({ type }: { type: EventType }) => type)).toEqual([
      'contact.changed',
      'contact.created',
    ])
    expect((await ask('GET', '/events', 'owner', test.newWorkspaceId())).body.items).toEqual([])
  })

  it('run a failed job again, once', async () => {
    await test.asSuperuser(
      "insert into failed_job (workspace_id, id, name, payload, error, attempts, failed_at) values ($1, $2, 'test.doomed', '{}', 'Error', 1, now())",
      [workspaceId, contactId],
    )
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`, 'owner', test.newWorkspaceId())).status).toBe(404)
    expect((await ask('GET', '/failed-jobs')).body.items).toMatchObject([
      { id: contactId, name: 'test.doomed', attempts: 1, error: 'Error' },
    ])
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`)).status).toBe(204)
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`)).status).toBe(404)
    expect((await background.settle()).map(({ name, outcome }) => `${name} ${outcome}`)).toEqual(['test.doomed done'])
  })

  it('keep a failed job that this version does not know', async () => {
    await test.asSuperuser(
      "insert into failed_job (workspace_id, id, name, payload, error, attempts, failed_at) values ($1, $2, 'test.gone', '{}', 'Error', 1, now())",
      [workspaceId, contactId],
    )
    expect((await ask('POST', `/failed-jobs/${contactId}/retry`)).status).toBe(409)
    expect((await ask('GET', '/failed-jobs')).body.items).toHaveLength(1)
  })
})

describe('cleaning up', () => {
  it('removes what has been kept long enough, in its own workspace only', async () => {
    const other = test.newWorkspaceId()
    for (const workspace of [workspaceId, other]) {
      await test.asSuperuser(
        "insert into handled_event (workspace_id, id, subscriber, handled_at) select $1, gen_random_uuid(), 's', $2::timestamptz - days * interval '1 day' from unnest(array[29, 31]) as days",
        [workspace, test.clock().toString()],
      )
    }
    await inWorkspace((tx) => enqueue(tx, cleanUp, {}))
    await background.settle()
    const { rows } = await test.asSuperuser('select workspace_id, count(*)::int as kept from handled_event group by 1')
    expect(new Map(rows.map(({ workspace_id, kept }) => [workspace_id, kept]))).toEqual(
      new Map([
        [workspaceId, 1],
        [other, 2],
      ]),
    )
  })
})

describe('a port', () => {
  it('that nobody filled stops the start, by name', () => {
    const port = definePort<() => number>('test.question')
    expect(() => port.get()).toThrow('The port test.question is not filled.')
    expect(() => requireFilledPorts()).toThrow(/test\.question/)
    port.provide(() => 42)
    expect(port.get()()).toBe(42)
    expect(() => requireFilledPorts()).not.toThrow()
  })

  it('with many answers gives them in the order of the rooms', () => {
    const port = definePortList<string>('test.steps')
    expect(port.all()).toEqual([])
    port.provide('left', 'first')
    port.provide('right', 'second')
    port.provide('left', 'first again')
    expect(port.all()).toEqual(['first again', 'second'])
  })
})
