import type { ProcessorBody } from '@frontdesk/contract'
import { Kysely, PostgresDialect } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { orderedId } from '../../../platform/ids/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailMember, mailPerson, mailSettings, sendMailJob, startPersonMail } from '../../../platform/mail/index.ts'
import { type TestSmtp, testSmtp } from '../../../platform/mail/testing.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { providePrivacyPorts } from '../index.ts'
import { connections } from './connections.ts'
import { requireRecipient } from './egress.ts'
import { addProcessor, changeProcessor, processorHistory, readProcessors } from './processors.ts'
import { testRegisters } from './testing.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [sendMailJob] })
const place = await testWorkspace(test)
const { owner, admin } = place.as
const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
let smtp: TestSmtp

beforeAll(async () => {
  smtp = await testSmtp()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
  providePrivacyPorts()
  testRegisters([
    { connection: 'smtp', host: 'mail.example' },
    { connection: 'imap', host: 'mail.example' },
    { connection: 'database', host: 'db.example' },
    { connection: 'traces', host: 'traces.example' },
  ])
})
afterAll(() => smtp?.close())

const body = (change: Partial<ProcessorBody> = {}): ProcessorBody => ({
  connection: null,
  name: 'Mail Co',
  kind: 'processor',
  purposes: ['account', 'communication'],
  categories: ['name', 'contact_details', 'communication'],
  region: 'US',
  mechanism: 'none',
  contractRef: 'DPA 2026-7',
  contractOn: '2026-01-02',
  policyUrl: 'https://mail.example/privacy',
  adheres: false,
  ended: false,
  ...change,
})
const add = (change: Partial<ProcessorBody> = {}) => inside((tx) => addProcessor(tx, owner, body(change)))
const listed = () => inside((tx) => readProcessors(tx, owner))
let counter = 0
/** Writes a mail to the owner, and tells what became of it. */
async function mailed(): Promise<{ state: string; error: string | null; received: number }> {
  counter += 1
  const address = `owner${counter}@salon.example`
  const id = await inside((tx) =>
    mailMember(tx, { memberId: owner.memberId, news: 'bookings_mine', to: { name: 'Ana', address }, subject: 'Hi', text: 'Hello' }),
  )
  await background.settle()
  const [row] = (await test.asSuperuser('select state, error from mail where id = $1', [id])).rows
  return { ...row, received: smtp.received.filter(({ to }) => to.includes(address)).length }
}

/** A mail that lets somebody into her own account: it belongs to no business, so no register of one holds it back. */
async function peopleMail(): Promise<void> {
  const pool = openPool(test.urls.auth, 1)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const log = openLog({ level: 'silent', role: 'test', strict: true })
  await db
    .transaction()
    .execute((trx) =>
      mailPerson(
        { db: trx, now: test.clock(), keys: test.keys, newId: () => orderedId(test.clock().epochMilliseconds) },
        { userId: null, to: { name: 'Ana', address: 'ana@home.example' }, subject: 'Choose a new password', text: 'Here' },
      ),
    )
  const sender = startPersonMail({ auth: pool, keys: test.keys, clock: test.clock, log })
  try {
    await expect.poll(() => smtp.received.filter(({ to }) => to.includes('ana@home.example')).length, { timeout: 10_000 }).toBe(1)
  } finally {
    await sender.stop()
    await db.destroy()
  }
}

describe('the register of processors', () => {
  it('lists what this server is connected to by itself, and what goes there', async () => {
    const { items, homeRegion } = await listed()
    expect(homeRegion).toBe('US')
    expect(items.map(({ name, state, guarded }) => ({ name, state, guarded }))).toEqual([
      { name: 'mail.example', state: 'instructed', guarded: true },
      { name: 'mail.example', state: 'instructed', guarded: true },
      { name: 'db.example', state: 'instructed', guarded: false },
      { name: 'traces.example', state: 'instructed', guarded: true },
    ])
  })

  it('refuses an affiliate that does not keep to this policy [K5]', async () => {
    await expect(add({ kind: 'affiliate' })).rejects.toMatchObject({ type: 'privacy/affiliate-not-bound' })
    expect(await add({ kind: 'affiliate', name: 'Sister salon', adheres: true })).toMatchObject({ state: 'active' })
    await expect(test.asSuperuser("update processor set adheres = false where kind = 'affiliate'")).rejects.toThrow()
  })

  it('refuses an admin who wants to sign contracts, a second entry of one connection, and an old version', async () => {
    await expect(inside((tx) => addProcessor(tx, admin, body()))).rejects.toMatchObject({ type: 'http/not-allowed' })
    const made = await add({ connection: 'database', name: 'Database host' })
    await expect(add({ connection: 'database' })).rejects.toMatchObject({ type: 'http/conflict' })
    const change = { ...body({ connection: 'database' }), processorId: made.id ?? '', version: 7 }
    await expect(inside((tx) => changeProcessor(tx, owner, change))).rejects.toMatchObject({ type: 'http/version-mismatch' })
  })

  it('shows each provider’s own policy [K12]', async () => {
    await add({ name: 'Pay Co', kind: 'payment_provider', policyUrl: 'https://pay.example/privacy' })
    expect((await listed()).items.find(({ name }) => name === 'Pay Co')?.policyUrl).toBe('https://pay.example/privacy')
  })
})

describe('what leaves', () => {
  it('goes to what the operator configured on the first day, without a word in the register', async () => {
    expect(await mailed()).toEqual({ state: 'sent', error: null, received: 1 })
  })

  it('stays here once the contract is taken back, is told why, and goes again under a new one; mails that let people into their own account leave [K3]', async () => {
    const made = await add({ connection: 'smtp' })
    expect(await mailed()).toMatchObject({ state: 'sent', received: 1 })
    const change = (changed: Partial<ProcessorBody>, version: number) =>
      inside((tx) => changeProcessor(tx, owner, { ...body({ connection: 'smtp', ...changed }), processorId: made.id ?? '', version }))
    expect(await change({ contractRef: null }, 1)).toMatchObject({ state: 'withdrawn', stopped: 'withdrawn' })
    expect(await mailed()).toEqual({
      state: 'not_configured',
      error: expect.stringContaining('The contract with Mail Co was taken back'),
      received: 0,
    })
    await change({ categories: ['name'] }, 2)
    expect(await mailed()).toMatchObject({
      state: 'not_configured',
      error: expect.stringContaining('does not cover contact details'),
      received: 0,
    })
    await change({ purposes: ['communication'] }, 3)
    expect(await mailed()).toMatchObject({ error: expect.stringContaining('does not cover the purpose account'), received: 0 })
    await change({}, 4)
    expect(await mailed()).toMatchObject({ state: 'sent', received: 1 })
    await change({ ended: true }, 5)
    expect(await mailed()).toMatchObject({ error: expect.stringContaining('does not work for this business any more'), received: 0 })
    const { items } = await inside((tx) => processorHistory(tx, owner, { processorId: made.id ?? '', limit: 50 }))
    expect(items.map(({ state }) => state)).toEqual(['ended', 'active', 'active', 'active', 'withdrawn', 'active'])
    await peopleMail()
    await change({}, 6)
  })

  it('does not go to another region before something allows it [N11]', async () => {
    const { items } = await listed()
    const mail = items.find(({ connection }) => connection === 'smtp')
    const change = (changed: Partial<ProcessorBody>, version: number) =>
      inside((tx) => changeProcessor(tx, owner, { ...body({ connection: 'smtp', ...changed }), processorId: mail?.id ?? '', version }))
    const version = mail?.version ?? 0
    await change({ region: 'EU' }, version)
    expect(await mailed()).toMatchObject({ state: 'not_configured', error: expect.stringContaining('another region'), received: 0 })
    for (const [index, mechanism] of (['adequacy', 'scc', 'consent'] as const).entries()) {
      await change({ region: 'EU', mechanism }, version + 1 + index)
      expect(await mailed()).toMatchObject({ state: 'sent', received: 1 })
    }
  })

  it('is what the register lists for the mail server, header by header [K4]', async () => {
    await mailed()
    const known = new Set([
      ...connections.smtp.fields,
      'mime-version',
      'content-type',
      'content-transfer-encoding',
      'auto-submitted',
      'received',
      'return-path',
    ])
    const sent = smtp.received.at(-1)?.parsed.headers.map(({ key }) => key) ?? []
    expect(sent.length).toBeGreaterThan(4)
    expect(sent.filter((header) => !known.has(header))).toEqual([])
  })

  it('is refused to a recipient without a contract, and for a purpose its entry lacks', async () => {
    const wish = { purpose: 'communication', categories: ['name'] } as const
    const none = await add({ name: 'No paper', contractRef: null })
    await expect(inside((tx) => requireRecipient(tx, { processorId: none.id ?? '', ...wish }))).rejects.toMatchObject({
      type: 'privacy/recipient-stopped',
    })
    const fine = await add({ name: 'On paper' })
    expect(await inside((tx) => requireRecipient(tx, { processorId: fine.id ?? '', ...wish }))).toEqual({
      name: 'On paper',
      kind: 'processor',
    })
    await expect(
      inside((tx) => requireRecipient(tx, { processorId: fine.id ?? '', purpose: 'security', categories: ['name'] })),
    ).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
  })
})
