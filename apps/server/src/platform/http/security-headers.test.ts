import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../database/testing.ts'
import { asPage, contentSecurity } from './index.ts'
import { observatoryScore, type ScoredAnswer } from './observatory-score.ts'
import { fixtureServer } from './testing.ts'

const secure: ScoredAnswer = {
  headers: {
    'content-security-policy': "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    'strict-transport-security': 'max-age=63072000',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'set-cookie': ['session=1; Secure; HttpOnly; SameSite=Lax'],
  },
  html: '<script src="/app.js"></script>',
  plainHttp: 'leads-to-https',
}
const without = (name: string, value?: string): ScoredAnswer => ({ ...secure, headers: { ...secure.headers, [name]: value } })

describe('the scorer takes points as published', () => {
  it.each<[string, ScoredAnswer, number, string]>([
    ['for no policy', without('content-security-policy'), 75 - 20, 'C'],
    [
      'for an inline script',
      without('content-security-policy', "default-src 'none'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"),
      80,
      'B+',
    ],
    [
      'for scripts of any host',
      without('content-security-policy', "default-src 'none'; script-src https:; frame-ancestors 'none'"),
      80,
      'B+',
    ],
    [
      'for eval',
      without('content-security-policy', "default-src 'none'; script-src 'self' 'unsafe-eval'; frame-ancestors 'none'"),
      90 + 15,
      'A+',
    ],
    [
      'for pictures over HTTP',
      without('content-security-policy', "default-src 'none'; img-src http:; frame-ancestors 'none'"),
      90 + 15,
      'A+',
    ],
    ['for no HSTS', without('strict-transport-security'), 80, 'B+'],
    ['for a short HSTS', without('strict-transport-security', 'max-age=3600'), 90 + 25, 'A+'],
    ['for sniffing', without('x-content-type-options'), 95 + 25, 'A+'],
    ['for framing by anybody', without('content-security-policy', "default-src 'none'; frame-ancestors *"), 80, 'B+'],
    ['for a session cookie that scripts read', without('set-cookie', 'session=1; Secure; SameSite=Lax'), 70, 'B'],
    ['for a session cookie over HTTP', without('set-cookie', 'session=1; HttpOnly; SameSite=Lax'), 60, 'C+'],
    ['for a foreign script over HTTP', { ...secure, html: '<script src="http://cdn.example/x.js"></script>' }, 50, 'C'],
    ['for plain HTTP that stays so', { ...secure, plainHttp: 'answers' }, 80, 'B+'],
  ])('%s', (_what, answer, score, grade) => {
    expect(observatoryScore(answer)).toMatchObject({ score, grade })
  })

  it('and gives all bonuses to what is right', () => {
    expect(observatoryScore(secure)).toMatchObject({ score: 125, grade: 'A+' })
  })
})

let app: FastifyInstance
beforeAll(async () => {
  const test = await testDatabase()
  app = await fixtureServer(test, test.newWorkspaceId(), { trustedProxies: ['127.0.0.1'] })
  app.get('/page', async (_request, reply) => reply.type('text/html').send('<!doctype html><script src="/a.js"></script>'))
  app.get('/book/cut', { config: { page: 'embeddable' } }, async (_request, reply) => reply.type('text/html').send('<!doctype html>'))
  app.get('/shell', async (_request, reply) => asPage(reply, 'app').type('text/html').send('<!doctype html>'))
  app.get('/broken', async () => {
    throw new Error('no')
  })
})
afterAll(() => app.close())

const overHttps = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await app.inject({
    method: 'GET',
    url,
    headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9', ...headers },
  })
  const html = String(answer.headers['content-type']).includes('html') ? answer.body : ''
  return { headers: answer.headers as ScoredAnswer['headers'], html, plainHttp: 'leads-to-https' as const }
}

describe('every answer is A+', () => {
  it.each([
    ['a page', '/page'],
    ['the app', '/shell'],
    ['an answer of the API', '/api/v1/fixture/public'],
    ['a refusal', '/api/v1/fixture/person'],
    ['an error page', '/broken'],
    ['nothing', '/nothing'],
  ])('%s', async (_what, url) => {
    const scored = observatoryScore(await overHttps(url, { accept: 'text/html' }))
    expect(scored.tests.filter(({ points }) => points < 0)).toEqual([])
    expect(scored).toMatchObject({ score: 120, grade: 'A+' })
  })

  it('but for pages that other sites may frame, which lose the points of framing and no others', async () => {
    const scored = observatoryScore(await overHttps('/book/cut'))
    expect(scored.tests.filter(({ points }) => points < 0)).toEqual([{ result: 'x-frame-options-not-implemented', points: -20 }])
  })
})

describe('a policy', () => {
  it.each(Object.entries(contentSecurity))('of %s names no other host, no inline code and no eval', (_kind, policy) => {
    expect(policy).not.toMatch(/unsafe|https?:|\.\w{2,}|nonce|sha256/)
    expect(policy).toMatch(/^default-src 'none';/)
    for (const directive of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy).toContain(directive) // these do not fall back to default-src
  })
})

describe('HSTS', () => {
  it('is not sent over HTTP, so that a desk without a certificate stays reachable', async () => {
    const answer = await app.inject('/page')
    expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  it('is not believed from a stranger’s header', async () => {
    const test = await app.inject({ url: '/page', remoteAddress: '203.0.113.9', headers: { 'x-forwarded-proto': 'https' } })
    expect(test.headers['strict-transport-security']).toBeUndefined()
  })
})

it('no answer names the software it runs on', async () => {
  const { headers } = await app.inject('/page')
  expect(Object.keys(headers)).not.toContain('server')
  expect(Object.keys(headers)).not.toContain('x-powered-by')
})
