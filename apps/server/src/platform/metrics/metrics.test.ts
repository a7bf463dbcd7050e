import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { emit } from '../events/index.ts'
import { fixtureServer } from '../http/testing.ts'
import { listenForMetrics, type Metrics, metricsPages, openMetrics } from './index.ts'

let test: TestDatabase
let metrics: Metrics
let app: FastifyInstance
const noteId = '019b8c4e-0000-7000-8000-000000000001'

beforeAll(async () => {
  test = await testDatabase()
  metrics = openMetrics('web')
  app = await fixtureServer(test, test.newWorkspaceId(), { observe: metrics.http, trustedProxies: ['127.0.0.1'] })
  metricsPages(app, metrics)
})
afterAll(() => app.close())

/** The samples of a text, read as Prometheus reads them: `name{labels} value`. */
function samples(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  for (const line of lines)
    expect(line).toMatch(/^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="[^"\n]*",?)*\})? (-?[\d.e+-]+|[+-]?Inf|nan)$/i)
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
      const own = labels.split(',').filter((label) => label !== '' && !label.startsWith('role='))
      return [`${name} ${own.sort().join(' ')}`.trim(), Number(value)]
    }),
  )
}

describe('/metrics is not there', () => {
  it.each<[string, { remoteAddress?: string; headers?: Record<string, string> }]>([
    ['for another machine', { remoteAddress: '203.0.113.9' }],
    ['for what came through a proxy on this machine', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['for what came through a proxy that speaks RFC 7239', { headers: { forwarded: 'for=127.0.0.1' } }],
  ])('%s', async (_who, options) => {
    expect((await app.inject({ url: '/metrics', ...options })).statusCode).toBe(404)
  })

  it('for who has no token, or a wrong one, where there is one', async () => {
    const server = await fixtureServer(test, test.newWorkspaceId())
    metricsPages(server, metrics, 'a-long-token')
    const status = async (authorization?: string) =>
      (await server.inject({ url: '/metrics', headers: authorization ? { authorization } : {} })).statusCode
    expect(await Promise.all([status(), status('Bearer wrong'), status('Bearer a-long-token')])).toEqual([404, 404, 200])
    await server.close()
  })
})

describe('/metrics', () => {
  it('counts answers by route, never by address', async () => {
    await app.inject({ url: `/api/v1/fixture/notes/${noteId}`, headers: { 'x-test-role': 'owner' } })
    await app.inject({ url: '/api/v1/nowhere/ana@example.com' })
    const { body, headers } = await app.inject('/metrics')
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(samples(body).get('frontdesk_http_request_seconds_count method="GET" route="/api/v1/fixture/notes/:noteId" status="2xx"')).toBe(
      1,
    )
    expect(body).not.toContain(noteId)
    expect(body).not.toContain('ana@example.com')
  })

  it('counts jobs by outcome and events by number', async () => {
    const own = openMetrics('worker')
    own.job({ job: 'mail.send', outcome: 'done', ms: 20, attempt: 1 })
    own.job({ job: 'mail.send', outcome: 'failed', ms: 20, attempt: 1 })
    own.relay({ events: 3, oldestMs: 1500 })
    own.watch('realtime_streams', 'Open streams.', () => 7)
    const read = samples(await own.text())
    expect(read.get('frontdesk_jobs_total job="mail.send" outcome="done"')).toBe(1)
    expect(read.get('frontdesk_events_sent_total')).toBe(3)
    expect(read.get('frontdesk_outbox_lag_seconds')).toBe(1.5)
    expect(read.get('frontdesk_realtime_streams')).toBe(7)
    expect([...read.keys()]).toContain('nodejs_eventloop_lag_p99_seconds')
  })

  it('knows what waits, and still answers when the database does not', async () => {
    const own = openMetrics('worker')
    const relay = openPool(test.urls.relay, 1)
    own.backlog(relay)
    own.pool('relay', relay)
    const workspaceId = test.newWorkspaceId()
    await test.database.inWorkspace(workspaceId, (tx) => emit(tx, 'workspace.created', { workspaceId }))
    const read = samples(await own.text())
    expect(read.get('frontdesk_outbox_unsent')).toBe(1)
    expect(read.get('frontdesk_pool_connections pool="relay" state="waiting"')).toBe(0)
    await relay.end()
    expect(await own.text()).toContain('frontdesk_jobs_total')
  })

  it('of a process without HTTP is on loopback', async () => {
    const door = await listenForMetrics(metrics, 0)
    expect((await fetch(`http://127.0.0.1:${door.port}/metrics`)).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${door.port}/`)).status).toBe(404)
    await door.close()
  })
})
