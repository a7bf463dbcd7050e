import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../database/testing.ts'
import { acceptUploads, oneUpload } from './index.ts'
import { fixtureServer } from './testing.ts'

let app: FastifyInstance
beforeAll(async () => {
  const test = await testDatabase()
  app = await fixtureServer(test, test.newWorkspaceId())
  await app.register(async (scope) => {
    await acceptUploads(scope, { fileBytes: 10_000, files: 1 })
    scope.post('/api/v1/fixture/upload', async (request) => {
      const { name, saidType, bytes } = await oneUpload(request)
      return { name, saidType, size: bytes.length }
    })
  })
  await app.register(async (scope) => {
    await scope.register(formbody)
    scope.post('/form', async ({ body }) => ({ body }))
  })
})
afterAll(() => app.close())

const boundary = 'frontdesk-test'
const part = (disposition: string, content: string | Buffer, type = 'text/plain') =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\ncontent-type: ${type}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ])
const send = async (...parts: Buffer[]) => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/fixture/upload',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  })
  return { status: answer.statusCode, body: answer.json() }
}

describe('an upload is refused', () => {
  it.each<[string, Buffer[], number, string]>([
    ['that is larger than the limit', [part('name="file"; filename="a.png"', Buffer.alloc(10_001))], 413, 'http/too-large'],
    [
      'of two files where one is taken',
      [part('name="a"; filename="a.png"', 'a'), part('name="b"; filename="b.png"', 'b')],
      413,
      'http/too-large',
    ],
    ['of an empty file', [part('name="file"; filename="a.png"', '')], 422, 'files/refused'],
    ['without a file', [part('name="note"', 'hello')], 400, 'http/invalid-request'],
    [
      'with a hundred fields',
      [...Array.from({ length: 100 }, (_, index) => part(`name="f${index}"`, 'x')), part('name="file"; filename="a.png"', 'a')],
      413,
      'http/too-large',
    ],
  ])('%s', async (_what, parts, status, slug) => {
    expect(await send(...parts)).toMatchObject({ status, body: { type: `/api/problems/${slug}` } })
  })

  it('that is not multipart', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/fixture/upload', payload: { file: 'a' } })
    expect(answer.json()).toMatchObject({ status: 415 })
  })

  it('that is cut off', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/fixture/upload',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: part('name="file"; filename="a.png"', 'abc').subarray(0, -10),
    })
    expect(answer.statusCode).toBe(400)
  })
})

describe('an upload', () => {
  it.each([
    ['photo.png', 'photo.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\cv.pdf', 'cv.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ])('named %j is called %j', async (filename, name) => {
    expect(await send(part(`name="file"; filename="${filename.replaceAll('\\', '\\\\')}"`, 'abc', 'image/png'))).toEqual({
      status: 200,
      body: { name, saidType: 'image/png', size: 3 },
    })
  })
})

describe('a form of a public page', () => {
  it.each(['name=a%00b', '__proto__=x', 'constructor=x'])('is refused when it holds %j', async (payload) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/form',
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.statusCode).toBe(400)
  })

  it('is taken otherwise', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/form',
      payload: 'name=Ana+Silva',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.json()).toEqual({ body: { name: 'Ana Silva' } })
  })
})
