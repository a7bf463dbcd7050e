import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { backgroundOf } from '../events/testing.ts'
import { fixtureServer } from '../http/testing.ts'
import { defineJob, enqueue } from '../jobs/index.ts'
import { openLog } from '../log/index.ts'
import { currentTraceparent, readTraceparent, startTracing, withSpan, writeTraceparent } from './index.ts'

const HEX = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))
const nanoseconds = z.string().regex(/^\d{19}$/)
const attribute = z.strictObject({
  key: z.string().min(1),
  value: z.union([z.strictObject({ stringValue: z.string() }), z.strictObject({ intValue: z.string().regex(/^-?\d+$/) })]),
})

/** ExportTraceServiceRequest, as the OTLP specification writes it in JSON: opentelemetry/proto/trace/v1/trace.proto. */
const ExportRequest = z.strictObject({
  resourceSpans: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes: z.array(attribute) }),
      scopeSpans: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string(), version: z.string() }),
          spans: z.array(
            z.strictObject({
              traceId: HEX(32),
              spanId: HEX(16),
              parentSpanId: HEX(16).optional(),
              flags: z.int().min(0).max(0xffff_ffff),
              name: z.string().min(1),
              kind: z.int().min(1).max(5),
              startTimeUnixNano: nanoseconds,
              endTimeUnixNano: nanoseconds,
              attributes: z.array(attribute),
              status: z.strictObject({ code: z.literal(2).optional() }),
            }),
          ),
        }),
      ),
    }),
  ),
})
type Received = z.infer<typeof ExportRequest>['resourceSpans'][number]['scopeSpans'][number]['spans'][number]

let test: TestDatabase
let app: FastifyInstance
let collector: Server
let endpoint: string
let received: Received[] = []
let resources: unknown[] = []
let answers: { status: number; retryAfter?: string }[] = []
let requests = 0
let tracing: { stop(): Promise<void> } | undefined
const job = defineJob({
  name: 'test.traced',
  payload: z.strictObject({}),
  fields: {},
  run: async (context) => void (await context.inWorkspace((tx) => tx.db.selectFrom('outbox').select('id').execute())),
})

/** A collector that checks every request against the documented format and answers as it is told. */
async function collect(request: IncomingMessage): Promise<{ status: number; retryAfter?: string }> {
  requests += 1
  const told = answers.shift() ?? { status: 200 }
  if (request.method !== 'POST' || request.url !== '/v1/traces' || request.headers['content-type'] !== 'application/json')
    return { status: 400 }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const parsed = ExportRequest.safeParse(JSON.parse(Buffer.concat(chunks).toString()))
  if (!parsed.success) throw parsed.error
  if (told.status !== 200) return told
  for (const { resource, scopeSpans } of parsed.data.resourceSpans) {
    resources.push(...resource.attributes)
    received.push(...scopeSpans.flatMap(({ spans }) => spans))
  }
  return told
}

beforeAll(async () => {
  test = await testDatabase()
  app = await fixtureServer(test, test.newWorkspaceId())
  collector = createServer(async (request, response) => {
    const { status, retryAfter } = await collect(request)
    response.writeHead(status, { 'content-type': 'application/json', ...(retryAfter ? { 'retry-after': retryAfter } : {}) }).end('{}')
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(collector.address() as { port: number }).port}/`
})
afterAll(async () => {
  await app.close()
  await new Promise((resolve) => collector.close(resolve))
})
beforeEach(() => {
  received = []
  resources = []
  answers = []
  requests = 0
})
afterEach(async () => {
  await tracing?.stop()
  tracing = undefined
})

const start = (more: { ratio?: number; endpoint?: string; maySend?: () => Promise<boolean> } = {}) => {
  tracing = startTracing({
    endpoint,
    source: { service: 'frontdesk', version: '1.2.3', role: 'web' },
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    everyMs: 20,
    retryMs: 5,
    ...more,
  })
}
const span = (name: string) => received.find((each) => each.name === name)
const attributesOf = (each: Received | undefined) =>
  Object.fromEntries(
    each?.attributes.map(({ key, value }) => [key, 'stringValue' in value ? value.stringValue : Number(value.intValue)]) ?? [],
  )

describe('traces to somebody whose contract does not stand', () => {
  it('are dropped and never sent, also while nobody can say whether it does, and are sent once it does', async () => {
    let answer: () => Promise<boolean> = async () => false
    start({ maySend: () => answer() })
    await withSpan({ name: 'not for them', kind: 'internal' }, async () => undefined)
    await tracing?.stop()
    answer = async () => {
      throw new Error('the database is away')
    }
    start({ maySend: () => answer() })
    await withSpan({ name: 'nobody knows', kind: 'internal' }, async () => undefined)
    await tracing?.stop()
    expect(requests).toBe(0)
    start({ maySend: async () => true })
    await withSpan({ name: 'for them', kind: 'internal' }, async () => undefined)
    await tracing?.stop()
    expect(received.map(({ name }) => name)).toEqual(['for them'])
  })
})

describe('a traceparent', () => {
  it.each([
    undefined,
    '',
    'nonsense',
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331',
  ])('is none: %s', (header) => {
    expect(readTraceparent(header)).toBeUndefined()
  })

  it.each([
    ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', true],
    ['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00', false],
    ['cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-09-what-the-future-brings', true],
  ])('is read: %s', (header, sampled) => {
    expect(readTraceparent(header)).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', sampled })
  })

  it('is written as it was read', () => {
    const header = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    expect(writeTraceparent(readTraceparent(header)!)).toBe(header)
  })
})

describe('while tracing is off', () => {
  it('work runs as it would, and nothing travels along', async () => {
    expect(await withSpan({ name: 'x', kind: 'internal' }, async () => currentTraceparent() ?? 'none')).toBe('none')
    await app.inject('/api/v1/fixture/public')
    expect(requests).toBe(0)
  })
})

describe('while tracing is on', () => {
  it('a request is a span of the trace that its caller began, with its queries inside', async () => {
    start()
    await app.inject({
      method: 'POST',
      url: '/api/v1/fixture/notes',
      payload: { text: 'Ana Silva' },
      headers: {
        'x-test-role': 'owner',
        'idempotency-key': 'traced',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      },
    })
    await expect.poll(() => span('POST /api/v1/fixture/notes')).toBeDefined()
    const request = span('POST /api/v1/fixture/notes')
    expect(request).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331', kind: 2, status: {} })
    expect(attributesOf(request)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/v1/fixture/notes',
      'http.response.status_code': 201,
      'url.scheme': 'http',
    })
    const insert = span('INSERT')
    expect(insert).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId, kind: 3 })
    expect(BigInt(insert?.startTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(BigInt(request?.startTimeUnixNano ?? 0))
    expect(resources).toContainEqual({ key: 'service.name', value: { stringValue: 'frontdesk' } })
    expect(JSON.stringify(received)).not.toContain('Ana')
  })

  it('what a caller does wrong is no failure of ours', async () => {
    start()
    await app.inject('/api/v1/fixture/person')
    await expect.poll(() => span('GET /api/v1/fixture/person')).toBeDefined()
    expect(span('GET /api/v1/fixture/person')?.status).toEqual({})
    expect(attributesOf(span('GET /api/v1/fixture/person'))).toMatchObject({ 'http.response.status_code': 401, 'error.type': 'Refusal' })
  })

  it('a breakage marks its span as failed, without its words', async () => {
    start()
    await app.inject({ method: 'POST', url: '/api/v1/fixture/notes', payload: { text: 'break' }, headers: { 'x-test-role': 'owner' } })
    await expect.poll(() => span('POST /api/v1/fixture/notes')).toBeDefined()
    expect(span('POST /api/v1/fixture/notes')).toMatchObject({ status: { code: 2 } })
    expect(attributesOf(span('POST /api/v1/fixture/notes'))['error.type']).toBe('Error')
    expect(JSON.stringify(received)).not.toContain('Ana')
  })

  it('a job belongs to the trace of what enqueued it', async () => {
    const background = await backgroundOf(test, { jobs: [job] })
    start()
    await withSpan({ name: 'test enqueues', kind: 'internal' }, () =>
      test.database.inWorkspace(test.newWorkspaceId(), (tx) => enqueue(tx, job, {})),
    )
    await background.settle()
    await expect.poll(() => span('test.traced')).toBeDefined()
    expect(span('test.traced')).toMatchObject({
      traceId: span('test enqueues')?.traceId,
      parentSpanId: span('test enqueues')?.spanId,
      kind: 5,
    })
    expect(received.filter(({ parentSpanId }) => parentSpanId === span('test.traced')?.spanId).map(({ name }) => name)).toContain('SELECT')
  })

  it('a caller that does not record is not recorded, and no trace that begins here is at ratio 0', async () => {
    start({ ratio: 0 })
    await app.inject('/api/v1/fixture/public')
    await app.inject({ url: '/api/v1/fixture/public', headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' } })
    await tracing?.stop()
    expect(received).toEqual([])
  })
})

describe('a collector', () => {
  it('that is busy gets the batch again', async () => {
    answers = [{ status: 503 }, { status: 429 }]
    start()
    await app.inject('/api/v1/fixture/public')
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(1)
    expect(requests).toBe(3)
  })

  it('that refuses a batch does not get it again', async () => {
    answers = [{ status: 400 }]
    start()
    await app.inject('/api/v1/fixture/public')
    await expect.poll(() => requests).toBe(1)
    await app.inject('/api/v1/fixture/person')
    await expect.poll(() => received.map(({ name }) => name)).toEqual(['GET /api/v1/fixture/person'])
  })

  it('that is not there keeps nobody waiting', async () => {
    start({ endpoint: 'http://127.0.0.1:9' })
    expect((await app.inject('/api/v1/fixture/public')).statusCode).toBe(200)
    await tracing?.stop()
  })

  it('gets what is left when the server stops', async () => {
    start()
    await app.inject('/api/v1/fixture/public')
    await tracing?.stop()
    expect(received.map(({ name }) => name)).toEqual(['GET /api/v1/fixture/public'])
  })
})
