import type { ContactPointId } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { privacyRoom } from '../index.ts'
import { stopPath } from './stop-link.ts'
import { suppress, suppressionsInForce } from './suppress.ts'
import { stopPageSurroundings } from './surroundings.ts'

const test = await testDatabase()
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: privacyRoom.routes,
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})
stopPageSurroundings.provide({ database: test.database })
await privacyRoom.pages?.(app)
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test, 'Salón <Ana>')
})

let counter = 0
async function link(mail: 'offers' | 'service' = 'service') {
  counter += 1
  const email = `stop${counter}@home.example`
  const contactId = await place.newContact(email)
  return test.database.inWorkspace(place.workspaceId, async (tx) => {
    const { points } = await contactFacts(tx, contactId)
    const path = stopPath(tx, points[0]?.id as ContactPointId, mail)
    return { path, email, contactId, token: path.slice('/stop/'.length) }
  })
}
const inForce = (email: string) =>
  test.database.inWorkspace(place.workspaceId, (tx) => suppressionsInForce(tx, { kind: 'email', value: email }))
const post = (url: string, payload = '') =>
  app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, payload })

describe('a stop link', () => {
  it.each([
    ['forged', (token: string) => `${token.slice(0, -2)}${token.endsWith('aa') ? 'bb' : 'aa'}`],
    ['no link at all', () => 'nonsense'],
    [
      'of another purpose',
      () =>
        test.keys.signLink(
          {
            purpose: 'booking',
            workspaceId: place.workspaceId,
            subjectId: place.workspaceId,
            expiresAt: test.clock().add({ hours: 1 }),
            allows: [],
          },
          test.clock(),
        ),
    ],
    [
      'of an address that is gone',
      () =>
        test.keys.signLink(
          {
            purpose: 'stop-mail',
            workspaceId: place.workspaceId,
            subjectId: place.workspaceId,
            expiresAt: test.clock().add({ hours: 1 }),
            allows: [],
          },
          test.clock(),
        ),
    ],
  ])('that is %s stops nothing', async (_what, change) => {
    const { token, email } = await link()
    const bad = change(token)
    expect((await app.inject({ url: `/stop/${bad}`, headers: { accept: 'text/html' } })).statusCode).toBe(410)
    expect((await post(`/stop/${bad}`)).statusCode).toBe(410)
    const answer = await app.inject({ method: 'POST', url: `/api/v1/stop/${bad}` })
    expect(answer.statusCode).toBe(410)
    expect(answer.json().type).toMatch(/privacy\/link-invalid$/)
    expect(await inForce(email)).toEqual([])
  })

  it('changes nothing when it is opened, however often: scanners open every link', async () => {
    const { path, email } = await link()
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      const page = await app.inject({ method, url: path })
      expect(page.statusCode).toBe(200)
    }
    expect(await inForce(email)).toEqual([])
  })

  it('asks, stops and takes back by buttons that work without script, in the reader’s language, telling little of the address', async () => {
    const { path, email } = await link()
    const asked = await app.inject({ url: path, headers: { 'accept-language': 'es-MX' } })
    expect(asked.body).toContain('<html lang="es"')
    expect(asked.body).toContain('Salón &lt;Ana&gt;')
    expect(asked.body).toContain('s••@home.example')
    expect(asked.body).not.toContain(email)
    expect(asked.body).not.toContain('<script')
    expect(asked.headers['content-security-policy']).toContain("form-action 'self'")

    expect((await post(path)).body).toContain('role="status"')
    expect((await post(path)).statusCode).toBe(200)
    expect(await inForce(email)).toMatchObject([{ scope: 'channel', cause: 'link' }])
    await post(`${path}/undo`)
    expect(await inForce(email)).toEqual([])
  })

  it('of an offer stops offers on every way and nothing that she booked, also where a mail program presses for her', async () => {
    const { path, email } = await link('offers')
    const page = await app.inject({ url: path })
    for (const words of ['No more offers', 'No more mail', 'Do not contact me at all']) expect(page.body).toContain(`>${words}</button>`)
    const done = await post(path, 'List-Unsubscribe=One-Click')
    expect(done.body).toContain('News about your own bookings still comes')
    expect(await inForce(email)).toMatchObject([{ scope: 'marketing', cause: 'link' }])
    await post(`${path}/undo`)
    expect(await inForce(email)).toEqual([])
  })

  it.each([
    ['offers', 'mail', 'channel'],
    ['offers', 'everything', 'all'],
    ['service', 'mail', 'channel'],
    ['service', 'everything', 'all'],
  ] as const)('of a mail of the kind %s reaches as far as she chooses: %s', async (mail, reach, scope) => {
    const { path, email } = await link(mail)
    expect((await post(path, `reach=${reach}`)).body).toContain('role="status"')
    expect(await inForce(email)).toMatchObject([{ scope, cause: 'link' }])
    await post(`${path}/undo`)
    expect(await inForce(email)).toEqual([])
  })

  it('with "everything" stops her other addresses too, and takes all of it back', async () => {
    const { path, contactId } = await link()
    await test.asSuperuser(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      values ($1, gen_random_uuid(), $2, 'email', 'other@home.example', 'other@home.example', false, false, now())`,
      [place.workspaceId, contactId],
    )
    await post(path, 'reach=everything')
    expect(await inForce('other@home.example')).toMatchObject([{ scope: 'all' }])
    await post(`${path}/undo`)
    expect(await inForce('other@home.example')).toEqual([])
  })

  it('of a service mail does not offer to stop offers alone, and refuses it through the API', async () => {
    const { token, email } = await link()
    const answer = await app.inject({ method: 'POST', url: `/api/v1/stop/${token}`, payload: { reach: 'offers' } })
    expect(answer.statusCode).toBe(410)
    expect(await inForce(email)).toEqual([])
  })

  it('of a service mail says that mail still comes where only offers were stopped', async () => {
    const { email, token } = await link()
    await test.database.inWorkspace(place.workspaceId, (tx) =>
      suppress(tx, place.as.owner, { kind: 'email', value: email, scope: 'marketing', cause: 'asked' }),
    )
    expect((await app.inject({ url: `/api/v1/stop/${token}` })).json()).toMatchObject({ stopped: false, reach: null })
  })

  it('takes back only what it did itself', async () => {
    const { path, email } = await link()
    await test.database.inWorkspace(place.workspaceId, (tx) =>
      suppress(tx, place.as.owner, { kind: 'email', value: email, scope: 'all', cause: 'asked' }),
    )
    await post(path)
    await post(`${path}/undo`)
    expect(await inForce(email)).toMatchObject([{ scope: 'all', cause: 'asked' }])
  })

  it('works through the API as well, and stops working when its time is over', async () => {
    const { token, email } = await link()
    const state = await app.inject({ url: `/api/v1/stop/${token}` })
    expect(state.json()).toEqual({
      businessName: 'Salón <Ana>',
      address: 's••@home.example',
      stopped: false,
      reach: null,
      mail: 'service',
      choices: ['mail', 'everything'],
    })
    expect((await app.inject({ method: 'POST', url: `/api/v1/stop/${token}` })).json()).toMatchObject({ stopped: true, reach: 'mail' })
    expect(await inForce(email)).toHaveLength(1)
    expect((await app.inject({ method: 'POST', url: `/api/v1/stop/${token}/undo` })).json()).toMatchObject({ stopped: false })
    test.clock.advance({ hours: 24 * 365 * 3 + 1 })
    expect((await app.inject({ url: `/api/v1/stop/${token}` })).statusCode).toBe(410)
  })
})
