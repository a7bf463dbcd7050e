import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../database/testing.ts'
import { isApiAddress } from './plain-http.ts'
import { fixtureServer } from './testing.ts'

describe('an address of the API', () => {
  it.each([
    '/api/v1/contacts',
    '/api/v1',
    '/api/v1?x=1',
    '//api/v1/contacts',
    '/api//v1/contacts',
    '/API/V1/contacts',
    '/%61pi/v1/contacts',
    '/api%2Fv1/contacts',
  ])('is known however it is written: %s', (url) => {
    expect(isApiAddress(url)).toBe(true)
  })

  it.each(['/', '/api/docs', '/api/problems/http/not-found', '/api/v10', '/book/api/v1', '/b?next=/api/v1', '/%E0%A4%A'])(
    'is not %s',
    (url) => {
      expect(isApiAddress(url)).toBe(false)
    },
  )
})

describe('behind a proxy that ends TLS', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    const test = await testDatabase()
    app = await fixtureServer(test, test.newWorkspaceId(), {
      trustedProxies: ['127.0.0.1'],
      publicUrl: () => 'https://desk.example.com',
    })
    app.get('/page', async (_request, reply) => reply.type('text/html').send('<!doctype html>'))
  })
  afterAll(() => app.close())
  const ask = (url: string, proto: string | undefined, more: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.inject({
      method: url.startsWith('/api') ? 'POST' : 'GET',
      url,
      remoteAddress,
      headers: { ...(proto === undefined ? {} : { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': proto }), ...more },
    })

  it('leads a page that came over plain HTTP to the same page over HTTPS [L1]', async () => {
    const answer = await ask('/page?day=1', 'http')
    expect([answer.statusCode, answer.headers.location]).toEqual([308, 'https://desk.example.com/page?day=1'])
    expect((await ask('/page', 'https')).statusCode).toBe(200)
  })

  it('refuses the API over plain HTTP instead of leading on, whoever asks [L1]', async () => {
    for (const url of ['/api/v1/notes', '/api/v1/nothing', '//api/v1/notes', '/%61pi/v1/notes']) {
      const answer = await ask(url, 'http', { authorization: 'Bearer fdk_0123456789' })
      expect([url, answer.statusCode, answer.headers.location, answer.json().type]).toEqual([
        url,
        403,
        undefined,
        '/api/problems/http/https-required',
      ])
      expect(answer.json().detail).toContain('https://desk.example.com')
    }
  })

  it('shows HSTS of at least six months on every answer over HTTPS, and none without [L1]', async () => {
    for (const url of ['/page', '/nothing', '/api/v1/nothing']) {
      const seconds = Number(/max-age=(\d+)/.exec(String((await ask(url, 'https')).headers['strict-transport-security']))?.[1])
      expect(seconds, url).toBeGreaterThanOrEqual(182 * 86_400)
    }
    expect((await ask('/page', undefined)).headers['strict-transport-security']).toBeUndefined()
  })

  it('leaves this computer itself alone, and believes nobody else who says where he came from', async () => {
    expect((await ask('/page', undefined)).statusCode).toBe(200)
    expect((await ask('/healthz', 'http')).statusCode).toBe(200)
    expect((await ask('/page', 'http', {}, '203.0.113.80')).statusCode).toBe(200)
  })
})
