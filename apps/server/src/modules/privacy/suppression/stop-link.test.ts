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
async function link() {
  counter += 1
  const email = `stop${counter}@home.example`
  const contactId = await place.newContact(email)
  return test.database.inWorkspace(place.workspaceId, async (tx) => {
    const { points } = await contactFacts(tx, contactId)
    const path = stopPath(tx, points[0]?.id as ContactPointId)
    return { path, email, token: path.slice('/stop/'.length) }
  })
}
const inForce = (email: string) =>
  test.database.inWorkspace(place.workspaceId, (tx) => suppressionsInForce(tx, { kind: 'email', value: email }))
const post = (url: string) =>
  app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }, payload: '' })

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
    expect(state.json()).toEqual({ businessName: 'Salón <Ana>', address: 's••@home.example', stopped: false })
    expect((await app.inject({ method: 'POST', url: `/api/v1/stop/${token}` })).json()).toMatchObject({ stopped: true })
    expect(await inForce(email)).toHaveLength(1)
    expect((await app.inject({ method: 'POST', url: `/api/v1/stop/${token}/undo` })).json()).toMatchObject({ stopped: false })
    test.clock.advance({ hours: 24 * 365 * 3 + 1 })
    expect((await app.inject({ url: `/api/v1/stop/${token}` })).statusCode).toBe(410)
  })
})
