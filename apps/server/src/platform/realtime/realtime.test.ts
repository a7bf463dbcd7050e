import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Listener, openListener, openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { Refusal } from '../errors/index.ts'
import { emit, relayBatch } from '../events/index.ts'
import { createHttpServer } from '../http/index.ts'
import { openLog } from '../log/index.ts'
import { endSessionStreams, openRealtime, type RealtimeHub, realtimePages, type StreamOwner } from './index.ts'

let test: TestDatabase
let listener: Listener
let hub: RealtimeHub
let app: FastifyInstance
let address: string
let workspaceId: WorkspaceId
let members = new Map<string, string>()
let relay: ReturnType<typeof openPool>
const contactId = '019b8c4e-0000-7000-8000-000000000001'

beforeAll(async () => {
  test = await testDatabase()
  relay = openPool(test.urls.relay, 2)
})
afterAll(() => relay.end())
beforeEach(async () => {
  workspaceId = test.newWorkspaceId()
  members = new Map([['ana', workspaceId]])
  listener = openListener({ url: test.urls.app })
  hub = openRealtime({ listener, heartbeatMs: 40, mostPerPerson: 3 })
  await connected()
  app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  realtimePages({ hub, admit, now: test.clock, readmitMs: 50 })(app)
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  await app.close()
  await listener.close()
})

const connected = () => new Promise<void>((resolve) => void listener.onConnected(resolve))
const admit = async (request: { headers: Record<string, unknown> }, workspace: WorkspaceId): Promise<StreamOwner> => {
  const person = String(request.headers['x-person'] ?? '')
  if (person === '') throw new Refusal('http/not-signed-in')
  if (members.get(person) !== workspace) throw new Refusal('http/not-allowed')
  return { workspaceId: workspace, memberId: `member-${person}`, personId: person, sessionId: `session-${person}` }
}

/** A browser's end of a stream: what came, and whether it ended. */
async function open(person = 'ana', headers: Record<string, string> = {}, workspace: string = workspaceId) {
  const response = await fetch(`${address}/api/v1/stream?workspace=${workspace}`, { headers: { 'x-person': person, ...headers } })
  const seen = { status: response.status, headers: response.headers, text: '', ended: false }
  void (async () => {
    try {
      for await (const chunk of response.body ?? []) seen.text += Buffer.from(chunk).toString()
    } catch {
      // cut off
    }
    seen.ended = true
  })()
  await expect.poll(() => seen.text).not.toBe('')
  return seen
}
const happens = async (workspace = workspaceId) => {
  await test.database.inWorkspace(workspace, (tx) => emit(tx, 'contact.created', { contactId }))
  await relayBatch({ relay, subscribers: [] })
}

describe('a stream is refused', () => {
  it.each([
    ['to a stranger', '', 401],
    ['to a member of another workspace', 'bob', 403],
  ])('%s', async (_who, person, status) => {
    const answer = await fetch(`${address}/api/v1/stream?workspace=${workspaceId}`, { headers: { 'x-person': person } })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(hub.size).toBe(0)
  })

  it.each(['', '?workspace=', '?workspace=all', '?workspace=*&x=1'])('for %j', async (query) => {
    expect((await fetch(`${address}/api/v1/stream${query}`, { headers: { 'x-person': 'ana' } })).status).toBe(400)
  })
})

describe('a stream', () => {
  it('tells that something happened to which rows, and nothing more', async () => {
    const stream = await open()
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await happens()
    await expect.poll(() => stream.text).toContain('data: {"type"')
    const data = /data: (.*)/.exec(stream.text)?.[1] ?? ''
    expect(JSON.parse(data)).toEqual({ type: 'contact.created', workspaceId, ids: { contactId } })
    expect(stream.text).toMatch(/id: [0-9a-f-]{36}\n/)
  })

  it('hears nothing of another workspace', async () => {
    const stream = await open()
    await happens(test.newWorkspaceId())
    await happens()
    await expect.poll(() => stream.text).toContain('data: {"type"')
    expect(stream.text.match(/data: \{"type"/g)).toHaveLength(1)
  })

  it('begins with what happened while the browser drew its first screen', async () => {
    await happens(test.newWorkspaceId())
    const other = await open()
    await happens()
    await expect.poll(() => other.text).toContain('data: {"type"')
    const stream = await open()
    await expect.poll(() => stream.text).toContain('data: {"type"')
    expect(stream.text.match(/data: \{"type"/g)).toHaveLength(1)
  })

  it('shows that it is alive', async () => {
    const stream = await open()
    await expect.poll(() => stream.text).toContain(': still here')
  })

  it('says that something may have been missed to a browser that comes back', async () => {
    expect((await open('ana', { 'last-event-id': contactId })).text).toContain('event: missed')
    expect((await open()).text).not.toContain('event: missed')
  })

  it('says so too when the database was away', async () => {
    const stream = await open()
    await test.asSuperuser(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'frontdesk listener' and datname = current_database()",
    )
    await expect.poll(() => stream.text, { timeout: 5000 }).toContain('event: missed')
    await happens()
    await expect.poll(() => stream.text).toContain('data: {"type"')
  })

  it.each(['member.role_changed', 'member.left', 'member.deactivated'] as const)('ends with %s, after saying so', async (type) => {
    const stream = await open()
    const memberId = 'member-ana'
    const notice = { eventId: contactId, workspaceId, type, ids: { memberId } }
    await test.asSuperuser('select pg_notify($1, $2)', ['frontdesk_realtime', JSON.stringify(notice)])
    await expect.poll(() => stream.ended).toBe(true)
    expect(stream.text).toContain(type)
    expect(hub.size).toBe(0)
  })

  it('ends with its session, and others stay', async () => {
    members.set('bea', workspaceId)
    const [ana, bea] = [await open('ana'), await open('bea')]
    await endSessionStreams(test.database.outside, ['session-ana'])
    await expect.poll(() => ana.ended).toBe(true)
    expect(bea.ended).toBe(false)
  })

  it('ends when a later look says that the person may not listen any more', async () => {
    const stream = await open()
    members.delete('ana')
    await expect.poll(() => stream.ended).toBe(true)
  })

  it('of the same person ends when she opens one too many: the oldest', async () => {
    const streams = [await open(), await open(), await open(), await open()]
    await expect.poll(() => streams.map(({ ended }) => ended)).toEqual([true, false, false, false])
    expect(hub.size).toBe(3)
  })

  it('ends when the server closes', async () => {
    const stream = await open()
    await app.close()
    await expect.poll(() => stream.ended).toBe(true)
  })

  it('that takes nothing is cut off before it fills the memory', () => {
    let ended = false
    hub.add(
      { workspaceId, memberId: 'm', personId: 'p', sessionId: 's' },
      {
        write: () => undefined,
        pendingBytes: 64 * 1024 + 1,
        end: () => {
          ended = true
        },
      },
    )
    return expect.poll(() => ended).toBe(true)
  })

  it('survives nonsense on the channel', async () => {
    const stream = await open()
    for (const payload of ['', 'null', '{', '[]', '{"workspaceId":1}'])
      await test.asSuperuser('select pg_notify($1, $2)', ['frontdesk_realtime', payload])
    await happens()
    await expect.poll(() => stream.text).toContain('data: {"type"')
  })
})
