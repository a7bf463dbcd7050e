import { type EventType, platformRoutes, type Role, type WorkspaceId } from '@frontdesk/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestWorkspace, testWorkspace } from '../../modules/contacts/testing.ts'
import { openPool, type WorkspaceTx } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { emit, removeOldEvents } from '../events/index.ts'
import { type Background, backgroundOf } from '../events/testing.ts'
import { createHttpServer, mount } from '../http/index.ts'
import { openLog } from '../log/index.ts'
import { webhookHandlers, webhookJobs, webhookReach, webhookSurroundings } from './index.ts'
import { planDeliveries, wakeLeftDeliveries } from './plan-deliveries.ts'
import { endpointRegisters } from './surroundings.ts'
import { isSigned, type Receiver, testReceiver } from './testing.ts'

const contactId = '019b8c4e-0000-7000-8000-000000000001'
const table = Object.fromEntries(Object.entries(platformRoutes).filter(([name]) => name in webhookHandlers)) as Pick<
  typeof platformRoutes,
  keyof typeof webhookHandlers
>

let test: TestDatabase
let background: Background
let receiver: Receiver
let place: TestWorkspace
let workspaceId: WorkspaceId
let app: Awaited<ReturnType<typeof createHttpServer>>
let asRole: Role = 'owner'

beforeAll(async () => {
  test = await testDatabase()
  background = await backgroundOf(test, { jobs: webhookJobs, alongside: planDeliveries })
  webhookSurroundings.provide(webhookReach({ loopback: true }))
  app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: mount(table, webhookHandlers),
    authenticate: async () => ({
      byCookie: false,
      principal: place.as[asRole],
    }),
    trustedProxies: [],
  })
})
afterAll(() => app.close())
beforeEach(async () => {
  place = await testWorkspace(test)
  workspaceId = place.workspaceId
  receiver = await testReceiver()
  asRole = 'owner'
})
afterEach(() => receiver.close())

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(workspaceId, work)
const happen = (type: EventType = 'contact.created', times = 1) =>
  inside(async (tx) => {
    for (let n = 0; n < times; n++) await emit(tx, type, { contactId } as never)
  })
// biome-ignore lint/suspicious/noExplicitAny: a test names what it expects
type Json = any
const ask = async (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers = {},
): Promise<{ status: number; json: Json }> => {
  const answer = await app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })
  return { status: answer.statusCode, json: answer.body === '' ? undefined : answer.json() }
}
const setUp = async (change: object = {}): Promise<{ id: string; secret: string }> => {
  const { status, json } = await ask('POST', '/webhook-endpoints', { url: receiver.url, ...change })
  expect(status, JSON.stringify(json)).toBe(201)
  return { id: json.endpoint.id, secret: json.secret }
}
const endpoint = async (id: string): Promise<Json> => (await ask('GET', `/webhook-endpoints/${id}`)).json
const log = async (endpointId: string, query = ''): Promise<Json[]> =>
  (await ask('GET', `/webhook-deliveries?endpointId=${endpointId}${query}`)).json.items
const one = async (endpointId: string): Promise<Json> => (await ask('GET', `/webhook-deliveries/${(await log(endpointId))[0]?.id}`)).json

describe('an address is refused', () => {
  it.each([
    ['ftp://example.com/x', 'not_https'],
    ['https://user:pass@example.com/', 'credentials'],
    ['https://10.0.0.7/hook', 'inside'],
    ['https://169.254.169.254/latest', 'inside'],
    ['https://desk.internal/hook', 'inside'],
    ['https://localhost/hook', 'inside'],
  ])('that can never be called: %s', async (url, reason) => {
    const { status, json } = await ask('POST', '/webhook-endpoints', { url })
    expect([status, json.type, json.reason]).toEqual([422, '/api/problems/webhooks/address-refused', reason])
  })

  it('on this computer and by http, unless the operator allows it', async () => {
    webhookSurroundings.provide(webhookReach({ loopback: false }))
    try {
      expect((await ask('POST', '/webhook-endpoints', { url: 'https://127.0.0.1/hook' })).json.reason).toBe('inside')
      expect((await ask('POST', '/webhook-endpoints', { url: 'http://example.com/hook' })).json.reason).toBe('not_https')
    } finally {
      webhookSurroundings.provide(webhookReach({ loopback: true }))
    }
  })

  it('beyond twenty, with an unknown kind, and by roles that do not set the business up', async () => {
    expect((await ask('POST', '/webhook-endpoints', { url: receiver.url, kinds: ['contact.invented'] })).status).toBe(400)
    for (const role of ['manager', 'member', 'representative', 'billing'] as const) {
      asRole = role
      expect((await ask('GET', '/webhook-endpoints')).status, role).toBe(403)
    }
    asRole = 'auditor'
    expect((await ask('GET', '/webhook-endpoints')).status).toBe(200)
    expect((await ask('POST', '/webhook-endpoints', { url: receiver.url })).status).toBe(403)
    asRole = 'owner'
    for (let n = 0; n < 20; n++) await setUp()
    expect((await ask('POST', '/webhook-endpoints', { url: receiver.url })).json.type).toBe('/api/problems/webhooks/too-many')
  })
})

describe('an event', () => {
  it('comes signed, once, as GET /events gives it', async () => {
    const { id, secret } = await setUp({ description: 'Accounting' })
    await background.settle() // of its own making it is not told: it was not there yet
    const before = receiver.received.length
    await happen()
    await background.settle()
    const [came, ...more] = receiver.received.slice(before)
    expect(more).toEqual([])
    if (!came) throw new Error('Nothing came.')
    expect(isSigned(came, secret)).toBe(true)
    expect(isSigned(came, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toBe(false)
    expect(came.body).toEqual({ id: came.id, type: 'contact.created', at: expect.any(String), payload: { contactId } })
    expect(came.headers['content-type']).toBe('application/json')
    expect(await one(id)).toMatchObject({
      state: 'delivered',
      eventId: came.id,
      lastStatus: 204,
      body: came.body,
      tries: [{ number: 1, status: 204, error: null, answer: '' }],
    })
    await background.settle()
    expect(receiver.received).toHaveLength(before + 1)
  })

  it('goes only where its kind was chosen, and to no other workspace', async () => {
    const { id } = await setUp({ kinds: ['booking.confirmed', 'contact.merged'] })
    const elsewhere = test.newWorkspaceId()
    await test.database.inWorkspace(elsewhere, (tx) =>
      emit(tx, 'contact.merged', { contactId, mergedContactId: contactId, mergeId: contactId }),
    )
    await happen()
    await inside((tx) => emit(tx, 'contact.merged', { contactId, mergedContactId: contactId, mergeId: contactId }))
    await background.settle()
    expect((await log(id)).map(({ type }) => type)).toEqual(['contact.merged'])
    expect(receiver.received).toHaveLength(1)
  })

  it('that is a test goes to the one address that is tested', async () => {
    const tested = await setUp({ kinds: ['contact.merged'] })
    const other = await setUp()
    await background.settle()
    expect((await ask('POST', `/webhook-endpoints/${tested.id}/test`)).status).toBe(204)
    await background.settle()
    expect((await log(tested.id)).map(({ type, state }) => [type, state])).toEqual([['webhook_endpoint.tested', 'delivered']])
    expect((await log(other.id)).map(({ type }) => type)).not.toContain('webhook_endpoint.tested')
  })
})

describe('a receiver that', () => {
  it('fails is tried again after the waits, with the same id, and what it said is in the log', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 500, answer: `Sorry\u0000, ${'x'.repeat(3000)}` }
    await happen()
    await background.settle()
    const failed = await one(id)
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, lastStatus: 500, tries: [{ status: 500 }] })
    expect(failed.tries[0].answer).toHaveLength(1000)
    const wait = Temporal.Instant.from(failed.nextAt).since(test.clock()).total('seconds')
    expect(wait).toBeGreaterThanOrEqual(5)
    expect(wait).toBeLessThanOrEqual(7)
    await background.settle()
    expect(receiver.received).toHaveLength(1)

    test.clock.advance({ seconds: 10 })
    receiver.mood = {}
    await background.settle()
    expect(receiver.received.map((each) => each.id)).toEqual([failed.eventId, failed.eventId])
    expect(await one(id)).toMatchObject({
      state: 'delivered',
      attempts: 2,
      tries: [
        { number: 1, status: 500 },
        { number: 2, status: 204 },
      ],
    })
    expect((await endpoint(id)).failingSince).toBe(null)
  })

  it('fails for good is given up after ten tries, and gets it when it is sent again', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 503 }
    await happen()
    await background.settle()
    await test.asSuperuser('update webhook_delivery set failures = 9 where endpoint_id = $1', [id])
    test.clock.advance({ seconds: 10 })
    await background.settle()
    test.clock.advance({ hours: 48 })
    await background.settle()
    expect(receiver.received).toHaveLength(2)
    const [given] = await log(id, '&state=failed')
    expect(await one(id)).toMatchObject({ state: 'failed', failReason: 'tries_used_up', attempts: 2 })
    receiver.mood = {}
    expect((await ask('POST', `/webhook-deliveries/${given?.id}/replay`)).json).toMatchObject({ state: 'waiting' })
    await background.settle()
    expect(await one(id)).toMatchObject({ state: 'delivered', attempts: 3 })
    expect(new Set(receiver.received.map((each) => each.id)).size).toBe(1)
  })

  it('says 410 is switched off at once, and what waits for it has failed', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 410 }
    await happen('contact.created', 12)
    await background.settle()
    expect(await endpoint(id)).toMatchObject({ enabled: false, offReason: 'gone', waiting: 0 })
    expect(new Set((await log(id)).map(({ state }) => state))).toEqual(new Set(['failed']))
    expect(receiver.received.length).toBeLessThan(12)
    const { rows } = await test.asSuperuser("select payload from outbox where workspace_id = $1 and type = 'webhook_endpoint.disabled'", [
      workspaceId,
    ])
    expect(rows).toEqual([{ payload: { endpointId: id, state: 'gone' } }])
    expect((await ask('POST', `/webhook-endpoints/${id}/test`)).json.type).toBe('/api/problems/webhooks/endpoint-off')
  })

  it('fails for five days is switched off', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 500 }
    await happen()
    await background.settle()
    test.clock.advance({ hours: 121 })
    await background.settle()
    expect(await endpoint(id)).toMatchObject({ enabled: false, offReason: 'failing' })
  })

  it('asks us to wait is left alone until then, with everything', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 429, headers: { 'retry-after': '600' } }
    await happen()
    await background.settle()
    receiver.mood = {}
    test.clock.advance({ seconds: 300 })
    await happen()
    await background.settle()
    expect(receiver.received).toHaveLength(1)
    test.clock.advance({ seconds: 302 })
    await background.settle()
    expect(receiver.received).toHaveLength(3)
    expect((await log(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  })

  it('leads elsewhere is not followed', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 302, headers: { location: 'http://127.0.0.1:1/' } }
    await happen()
    await background.settle()
    expect(await one(id)).toMatchObject({ state: 'waiting', lastStatus: 302 })
  })

  it('is not there, or behind a name that leads inside, has a reason in the log', async () => {
    const { id } = await setUp({ kinds: ['contact.created'], url: 'http://127.0.0.1:1/hooks' })
    await happen()
    await background.settle()
    expect((await one(id)).tries).toMatchObject([{ status: null, error: 'no_connection' }])
  })

  it('is spoken to by eight requests at once at most', async () => {
    await setUp({ kinds: ['contact.created'] })
    receiver.mood = { afterMs: 5 }
    await happen('contact.created', 40)
    await background.settle()
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(40)
    expect(receiver.mostAtOnce()).toBeLessThanOrEqual(8)
  })
})

describe('a try whose worker was lost', () => {
  it('is made again, does not count for the waits, and says so', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    receiver.mood = { status: 500 }
    await happen()
    await background.settle()
    receiver.mood = {}
    // As a worker leaves it that is killed while it waits for an answer.
    const claimed = test.clock().add({ seconds: 30 })
    await test.asSuperuser(
      "update webhook_delivery set state = 'sending', attempts = 2, next_at = null, claimed_until = $2 where endpoint_id = $1",
      [id, claimed.toString()],
    )
    test.clock.advance({ seconds: 10 })
    await background.settle()
    expect(receiver.received).toHaveLength(1)
    test.clock.advance({ seconds: 30 })
    await background.settle()
    expect(await one(id)).toMatchObject({
      state: 'delivered',
      tries: [
        { number: 1, status: 500 },
        { number: 2, error: 'interrupted' },
        { number: 3, status: 204 },
      ],
    })
  })

  it('is found even where nobody was left to come back to it', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    await happen()
    await background.settle()
    await test.asSuperuser("update webhook_delivery set state = 'waiting', next_at = $2, finished_at = null where endpoint_id = $1", [
      id,
      test.clock().toString(),
    ])
    test.clock.advance({ minutes: 5 })
    const relay = openPool(test.urls.relay, 1)
    try {
      expect(await wakeLeftDeliveries(relay, test.clock())).toBeGreaterThanOrEqual(1)
    } finally {
      await relay.end()
    }
    await background.settle()
    expect(receiver.received).toHaveLength(2)
  })
})

describe('the secret', () => {
  it('is shown on request, which is recorded, and lies encrypted', async () => {
    const { id, secret } = await setUp()
    expect((await ask('GET', '/webhook-endpoints')).json.items[0]).not.toHaveProperty('secret')
    expect((await ask('POST', `/webhook-endpoints/${id}/secret`)).json.secret).toBe(secret)
    const { rows } = await test.asSuperuser('select secret from webhook_endpoint where id = $1', [id])
    expect(rows[0].secret).not.toContain(secret.slice(6, 20))
    const { rows: seen } = await test.asSuperuser('select action from audit_entry where object_id = $1 order by id', [id])
    expect(seen.map(({ action }) => action)).toEqual(['webhook_endpoint.created', 'webhook_secret.shown'])
    asRole = 'auditor'
    expect((await ask('POST', `/webhook-endpoints/${id}/secret`)).status).toBe(403)
  })

  it('that is replaced signs beside the new one for a day, and not longer', async () => {
    const { id, secret } = await setUp({ kinds: ['contact.created'] })
    const { json } = await ask('POST', `/webhook-endpoints/${id}/secret/rotate`)
    expect(json.secret).not.toBe(secret)
    expect(json.endpoint.oldSecretUntil).toBe(test.clock().add({ hours: 24 }).toString())
    await happen()
    await background.settle()
    test.clock.advance({ hours: 24 })
    await happen()
    await background.settle()
    const [both, later] = receiver.received
    if (!both || !later) throw new Error('Not both came.')
    expect([isSigned(both, secret), isSigned(both, json.secret)]).toEqual([true, true])
    expect([isSigned(later, secret), isSigned(later, json.secret)]).toEqual([false, true])
  })
})

describe('changing an endpoint', () => {
  it('needs the version that was read', async () => {
    const { id } = await setUp()
    expect((await ask('PATCH', `/webhook-endpoints/${id}`, { description: 'x' })).status).toBe(428)
    expect((await ask('PATCH', `/webhook-endpoints/${id}`, { description: 'x' }, { 'if-match': '"7"' })).status).toBe(412)
    expect((await ask('PATCH', `/webhook-endpoints/${id}`, { description: 'x' }, { 'if-match': '"1"' })).json).toMatchObject({
      description: 'x',
      version: 2,
    })
  })

  it('switches it off and on, and what failed and was missed meanwhile is sent afterwards', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    const since = test.clock().toString()
    receiver.mood = { status: 500 }
    await happen()
    await background.settle()
    expect((await ask('PATCH', `/webhook-endpoints/${id}`, { enabled: false }, { 'if-match': '"1"' })).json).toMatchObject({
      offReason: 'by_hand',
    })
    await happen('contact.created', 3)
    await background.settle()
    expect(receiver.received).toHaveLength(1)
    expect((await ask('POST', `/webhook-endpoints/${id}/replay`, { since })).status).toBe(409)
    receiver.mood = {}
    await ask('PATCH', `/webhook-endpoints/${id}`, { enabled: true }, { 'if-match': '"2"' })
    expect((await ask('POST', `/webhook-endpoints/${id}/replay`, { since, missed: true })).json).toEqual({ failed: 1, missed: 3 })
    await background.settle()
    expect((await log(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
    expect(new Set(receiver.received.map((each) => each.id)).size).toBe(4)
  })

  it('removes it with its log', async () => {
    const { id } = await setUp({ kinds: ['contact.created'] })
    await happen()
    await background.settle()
    expect((await ask('DELETE', `/webhook-endpoints/${id}`)).status).toBe(204)
    expect((await ask('GET', `/webhook-deliveries?endpointId=${id}`)).status).toBe(404)
    const { rows } = await test.asSuperuser('select count(*)::int as left from webhook_delivery where endpoint_id = $1', [id])
    expect(rows).toEqual([{ left: 0 }])
  })
})

describe('a recipient outside', () => {
  it('is sent nothing while the register says no, and everything afterwards', async () => {
    let stopped: string | undefined
    endpointRegisters.provide('test', { admit: async () => ({ name: 'Ledger Ltd' }), stopped: async () => stopped })
    const { id } = await setUp({ kinds: ['contact.created'], recipient: { processorId: contactId, purpose: 'accounting' } })
    expect(await endpoint(id)).toMatchObject({ recipient: { name: 'Ledger Ltd', purpose: 'accounting' }, heldBecause: null })
    stopped = 'The contract ended.'
    await happen()
    await background.settle()
    expect(receiver.received).toEqual([])
    expect(await endpoint(id)).toMatchObject({ heldBecause: 'The contract ended.', waiting: 1 })
    stopped = undefined
    await happen()
    await background.settle()
    expect(receiver.received).toHaveLength(2)
  })
})

it('the log goes with its events, after 30 days', async () => {
  const { id } = await setUp({ kinds: ['contact.created'] })
  await happen()
  await background.settle()
  const relay = openPool(test.urls.relay, 1)
  await removeOldEvents(relay, Temporal.Now.instant().add({ hours: 31 * 24 }))
  await relay.end()
  expect(await log(id)).toEqual([])
  const { rows } = await test.asSuperuser('select count(*)::int as left from webhook_attempt where workspace_id = $1', [workspaceId])
  expect(rows).toEqual([{ left: 0 }])
})

it('every kind has an example that its schema accepts', async () => {
  const { events } = await import('@frontdesk/contract')
  const { json } = await ask('GET', '/event-kinds')
  expect(json.items.map(({ type }: Json) => type)).toEqual(Object.keys(events).sort())
  for (const { type, sample } of json.items) expect(events[type as EventType].safeParse(sample.payload).success, type).toBe(true)
})
