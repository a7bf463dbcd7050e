import type { Role } from '@frontdesk/contract'
import { roles } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { createHttpServer } from '../../platform/http/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { contactsRoom } from './index.ts'
import { type TestWorkspace, testWorkspace } from './testing.ts'

const test = await testDatabase()
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
})
const isRole = (text: unknown): text is Role => roles.some((role) => role === text)
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: contactsRoom.routes,
  authenticate: async ({ headers: { role } }) => (isRole(role) ? { principal: place.as[role], byCookie: false } : { byCookie: false }),
  trustedProxies: [],
})

type Wish = { readonly role?: Role; readonly body?: object; readonly version?: number; readonly key?: string }
const call = async (name: string, { role = 'owner', body, version, key }: Wish = {}) => {
  const [method, path] = name.split(' ') as ['GET', string]
  const response = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      role,
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body ? { payload: body } : {}),
  })
  return { status: response.statusCode, json: response.body === '' ? undefined : response.json(), headers: response.headers }
}

describe('the API of contacts', () => {
  it.each([
    ['nobody', 401, async () => (await app.inject({ url: '/api/v1/contacts' })).statusCode],
    ['a role without it', 403, async () => (await call('GET /contacts', { role: 'billing' })).status],
    ['an unknown field', 400, async () => (await call('POST /contacts', { body: { name: 'A', colour: 'red' } })).status],
    ['a name of two lines', 400, async () => (await call('POST /contacts', { body: { name: 'A\nB' } })).status],
    [
      'an address that is none',
      400,
      async () => (await call('POST /contacts', { body: { name: 'A', points: [{ kind: 'email', value: 'a@' }] } })).status,
    ],
    ['a zone that is an offset', 400, async () => (await call('POST /contacts', { body: { name: 'A', zone: '+02:00' } })).status],
    [
      'a number that cannot be dialled',
      422,
      async () => (await call('POST /contacts', { body: { name: 'A', points: [{ kind: 'phone', value: '123456' }] } })).status,
    ],
    ['an id that is none', 404, async () => (await call('GET /contacts/x')).status],
    ['a contact that is not there', 404, async () => (await call('GET /contacts/019b0000-0000-7000-8000-000000000001')).status],
    ['an empty search', 400, async () => (await call('GET /contacts/search?q=%20')).status],
    ['a limit too high', 400, async () => (await call('GET /contacts?limit=1000')).status],
  ])('refuses %s with %i', async (_what, status, attempt) => {
    expect(await attempt()).toBe(status)
  })

  it('walks the whole life of a contact', async () => {
    const body = {
      name: '  Zoë 🎉 O’Brien ',
      company: 'Acme',
      locale: 'en-US',
      zone: 'Europe/Paris',
      tags: ['VIP'],
      note: 'Likes tea',
      points: [
        { kind: 'email', value: 'Zoe@Home.example', label: 'home' },
        { kind: 'phone', value: '(646) 555-0101' },
      ],
    }
    const made = await call('POST /contacts', { body, key: 'once' })
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      json: { name: 'Zoë 🎉 O’Brien', version: 1, source: 'member', tags: ['VIP'], company: { name: 'Acme' } },
    })
    expect(await call('POST /contacts', { body, key: 'once' })).toMatchObject({
      status: 201,
      json: { id: made.json.id },
      headers: { 'idempotent-replayed': 'true' },
    })
    const place = `/contacts/${made.json.id}`

    expect((await call(`PATCH ${place}`, { body: { name: 'Zoë' } })).status).toBe(428)
    expect(await call(`PATCH ${place}`, { body: { name: 'Zoë' }, version: 1 })).toMatchObject({
      status: 200,
      json: { name: 'Zoë', version: 2 },
      headers: { etag: '"2"' },
    })
    expect(await call(`PATCH ${place}`, { body: { name: 'Zo' }, version: 1 })).toMatchObject({
      status: 412,
      json: { current: { name: 'Zoë', version: 2 } },
    })

    expect((await call('GET /contacts/search?q=zoe')).json.items).toMatchObject([
      { id: made.json.id, email: 'Zoe@Home.example', phone: '(646) 555-0101' },
    ])
    expect((await call('GET /contacts?sort=name&tag=vip')).json.items).toHaveLength(1)
    expect((await call('GET /tags')).json.items).toEqual([{ name: 'VIP', contacts: 1 }])

    const note = await call(`POST ${place}/notes`, { body: { body: 'Second' } })
    expect(note.status).toBe(201)
    expect((await call(`GET ${place}/notes`)).json.items.map((one: { body: string }) => one.body)).toEqual(['Second', 'Likes tea'])
    expect((await call(`PATCH ${place}/notes/${note.json.id}`, { body: { body: 'Third' }, version: 1 })).json.body).toBe('Third')
    expect((await call(`DELETE ${place}/notes/${note.json.id}`)).json.removedAt).not.toBeNull()
    expect((await call(`POST ${place}/notes/${note.json.id}/restore`)).json.removedAt).toBeNull()

    expect((await call(`DELETE ${place}`)).json.archivedAt).not.toBeNull()
    expect((await call('GET /contacts')).json.items).toEqual([])
    expect((await call(`POST ${place}/restore`)).json.archivedAt).toBeNull()
    const kinds = (await call(`GET ${place}/timeline`)).json.items.map((one: { kind: string }) => one.kind)
    expect(kinds).toEqual([
      'contact.restored',
      'contact.archived',
      'note.restored',
      'note.removed',
      'note.changed',
      'note.added',
      'contact.changed',
      'note.added',
      'contact.created',
    ])
  })
})
