import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { createHttpServer } from '../../../../platform/http/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import { openLog } from '../../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../../platform/mail/testing.ts'
import { archiveContact, testWorkspace } from '../../../contacts/testing.ts'
import { providePrivacyPorts } from '../../index.ts'
import { requestSurroundings } from '../../requests/surroundings.ts'
import { recordOptOut } from '../../suppression/opt-out.ts'
import { listDisclosures } from '../disclosures/disclosures.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import {
  cancelOwnershipChange,
  completeOwnershipChange,
  listObjections,
  listOwnershipChanges,
  planOwnershipChange,
  readOwnershipInventory,
  tellOfChange,
} from './change-ownership.ts'
import { objectionPages } from './objection-page.ts'
import { tellNewcomersJob, tellOfChangeJob } from './tell-of-change.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [tellOfChangeJob, tellNewcomersJob, sendMailJob] })
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

  it('is told to those who work here too, but to nobody who deactivated her account or left [K8]', async () => {
    const place = await testWorkspace(test)
    const { owner, manager, support, billing } = place.as
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    const address = async (memberId: string) =>
      (await test.asSuperuser('select email from member where id = $1', [memberId])).rows[0]?.email
    for (const [who, name] of [
      [owner, 'owner'],
      [manager, 'manager'],
      [support, 'support'],
      [billing, 'billing'],
    ] as const)
      await test.asSuperuser('update member set email = $2 where id = $1', [who.memberId, `${name}-${place.workspaceId}@salon.example`])
    await test.asSuperuser("update member set deactivated_at = now(), deactivated_why = 'self' where id = $1", [manager.memberId])
    await test.asSuperuser('update member set removed_at = now() where id = $1', [support.memberId])
    const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const wish = { successor: 'Nine Salons Inc', note: 'Your work stays.', noticeDays: 14, effectiveOn: day.add({ days: 20 }).toString() }
    const { id } = await inside((tx) => planOwnershipChange(tx, owner, wish))
    await inside((tx) => tellOfChange(tx, owner, id))
    await background.settle()
    for (const [who, mails] of [
      [owner, 1],
      [billing, 1],
      [manager, 0],
      [support, 0],
    ] as const)
      expect(mailsTo(await address(who.memberId)), who.role).toHaveLength(mails)
    expect(mailsTo(await address(billing.memberId))[0]?.parsed.text).toContain('your account here')
  })

  it('is told to whoever comes later, and to whoever has an address only later, before the day, once each [K8]', async () => {
    const place = await testWorkspace(test)
    const { owner } = place.as
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    const look = async () => {
      await inside((tx) => enqueue(tx, tellNewcomersJob, {}))
      await background.settle()
    }
    await place.newContact('early@home.example')
    const silent = await place.newContact('was-silent@home.example', 'Silas Silent')
    await test.asSuperuser('delete from contact_point where contact_id = $1', [silent])
    const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const wish = { successor: 'Nine Salons Inc', note: 'x', noticeDays: 14, effectiveOn: day.add({ days: 20 }).toString() }
    const { id } = await inside((tx) => planOwnershipChange(tx, owner, wish))
    await inside((tx) => tellOfChange(tx, owner, id))
    await background.settle()

    test.clock.advance({ hours: 24 * 12 })
    await place.newContact('late@home.example', 'Lena Late')
    await test.asSuperuser(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
       values ($1, gen_random_uuid(), $2, 'email', 'now-reached@home.example', 'now-reached@home.example', true, false, $3)`,
      [place.workspaceId, silent, test.clock().toString()],
    )
    for (const _ of [1, 2]) await look()
    for (const one of ['early@home.example', 'late@home.example', 'now-reached@home.example']) expect(mailsTo(one), one).toHaveLength(1)
    const shown = async () => (await inside((tx) => listOwnershipChanges(tx, owner, { limit: 5 }))).items[0]
    expect(await shown()).toMatchObject({ state: 'told', people: 3, sent: 3, notOut: 0, sentLater: 2, unreachable: 0 })

    test.clock.advance({ hours: 24 * 8 })
    await place.newContact('too-late@home.example')
    await look()
    expect(mailsTo('too-late@home.example')).toHaveLength(0)
    for (const { date } of smtp.received.filter(({ to }) => to.includes('late@home.example')).map(({ parsed }) => parsed))
      expect(Temporal.PlainDate.compare(String(date).slice(0, 10), wish.effectiveOn)).toBeLessThan(0)
  })

  it('ends with a hand-over to the successor on its day and not before, and says what goes over, in numbers alone [K8]', async () => {
    const place = await testWorkspace(test)
    const { owner, auditor, member } = place.as
    const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
    for (const one of ['one@home.example', 'two@home.example', 'no@home.example']) await place.newContact(one, `Zyxw ${one}`)
    const day = test.clock().toZonedDateTimeISO('America/New_York').toPlainDate()
    const wish = { successor: 'Nine Salons Inc', note: 'x', noticeDays: 14, effectiveOn: day.add({ days: 20 }).toString() }
    const { id } = await inside((tx) => planOwnershipChange(tx, owner, wish))
    const complete = () => inside((tx) => completeOwnershipChange(tx, owner, id))
    await expect(complete()).rejects.toMatchObject({ type: 'http/conflict' }) // nobody was told
    await inside((tx) => tellOfChange(tx, owner, id))
    await background.settle()
    await open(linkIn('no@home.example'), '')
    await expect(complete()).rejects.toMatchObject({ type: 'http/conflict' }) // not its day
    await expect(inside((tx) => readOwnershipInventory(tx, member, id))).rejects.toMatchObject({ type: 'http/not-allowed' })

    const stock = await inside((tx) => readOwnershipInventory(tx, auditor, id))
    expect(stock).toMatchObject({ successor: 'Nine Salons Inc', effectiveOn: wish.effectiveOn, people: 3, objecting: 1 })
    expect(stock.tables.find(({ table }) => table === 'contact')).toMatchObject({ rows: 3, categories: expect.arrayContaining(['name']) })
    expect(stock.tables.find(({ table }) => table === 'contact_point')).toMatchObject({ rows: 3 })
    const declared = roomInventory.filter(
      ({ schema, columns }) =>
        schema === 'public' && 'workspace_id' in columns && Object.values(columns).some(({ kind }) => kind === 'personal'),
    )
    expect(stock.tables.map(({ table }) => table)).toEqual(declared.map(({ table }) => table).sort((a, b) => a.localeCompare(b)))
    expect(JSON.stringify(stock)).not.toContain('Zyxw')

    test.clock.advance({ hours: 24 * 20 })
    expect(await complete()).toMatchObject({ state: 'done', objections: 1 })
    const { items } = await inside((tx) => listDisclosures(tx, owner, { limit: 5 }))
    expect(items).toMatchObject([{ recipientKind: 'successor', recipient: 'Nine Salons Inc', purpose: 'business_transfer', people: 2 }])
    await expect(complete()).rejects.toMatchObject({ type: 'http/conflict' })
    await expect(inside((tx) => cancelOwnershipChange(tx, owner, id))).rejects.toMatchObject({ type: 'http/conflict' })
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
