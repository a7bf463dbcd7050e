import type { ContactPointId } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { testSmtp } from '../../../platform/mail/testing.ts'
import { contactFacts } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { privacyRoom, providePrivacyPorts } from '../index.ts'
import { publicStopWords } from './public-stop.words.ts'
import { stopPath } from './stop-link.ts'
import { suppressionsInForce } from './suppress.ts'
import { stopPageSurroundings } from './surroundings.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [sendMailJob], subscribers: [] })
const smtp = await testSmtp()
mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined } as never)
providePrivacyPorts()
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: [],
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})
stopPageSurroundings.provide({ database: test.database })
await privacyRoom.pages?.(app)
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test, 'Salón <Ana>')
})

let from = 0
const address = () => `/do-not-contact/ws-${place.workspaceId}`
/** Each visitor has an address of her own, so that the tests do not stand in each other's way. */
const type = (fields: Record<string, string>, remoteAddress = `203.0.113.${++from}`, language = 'en') =>
  app.inject({
    method: 'POST',
    url: address(),
    remoteAddress,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', 'accept-language': language },
    payload: new URLSearchParams(fields).toString(),
  })
const inForce = (kind: 'email' | 'phone', value: string) =>
  test.database.inWorkspace(place.workspaceId, (tx) => suppressionsInForce(tx, { kind, value }))
const mails = async (to: string) => {
  await background.settle()
  return smtp.received.filter((mail) => mail.to.includes(to))
}

it('is said in every language', () => expect(catalogProblems(publicStopWords)).toEqual([]))

describe('the public page to stop an address', () => {
  it('is not there for a business that is not', async () => {
    expect((await app.inject({ url: '/do-not-contact/nobody-at-all' })).statusCode).toBe(404)
  })

  it.each(['', 'x', '12', 'a@b', `${'x'.repeat(300)}@home.example`])('says that “%s” is neither, and changes nothing', async (value) => {
    const answer = await type({ value })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('role="alert"')
  })

  it('opens without script and changes nothing by that, in the reader’s language', async () => {
    const page = await app.inject({ url: address(), headers: { 'accept-language': 'fr-CA' } })
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('<html lang="fr"')
    expect(page.body).toContain('Salón &lt;Ana&gt;')
    expect(page.body).not.toContain('<script')
  })

  it('stops what is typed at once, without proof, and says the same of what it knows and what it does not [D4]', async () => {
    await place.newContact('known@home.example')
    const known = await type({ value: ' KNOWN@home.example ' })
    const unknown = await type({ value: 'unknown@home.example' })
    expect(known.statusCode).toBe(200)
    expect(known.body).toBe(unknown.body)
    expect(await inForce('email', 'known@home.example')).toMatchObject([{ scope: 'channel', channel: null, cause: 'page' }])
    expect(await inForce('email', 'unknown@home.example')).toMatchObject([{ cause: 'page', contact_id: null }])
    expect((await type({ value: '(212) 555-0143' })).statusCode).toBe(200)
    expect(await inForce('phone', '+12125550143')).toMatchObject([{ scope: 'channel' }])
  })

  it('answers where it came from to the address itself, once, and to nobody else', async () => {
    await place.newContact('origin@home.example')
    const asked = { value: 'origin@home.example', origin: 'yes' }
    const known = await type(asked)
    expect((await type({ value: 'stranger@home.example', origin: 'yes' })).body).toBe(known.body)
    await type(asked)
    const sent = await mails('origin@home.example')
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(sent[0])).toContain('booking on our page')
    expect(await mails('stranger@home.example')).toEqual([])
  })

  it('does not let one visitor stop a whole list', async () => {
    const answers = []
    for (let turn = 0; turn < 31; turn++) answers.push((await type({ value: `many${turn}@home.example` }, '198.51.100.7')).statusCode)
    expect(answers.filter((status) => status === 200)).toHaveLength(30)
    expect(answers.at(-1)).toBe(429)
  })
})

it('takes the one press of a mail program, which brings no cookie and shows no page [D1]', async () => {
  const contactId = await place.newContact('press@home.example')
  const path = await test.database.inWorkspace(place.workspaceId, async (tx) => {
    const { points } = await contactFacts(tx, contactId)
    return stopPath(tx, points[0]?.id as ContactPointId, 'service')
  })
  const answer = await app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  })
  expect(answer.statusCode).toBe(200)
  expect(await inForce('email', 'press@home.example')).toMatchObject([{ cause: 'link' }])
})
