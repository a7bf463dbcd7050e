import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { createHttpServer } from '../../../../platform/http/index.ts'
import { openLog } from '../../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../../platform/mail/testing.ts'
import { archiveContact, testWorkspace } from '../../../contacts/testing.ts'
import { providePrivacyPorts } from '../../index.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import { recordOptOut } from '../../suppression/opt-out.ts'
import { testRegisters } from '../testing.ts'
import { cancelOwnershipChange, listObjections, listOwnershipChanges, planOwnershipChange, tellOfChange } from './change-ownership.ts'
import { objectionPages } from './objection-page.ts'
import { tellOfChangeJob } from './tell-of-change.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [tellOfChangeJob, sendMailJob] })
let smtp: TestSmtp
beforeAll(async () => {
  smtp = await testSmtp()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
  providePrivacyPorts()
  testRegisters()
  requestSurroundings.provide({
    database: test.database,
    files: { put: unused, get: unused, erase: unused } as never,
    publicUrl: () => 'https://desk.example',
    callOutside: unused,
  })
})
afterAll(() => smtp.close())
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: [],
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})
objectionPages(app)

const unused = () => Promise.reject(new Error('Not needed here.'))

const open = async (url: string, words?: string) => {
  const answer = await app.inject({
    url,
    ...(words === undefined ? {} : { method: 'POST' as const, payload: new URLSearchParams({ words }).toString() }),
    headers: { accept: 'text/html', ...(words === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) },
  })
  return { status: answer.statusCode, text: answer.body }
}
const mailsTo = (address: string) => smtp.received.filter(({ to }) => to.includes(address))
const linkIn = (address: string) => /https:\/\/desk\.example(\/ownership\/\S+)/.exec(mailsTo(address)[0]?.parsed.text ?? '')?.[1] ?? ''

describe('a change of ownership', () => {
  it('is told to everybody who can be reached before it happens, and not to whoever is gone; objections are kept [K8]', async () => {
    const place = await testWorkspace(test)
    const { owner, admin } = place.as
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    const stopped = await place.newContact('stopped@home.example', 'Stella Stopped')
    await inside((tx) => recordOptOut(tx, owner, { contactId: stopped, scope: 'all', cause: 'asked' }))
    await place.newContact('ann@home.example')
    const silent = await place.newContact('silent@home.example', 'Silas Silent')
    await test.asSuperuser('delete from contact_point where contact_id = $1', [silent])
    const gone = await place.newContact('gone@home.example', 'Greta Gone')
    await inside((tx) => archiveContact(tx, owner, gone))

    const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const wish = { successor: 'Nine Salons Inc', note: 'Your appointments stay.', noticeDays: 30 }
    await expect(
      inside((tx) => planOwnershipChange(tx, owner, { ...wish, effectiveOn: day.add({ days: 29 }).toString() })),
    ).rejects.toMatchObject({ type: 'http/invalid-request' })
    const effectiveOn = day.add({ days: 40 }).toString()
    await expect(inside((tx) => planOwnershipChange(tx, admin, { ...wish, effectiveOn }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    const { id } = await inside((tx) => planOwnershipChange(tx, owner, { ...wish, effectiveOn }))
    await inside((tx) => tellOfChange(tx, owner, id))
    await background.settle()
    for (const address of ['stopped@home.example', 'ann@home.example']) expect(mailsTo(address)).toHaveLength(1)
    for (const address of ['gone@home.example', 'silent@home.example']) expect(mailsTo(address)).toHaveLength(0)
    expect(mailsTo('ann@home.example')[0]?.parsed.text).toContain('Nine Salons Inc')
    const [change] = (await inside((tx) => listOwnershipChanges(tx, owner, { limit: 5 }))).items
    expect(change).toMatchObject({ state: 'told', people: 3, sent: 2, unreachable: 1, objections: 0 })
    await expect(inside((tx) => tellOfChange(tx, owner, id))).rejects.toMatchObject({ type: 'http/conflict' })

    const objections = async () => (await inside((tx) => listObjections(tx, owner, { changeId: id, limit: 50 }))).items
    expect((await open(linkIn('ann@home.example'))).text).toContain('I object')
    expect(await objections()).toEqual([]) // opening changes nothing
    expect((await open(linkIn('ann@home.example'), 'x'.repeat(2001))).status).toBe(422)
    expect((await open(linkIn('ann@home.example'), 'I do not know them')).text).toContain('Noted on')
    await open(linkIn('ann@home.example'), 'Again')
    expect(await objections()).toMatchObject([{ name: 'Ann Lee', text: 'I do not know them' }])
    expect((await open('/ownership/nothing')).status).toBe(410)

    test.clock.advance({ hours: 24 * 41 })
    await open(linkIn('stopped@home.example'), 'Too late')
    expect(await objections()).toHaveLength(1)
  })

  it('cannot be told when the days before it are too few, and is called off', async () => {
    const place = await testWorkspace(test)
    const { owner } = place.as
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const wish = { successor: 'Nine Salons Inc', note: 'x', noticeDays: 30, effectiveOn: day.add({ days: 30 }).toString() }
    const { id } = await inside((tx) => planOwnershipChange(tx, owner, wish))
    test.clock.advance({ hours: 48 })
    await expect(inside((tx) => tellOfChange(tx, owner, id))).rejects.toMatchObject({ type: 'http/conflict' })
    expect((await inside((tx) => cancelOwnershipChange(tx, owner, id))).state).toBe('cancelled')
    await expect(inside((tx) => cancelOwnershipChange(tx, owner, id))).rejects.toMatchObject({ type: 'http/conflict' })
  })
})
