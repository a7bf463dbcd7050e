import { Kysely, PostgresDialect } from 'kysely'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPool } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { orderedId } from '../ids/index.ts'
import { openLog } from '../log/index.ts'
import { mailPerson, type PersonMailTx } from './person-mail.ts'
import { retryWaits } from './send-mail.ts'
import { readPersonMails, sendNextPersonMail, startPersonMail } from './send-person-mail.ts'
import { mailSettings } from './settings.ts'
import { type TestSmtp, testSmtp } from './testing.ts'

const test = await testDatabase()
const pool = openPool(test.urls.auth, 4)
const root = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
const transaction = <T>(work: (tx: PersonMailTx) => Promise<T>) =>
  root
    .transaction()
    .execute((db) => work({ db, now: test.clock(), keys: test.keys, newId: () => orderedId(test.clock().epochMilliseconds) }))
const sender = { auth: pool, keys: test.keys, clock: test.clock, log: openLog({ level: 'silent', role: 'test', strict: true }) }
let smtp: TestSmtp
const configure = (smtpUrl: string | undefined) =>
  mailSettings.provide({ smtpUrl, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined })
beforeAll(async () => {
  smtp = await testSmtp()
  return async () => {
    await root.destroy()
  }
})
beforeEach(() => {
  smtp.mood = {}
  configure(smtp.url)
})

const write = (address: string, text = 'https://desk.example/reset/secret-token') =>
  transaction((tx) => mailPerson(tx, { userId: null, to: { name: 'Ann', address }, subject: 'A new password', text }))
const state = async (id: string) =>
  (await test.asSuperuser('select state, attempts, error from auth.person_mail where id = $1', [id])).rows[0]
const sendAll = async () => {
  while (await sendNextPersonMail(sender));
}

describe('a mail to a person', () => {
  it('is out of reach of the app role, and holds no readable word', async () => {
    const id = await write('secret@home.example')
    await expect(test.database.pool.query('select * from auth.person_mail')).rejects.toMatchObject({ code: '42501' })
    const { rows } = await test.asSuperuser('select raw from auth.person_mail where id = $1', [id])
    expect(rows[0].raw).toMatch(/^v1\|/)
    await sendAll()
  })

  it('is not written when its transaction fails', async () => {
    await expect(
      transaction(async (tx) => {
        await mailPerson(tx, { userId: null, to: { address: 'never@home.example' }, subject: 'Never', text: 'Never' })
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await sendAll()
    expect(smtp.received.filter(({ to }) => to.includes('never@home.example'))).toEqual([])
  })

  it('is sent once by however many senders there are', async () => {
    const id = await write('once@home.example')
    await Promise.all([sendAll(), sendAll(), sendAll()])
    const mails = smtp.received.filter(({ to }) => to.includes('once@home.example'))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.parsed).toMatchObject({ messageId: `<${id}@example.com>`, subject: 'A new password' })
    expect(await state(id)).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('is tried again later, and given up for good where the server says so', async () => {
    const id = await write('later@home.example')
    smtp.mood = { to: () => ({ code: 450, words: 'Later' }) }
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('Later') })
    smtp.mood = {}
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'queued' })
    test.clock.advance({ seconds: retryWaits[0] })
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'sent' })

    smtp.mood = { to: () => ({ code: 550, words: 'No such user' }) }
    const wrong = await write('wrong@home.example')
    await sendAll()
    expect(await state(wrong)).toMatchObject({ state: 'failed' })
  })

  it('goes on after whoever was sending it died', async () => {
    const id = await write('abandoned@home.example')
    await test.asSuperuser(`update auth.person_mail set state = 'sending', attempted_at = $2 where id = $1`, [id, test.clock().toString()])
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'sending' })
    test.clock.advance({ minutes: 4 })
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'sent' })
  })

  it('waits for nobody without a mail server, and the operator at the server can read it', async () => {
    configure(undefined)
    const id = await write('nobody@home.example')
    await sendAll()
    expect(await state(id)).toMatchObject({ state: 'not_configured' })
    const [newest] = await readPersonMails(pool, test.keys, 1)
    expect(newest).toMatchObject({ to: 'nobody@home.example', raw: expect.stringContaining('secret-token') })
    configure(smtp.url)
    await sendAll()
    expect(smtp.received.filter(({ to }) => to.includes('nobody@home.example'))).toEqual([])
  })

  it('is sent by itself, and forgotten after a week', async () => {
    const running = startPersonMail(sender)
    const id = await write('soon@home.example')
    await expect.poll(async () => (await state(id))?.state, { timeout: 10_000 }).toBe('sent')
    test.clock.advance({ hours: 24 * 8 })
    await expect.poll(async () => await state(id), { timeout: 10_000 }).toBeUndefined()
    await running.stop()
  })
})
