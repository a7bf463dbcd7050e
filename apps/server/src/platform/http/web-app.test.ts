import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { compressWebApp } from './index.ts'
import { fixtureServer } from './testing.ts'

let test: TestDatabase
let app: FastifyInstance
let folder: string
const script = `console.log(${JSON.stringify('frontdesk '.repeat(400))})`

beforeAll(async () => {
  test = await testDatabase()
  folder = path.join(test.folder, 'dist')
  mkdirSync(path.join(folder, 'assets'), { recursive: true })
  mkdirSync(path.join(folder, '.vite'))
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Frontdesk</title>')
  writeFileSync(path.join(folder, 'sw.js'), script)
  writeFileSync(path.join(folder, 'assets', 'index-B0Oob0ZA.js'), script)
  writeFileSync(path.join(folder, 'assets', 'tiny-abc.js'), '1')
  writeFileSync(path.join(folder, '.vite', 'manifest.json'), '{}')
  writeFileSync(path.join(test.folder, 'secret.txt'), 'secret')
  app = await fixtureServer(test, test.newWorkspaceId(), { webApp: folder })
})
afterAll(() => app.close())

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url, headers })

describe('no file is given', () => {
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/.vite/manifest.json',
    '/assets/none.js',
    '/assets',
    '/assets/',
  ])('for %s', async (url) => {
    const answer = await get(url, { accept: 'application/json' })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.body).not.toContain('secret')
  })

  it.each(['/api', '/api/v1/none', '/api/none'])('and no screen for %s, which belongs to the API', async (url) => {
    expect((await get(url, { accept: 'text/html' })).statusCode).toBe(404)
  })

  it('to a POST of a screen', async () => {
    expect((await app.inject({ method: 'POST', url: '/w/contacts', headers: { accept: 'text/html' } })).statusCode).toBe(404)
  })
})

describe('the app', () => {
  it.each(['/', '/w/contacts', '/sign-in?next=/w'])('answers %s with its shell, which is never kept', async (url) => {
    const answer = await get(url, { accept: 'text/html,*/*;q=0.8' })
    expect(answer).toMatchObject({ statusCode: 200, body: '<!doctype html><title>Frontdesk</title>' })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' })
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'")
  })

  it('keeps assets forever and asks for the rest each time', async () => {
    expect((await get('/assets/index-B0Oob0ZA.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('javascript'),
    })
    const worker = await get('/sw.js')
    expect(worker.headers['cache-control']).toBe('no-cache')
    expect((await get('/sw.js', { 'if-none-match': String(worker.headers.etag) })).statusCode).toBe(304)
  })

  it('sends the small form to whoever takes it', async () => {
    expect((await get('/sw.js', { 'accept-encoding': 'br' })).headers['content-encoding']).toBeUndefined()
    expect(await compressWebApp(folder)).toBe(2)
    expect(await compressWebApp(folder)).toBe(0)
    const brotli = await get('/assets/index-B0Oob0ZA.js', { 'accept-encoding': 'gzip, deflate, br' })
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      vary: expect.stringMatching(/accept-encoding/i),
      'cache-control': expect.stringContaining('immutable'),
    })
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(script)
    const gzip = await get('/assets/index-B0Oob0ZA.js', { 'accept-encoding': 'gzip' })
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(script)
    expect((await get('/assets/index-B0Oob0ZA.js')).body).toBe(script)
    expect((await get('/assets/index-B0Oob0ZA.js.br', { accept: 'application/json' })).statusCode).toBe(404)
    expect(readdirSync(path.join(folder, 'assets'))).not.toContain('tiny-abc.js.br')
  })

  it('that was never built leaves the server standing', async () => {
    expect(await compressWebApp(path.join(folder, 'nowhere'))).toBe(0)
  })
})

describe('health', () => {
  it('is 200 while the database answers, and nothing keeps it', async () => {
    for (const url of ['/healthz', '/readyz']) {
      const answer = await get(url)
      expect(answer).toMatchObject({ statusCode: 200, body: '{"ok":true}' })
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it('is 503 while it does not', async () => {
    const away = openDatabase({ url: test.urls.app.replace(/:\d+\//, ':1/'), keys: test.keys, clock: test.clock, connections: 1 })
    const server = await fixtureServer({ ...test, database: away }, test.newWorkspaceId())
    expect((await server.inject('/healthz')).statusCode).toBe(503)
    expect((await server.inject('/readyz')).statusCode).toBe(503)
    await server.close()
    await away.close()
  })
})
