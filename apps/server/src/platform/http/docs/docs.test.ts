import { gunzipSync } from 'node:zlib'
import { api, problems, type Route } from '@frontdesk/contract'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../database/testing.ts'
import { definePolicy } from '../../policy/index.ts'
import type { AnyHandler, MountedRoute } from '../index.ts'
import { observatoryScore } from '../observatory-score.ts'
import { fixtureRoutes, fixtureServer, mountedFixture } from '../testing.ts'
import { type OpenApi, openApi } from './openapi.ts'

const policy = definePolicy({ any: ['owner'] })
const houseRoutes: readonly MountedRoute[] = Object.entries(api).map(([name, route]) => ({
  name,
  route,
  handler: (route.access === 'person'
    ? { run: async () => undefined }
    : { policy, may: 'any', run: async () => undefined }) as unknown as AnyHandler,
}))
const fixture = openApi(mountedFixture, '1.2.3')
const house = openApi(houseRoutes, '1.2.3')

/** Every `$ref` of a document. */
const references = (document: unknown): string[] =>
  [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference)
const operationsOf = (document: OpenApi) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )

describe.each([
  ['the fixture', fixture],
  ['the whole API', house],
])('the document of %s', (_which, document) => {
  it('points at nothing that is not there', () => {
    for (const reference of references(document)) {
      const [, , group = '', name = ''] = reference.split('/')
      expect(Object.keys((document.components as Record<string, object>)[group] ?? {})).toContain(name)
    }
  })

  it('gives each operation an id of its own', () => {
    const ids = operationsOf(document).map(({ operation }) => operation.operationId)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/)
  })

  it('declares each parameter of a path, and no other', () => {
    for (const { name, operation } of operationsOf(document)) {
      const named = [...name.matchAll(/\{(\w+)\}/g)].map(([, key]) => key)
      expect([name, operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)]).toEqual([
        name,
        named,
      ])
    }
  })

  it('is JSON without anything of zod’s own', () => {
    expect(JSON.stringify(document)).not.toMatch(/\$defs|\$schema|undefined|~standard/)
  })
})

describe('an operation', () => {
  const notes = fixture.paths['/fixture/notes']?.post
  const note = fixture.paths['/fixture/notes/{noteId}']

  it('says who may, by role and by scope', () => {
    expect(notes).toMatchObject({
      security: [{ session: [] }, { apiKey: ['notes.write'] }],
      'x-permission': 'notes.write',
      'x-roles': ['owner', 'admin', 'manager'],
    })
    expect(fixture.paths['/fixture/public']?.get?.security).toEqual([])
    expect(fixture.paths['/fixture/person']?.get?.security).toEqual([{ session: [] }])
  })

  it('lists the headers that a write and an edit take', () => {
    expect(notes?.parameters.map(({ name }) => name)).toEqual(['Frontdesk-Workspace', 'Idempotency-Key'])
    expect(note?.patch?.parameters.map(({ name, required }) => `${name} ${required}`)).toEqual([
      'noteId true',
      'Frontdesk-Workspace false',
      'If-Match true',
    ])
  })

  it('names its answer by component and gives an example', () => {
    const answer = note?.get?.responses[200]
    expect(answer?.content?.['application/json']).toMatchObject({
      schema: { $ref: '#/components/schemas/TestNote' },
      example: { version: expect.any(Number) },
    })
    expect(answer?.headers).toHaveProperty('ETag')
    expect(note?.delete?.responses[204]?.content).toBeUndefined()
  })

  it('lists its refusals by status and type', () => {
    expect(notes?.responses[409]?.['x-problems']).toEqual(['http/conflict'])
    expect(notes?.responses[422]?.['x-problems']).toEqual(['http/idempotency-key-reused'])
    expect(note?.patch?.responses[412]?.['x-problems']).toEqual(['http/version-mismatch'])
    expect(Object.keys(fixture.paths['/fixture/public']?.get?.responses ?? {})).toEqual(['200', '400', '429', '500', '503'])
  })

  it('has a field that may be left out where there is a default, and one that is always there in the answer', () => {
    const limit = house.paths['/events']?.get?.parameters.find(({ name }) => name === 'limit')
    expect(limit).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', default: 50, maximum: 200 } })
  })
})

describe('every example of the whole API', () => {
  const cases = Object.entries(api as Record<string, Route>)
  it.each(cases.filter(([, route]) => route.status !== 204 && !route.download).map(([name, route]) => [name, route] as const))(
    'of an answer is one: %s',
    (name, route) => {
      const [method = '', path = ''] = name.split(' ')
      const example = house.paths[path]?.[method.toLowerCase()]?.responses[route.status ?? 200]?.content?.['application/json']?.example
      expect(example).not.toBeUndefined()
    },
  )

  it.each(cases.filter(([, route]) => route.body).map(([name, route]) => [name, route] as const))(
    'of a body is taken: %s',
    (name, route) => {
      const [method = '', path = ''] = name.split(' ')
      const example = house.paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.example
      const faults = route.body?.safeParse(example).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      expect(faults ?? []).toEqual([])
    },
  )
})

describe('the pages', () => {
  let app: FastifyInstance
  beforeAll(async () => {
    const test = await testDatabase()
    app = await fixtureServer(test, test.newWorkspaceId(), { trustedProxies: ['127.0.0.1'], version: '1.2.3' })
  })
  afterAll(() => app.close())
  const get = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ url, headers: { 'x-forwarded-proto': 'https', ...headers } })

  it.each(['/api/docs', '/api/problems/http/not-found'])('%s works under the strictest policy', async (url) => {
    const page = await get(url)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(page.body).not.toMatch(/<script(?![^>]*src="\/)|<style|\sstyle=|\son\w+=|javascript:/i)
    expect(observatoryScore({ headers: page.headers as Record<string, string>, html: page.body, plainHttp: 'closed' }).grade).toBe('A+')
  })

  it('have an anchor for each operation, and a way to it', async () => {
    const { body } = await get('/api/docs')
    for (const { operation } of operationsOf(fixture)) {
      expect(body).toContain(`id="${operation.operationId}"`)
      expect(body).toContain(`href="#${operation.operationId}"`)
    }
    for (const [, anchor = ''] of body.matchAll(/href="#([^"]+)"/g)) expect(body).toContain(`id="${anchor}"`)
  })

  it('explain every problem there is, and no other', async () => {
    for (const type of Object.keys(problems)) expect((await get(`/api/problems/${type}`)).statusCode).toBe(200)
    expect((await get('/api/problems/http/nonsense')).statusCode).toBe(404)
    const page = await app.inject({ url: '/api/problems/http/nonsense', headers: { accept: 'text/html' } })
    expect({ status: page.statusCode, text: page.body }).toMatchObject({ status: 404, text: expect.stringContaining('<h1>') })
    expect((await get('/api/problems/constructor/name')).statusCode).toBe(404)
  })

  it('give the document to programs, and nothing again to who has it', async () => {
    const first = await get('/api/openapi.json')
    expect(first.json()).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } })
    expect(Object.keys(first.json().paths)).toEqual(expect.arrayContaining(Object.keys(fixtureRoutes).map((name) => name.split(' ')[1])))
    expect((await get('/api/openapi.json', { 'if-none-match': String(first.headers.etag) })).statusCode).toBe(304)
    const small = await get('/api/openapi.json', { 'accept-encoding': 'gzip, br' })
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(JSON.parse(gunzipSync(small.rawPayload).toString())).toEqual(first.json())
  })
})

describe('a route of files', () => {
  it('says what it takes, and that it gives bytes instead of JSON', () => {
    const sent = house.paths['/workspace/logo']?.put?.requestBody?.content
    expect(Object.keys(sent ?? {})).toEqual(['multipart/form-data'])
    expect(sent?.['multipart/form-data']?.schema).toMatchObject({
      required: ['file'],
      properties: { file: { format: 'binary', description: 'image/png, image/jpeg, image/webp; at most 2 MB.' } },
    })
    const given = house.paths['/conversations/{conversationId}/attachments/{fileId}']?.get?.responses[200]
    expect(given?.content).toEqual({ '*/*': { schema: { type: 'string', format: 'binary' } } })
  })
})
