import { connect } from 'node:net'
import type { WorkspaceId } from '@frontdesk/contract'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { fixtureServer, fixtureWrites } from './testing.ts'

let test: TestDatabase
let workspaceId: WorkspaceId
let app: FastifyInstance
const noteId = '019b8c4e-0000-7000-8000-000000000001'
const owner = { 'x-test-role': 'owner' }

beforeAll(async () => {
  test = await testDatabase()
  workspaceId = test.newWorkspaceId()
  app = await fixtureServer(test, workspaceId)
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())
beforeEach(() => fixtureWrites.splice(0))

async function ask(options: InjectOptions) {
  const answer = await app.inject(options)
  const type = String(answer.headers['content-type'] ?? '')
  return { status: answer.statusCode, type, headers: answer.headers, body: type.includes('json') ? answer.json() : answer.body }
}
const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  ask({ method: 'POST', url: '/api/v1/fixture/public', payload, headers: { 'content-type': 'application/json', ...headers } })
const nested = (levels: number) => `{"text":"x","deep":${'['.repeat(levels)}${']'.repeat(levels)}}`

describe('a body is refused with problem details', () => {
  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['that is empty', '', {}, 400, 'http/not-json'],
    ['that is blank', '  \n', {}, 400, 'http/not-json'],
    ['that is cut off', '{"text":', {}, 400, 'http/not-json'],
    ['that is not UTF-8', Buffer.from('{"text":"caf\xe9"}', 'latin1'), {}, 400, 'http/not-json'],
    ['that is UTF-16', Buffer.from('{"text":"x"}', 'utf16le'), {}, 400, 'http/not-json'],
    ['with a NUL', '{"text":"a\\u0000b"}', {}, 400, 'http/invalid-request'],
    ['with half a surrogate pair', '{"text":"\\ud83d"}', {}, 400, 'http/invalid-request'],
    ['with a NUL in a name', '{"te\\u0000xt":"a"}', {}, 400, 'http/invalid-request'],
    ['with __proto__', '{"text":"a","__proto__":{"admin":true}}', {}, 400, 'http/invalid-request'],
    ['with an escaped __proto__', '{"text":"a","deep":{"\\u005f_proto__":{}}}', {}, 400, 'http/invalid-request'],
    ['with a constructor', '{"text":"a","deep":[{"constructor":{"prototype":{"admin":true}}}]}', {}, 400, 'http/invalid-request'],
    ['nested 25 levels deep', nested(24), {}, 400, 'http/invalid-request'],
    ['nested 100,000 levels deep', nested(100_000), {}, 400, 'http/invalid-request'],
    ['with an unknown field', '{"text":"a","admin":true}', {}, 400, 'http/invalid-request'],
    ['of another shape', '[]', {}, 400, 'http/invalid-request'],
    ['that is null', 'null', {}, 400, 'http/invalid-request'],
    ['of 10 MB', `{"text":"${'x'.repeat(10_000_000)}"}`, {}, 413, 'http/too-large'],
    ['of plain text', 'text=a', { 'content-type': 'text/plain' }, 415, 'http/unsupported-media-type'],
    [
      'of a form, which any site could send',
      'text=a',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'http/unsupported-media-type',
    ],
    ['of a multipart form', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'http/unsupported-media-type'],
    ['of XML', '<text/>', { 'content-type': 'application/xml' }, 415, 'http/unsupported-media-type'],
    ['of a type nobody knows', '{"text":"a"}', { 'content-type': 'sdlfkj' }, 415, 'http/unsupported-media-type'],
  ])('%s', async (_what, payload, headers, status, slug) => {
    const answer = await post(payload, headers)
    expect(answer).toMatchObject({
      status,
      type: 'application/problem+json; charset=utf-8',
      body: { status, type: `/api/problems/${slug}` },
    })
    expect(answer.body.detail).toMatch(/[.]$/)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('with every fault and where it is', async () => {
    const { body } = await post('{"text":7,"tags":["a",1]}')
    expect(body.faults.map(({ path }: { path: string }) => path)).toEqual(['body.text', 'body.tags.1'])
  })
})

describe('a body is taken', () => {
  it.each([
    ['with emoji and a right-to-left name', 'مرحبا 👩🏽‍🦱 שלום'],
    ['with quotes, brackets and backslashes', '"[{\\"\\\\[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['],
    ['with combining marks', 'Ç̸̌'],
  ])('%s', async (_what, text) => {
    expect(await post(JSON.stringify({ text }))).toMatchObject({ status: 200, body: { text } })
  })

  it('with a byte order mark, which some clients send', async () => {
    expect((await post(`\ufeff{"text":"a"}`)).status).toBe(200)
  })
})

describe('an address is refused', () => {
  it.each([
    ['with a NUL', '/api/v1/fixture/public?q=%00'],
    ['with a NUL in its path', '/api/v1/fixture/notes/%00'],
    ['that cannot be decoded', '/api/v1/fixture/notes/%E0%A4%A'],
    ['with a parameter twice', '/api/v1/fixture/public?q=a&q=b'],
    ['with an unknown parameter', '/api/v1/fixture/public?admin=true'],
    ['with __proto__ as a parameter', '/api/v1/fixture/public?__proto__=x'],
  ])('%s', async (_what, url) => {
    const { status, type } = await ask({ method: 'GET', url, headers: owner })
    expect(status).toBe(400)
    expect(type).toContain('application/problem+json')
  })

  it.each([
    '/api/v1/fixture/notes/not-an-id',
    '/api/v1/nothing',
    '/api',
    '/api/v2/fixture/public',
    '/../../etc/passwd',
    '/api/v1/fixture/notes/..%2f..%2f',
  ])('that names nothing: %s', async (url) => {
    expect((await ask({ method: 'GET', url, headers: owner })).status).toBe(404)
  })

  it('that is far too long', async () => {
    const { status } = await ask({ method: 'GET', url: `/api/v1/fixture/notes/${'a'.repeat(5000)}`, headers: owner })
    expect(status).toBe(400)
  })
})

describe('a method', () => {
  it('that an address does not take is answered with those it takes', async () => {
    const answer = await ask({ method: 'PUT', url: `/api/v1/fixture/notes/${noteId}`, headers: owner })
    expect(answer).toMatchObject({ status: 405, body: { type: '/api/problems/http/method-not-allowed' } })
    expect(answer.headers.allow).toBe('DELETE, GET, HEAD, OPTIONS, PATCH')
  })

  it('OPTIONS says what an address takes, and promises nothing to other sites', async () => {
    const answer = await ask({ method: 'OPTIONS', url: '/api/v1/fixture/notes/', headers: { origin: 'https://elsewhere.example' } })
    expect(answer.status).toBe(204)
    expect(answer.headers.allow).toBe('OPTIONS, POST')
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('OPTIONS of nothing is nothing', async () => {
    expect((await ask({ method: 'OPTIONS', url: '/api/v1/nothing' })).status).toBe(404)
  })

  it('HEAD answers as GET without a body', async () => {
    const answer = await app.inject({ method: 'HEAD', url: '/api/v1/fixture/public' })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toBe('')
  })

  it('TRACE and CONNECT are not known', async () => {
    expect(await raw('TRACE /api/v1/fixture/public HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1.1 40[045]/)
  })
})

describe('who may', () => {
  it.each<[string, InjectOptions, number, string]>([
    ['a stranger', { method: 'GET', url: `/api/v1/fixture/notes/${noteId}` }, 401, 'http/not-signed-in'],
    [
      'a stranger with a wrong body learns nothing of its shape',
      { method: 'POST', url: '/api/v1/fixture/notes', payload: { a: 1 } },
      401,
      'http/not-signed-in',
    ],
    [
      'a role without the permission',
      { method: 'GET', url: `/api/v1/fixture/notes/${noteId}`, headers: { 'x-test-role': 'billing' } },
      403,
      'http/not-allowed',
    ],
    ['a person route without a person', { method: 'GET', url: '/api/v1/fixture/person' }, 401, 'http/not-signed-in'],
    [
      'a cookie that came along from another site',
      {
        method: 'POST',
        url: '/api/v1/fixture/notes',
        payload: { text: 'x' },
        headers: { ...owner, 'x-test-cookie': '1', 'sec-fetch-site': 'cross-site' },
      },
      403,
      'http/wrong-origin',
    ],
    [
      'a cookie without any sign of where it came from',
      { method: 'DELETE', url: `/api/v1/fixture/notes/${noteId}`, headers: { ...owner, 'x-test-cookie': '1' } },
      403,
      'http/wrong-origin',
    ],
    [
      'an edit without a version',
      { method: 'PATCH', url: `/api/v1/fixture/notes/${noteId}`, payload: { text: 'x' }, headers: owner },
      428,
      'http/version-required',
    ],
  ])('%s', async (_who, options, status, slug) => {
    expect(await ask(options)).toMatchObject({ status, body: { type: `/api/problems/${slug}` } })
    expect(fixtureWrites).toEqual([])
  })

  it('a cookie from our own pages may', async () => {
    const headers = { ...owner, 'x-test-cookie': '1', 'sec-fetch-site': 'same-origin' }
    expect((await ask({ method: 'POST', url: '/api/v1/fixture/notes', payload: { text: 'x' }, headers })).status).toBe(201)
  })
})

describe('an answer', () => {
  it('holds what its schema lists and nothing else', async () => {
    expect((await ask({ method: 'GET', url: '/api/v1/fixture/public?q=a' })).body).toEqual({ q: 'a' })
  })

  it('carries the version as an ETag, and is not stored', async () => {
    const { headers } = await ask({ method: 'GET', url: `/api/v1/fixture/notes/${noteId}`, headers: owner })
    expect(headers).toMatchObject({ etag: '"3"', 'cache-control': 'no-store', 'ratelimit-policy': '"everyday";q=1200;w=60' })
  })

  it('of an unexpected error has a reference, and no word of the error', async () => {
    const answer = await ask({ method: 'POST', url: '/api/v1/fixture/notes', payload: { text: 'break' }, headers: owner })
    expect(answer.status).toBe(500)
    expect(answer.body.reference).toMatch(/^[0-9a-f]{8}$/)
    expect(JSON.stringify(answer.body)).not.toContain('Ana')
  })

  it('says that the disk is full, that nothing is lost, and when to come back', async () => {
    const { status, headers, body } = await ask({ method: 'POST', url: '/api/v1/fixture/notes', payload: { text: 'full' }, headers: owner })
    expect({ status, type: body.type }).toEqual({ status: 503, type: expect.stringContaining('http/unavailable') })
    expect(body.detail).toContain('The disk of the server is full')
    expect(headers['retry-after']).toBe('60')
  })

  it('to a page that is not there is a page, in the reader’s language', async () => {
    const page = await ask({ method: 'GET', url: '/nowhere', headers: { accept: 'text/html', 'accept-language': 'es-MX,en;q=0.5' } })
    expect(page).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' })
    expect(page.body).toContain('<html lang="es">')
    expect(page.body).toContain('Aquí no hay nada')
    expect((await ask({ method: 'GET', url: '/api/v1/nowhere', headers: { accept: 'text/html' } })).type).toContain('problem+json')
  })
})

describe('an idempotency key', () => {
  const write = (text: string, key: string, headers = owner) =>
    ask({ method: 'POST', url: '/api/v1/fixture/notes', payload: { text }, headers: { ...headers, 'idempotency-key': key } })

  it.each(['', ' ', 'ключ', 'a'.repeat(201)])('cannot be %j', async (key) => {
    expect((await write('a', key)).status).toBe(400)
  })

  it('with another body is refused, and the first answer stands', async () => {
    const first = await write('one', 'key-1')
    expect((await write('two', 'key-1')).body.type).toBe('/api/problems/http/idempotency-key-reused')
    const again = await write('one', 'key-1')
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotent-replayed']).toBe('true')
    expect(fixtureWrites).toEqual(['one'])
  })

  it('sent ten times at once writes once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => write('together', 'key-2')))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(fixtureWrites).toEqual(['together'])
  })

  it('of a write that failed may be used again', async () => {
    expect((await write('break', 'key-3')).status).toBe(500)
    expect((await write('mended', 'key-3')).status).toBe(201)
  })
})

/** Speaks HTTP by hand and answers what came back. */
function raw(text: string, asked: FastifyInstance = app): Promise<string> {
  const { port } = asked.server.address() as { port: number }
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('end', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

describe('what is not quite HTTP', () => {
  it.each([
    ['nonsense', 'hello\r\n\r\n', 400],
    ['headers of 20 kB', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST /api/v1/fixture/public HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n', 400],
    [
      'a length and chunks, as smugglers send',
      'POST /api/v1/fixture/public HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a line folded into a header', 'GET / HTTP/1.1\r\nhost: x\r\nx: a\r\n b\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ])('%s is answered and cut off', async (_what, text, status) => {
    const answer = await raw(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer.toLowerCase()).toContain('connection: close')
  })

  it('a body of 10 MB that is still being sent is refused with 413', async () => {
    const answer = await raw(
      'POST /api/v1/fixture/public HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10000000\r\nconnection: close\r\n\r\n{"text":"',
    )
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    expect(answer).toContain('http/too-large')
  })

  it('a client that is slow with its headers is given 15 seconds, and two hours for the largest file', () => {
    expect(app.server).toMatchObject({ headersTimeout: 15_000, requestTimeout: 7_200_000, keepAliveTimeout: 72_000 })
  })

  it('a body that takes too long is refused with 408', async () => {
    const impatient = await fixtureServer(test, workspaceId, { patience: { body: 100, silence: 100 } })
    await impatient.listen({ host: '127.0.0.1', port: 0 })
    const answer = await raw(
      'POST /api/v1/fixture/public HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"text":"',
      impatient,
    )
    await impatient.close()
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect(answer).toContain('too long to arrive')
  })
})
