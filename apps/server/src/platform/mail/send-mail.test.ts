import type { MailId, Principal } from '@frontdesk/contract'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type TestWorkspace, testWorkspace } from '../../modules/contacts/testing.ts'
import type { WorkspaceTx } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { backgroundOf } from '../events/testing.ts'
import { decideWaiting, listOutbox, readOutboxMail, retryMail } from './outbox.ts'
import { type MemberMail, mailMember } from './queue-mail.ts'
import { retryWaits, sendMailJob } from './send-mail.ts'
import { type MailSettings, mailSettings } from './settings.ts'
import { type TestSmtp, testSmtp } from './testing.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [sendMailJob] })
let smtp: TestSmtp
let place: TestWorkspace
const configure = (change: Partial<MailSettings> = {}) =>
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: 'Frontdesk', address: 'desk@example.com' }, replies: undefined, ...change })

beforeAll(async () => {
  smtp = await testSmtp()
  place = await testWorkspace(test)
  configure()
})
afterEach(() => {
  smtp.mood = {}
  configure()
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const write = async (change: Partial<MemberMail> = {}): Promise<MailId> => {
  const mailId = await inside((tx) =>
    mailMember(tx, {
      memberId: place.as.owner.memberId,
      news: 'unreached',
      to: { name: 'Ana', address: 'ana@salon.example' },
      subject: 'Hi',
      text: 'Hi Ana',
      ...change,
    }),
  )
  if (mailId === null) throw new Error('She is not written to.')
  return mailId
}
const read = (mailId: MailId, by: Principal = place.as.owner) => inside((tx) => readOutboxMail(tx, by, mailId))
const sentAs = (mailId: MailId) => smtp.received.filter(({ parsed }) => parsed.messageId === `<${mailId}@example.com>`)

describe('sending', () => {
  it('sends nothing of a transaction that was rolled back', async () => {
    await expect(
      inside(async (tx) => {
        await mailMember(tx, { memberId: null, to: { address: 'never@salon.example' }, subject: 'Never', text: 'Never' })
        throw new Error('changed our mind')
      }),
    ).rejects.toThrow('changed our mind')
    await background.settle()
    expect(smtp.received.filter(({ to }) => to.includes('never@salon.example'))).toEqual([])
  })

  it('sends once what is queued once, as the outbox shows it', async () => {
    const mailId = await write({ subject: 'Hola 👋', html: '<p>Hi</p>' })
    expect(await read(mailId)).toMatchObject({ state: 'queued', attempts: 0 })
    await background.settle()
    const [mail, ...more] = sentAs(mailId)
    expect(more).toEqual([])
    expect(mail).toMatchObject({ from: 'desk@example.com', to: ['ana@salon.example'], parsed: { subject: 'Hola 👋' } })
    const shown = await read(mailId)
    expect(shown).toMatchObject({
      state: 'sent',
      attempts: 1,
      text: expect.stringContaining('Hi Ana'),
      html: expect.stringContaining('<p>Hi</p>'),
    })
    expect(
      mail?.raw
        .split('\r\n\r\n')[0]
        ?.replace(/\r\n[ \t]/g, ' ')
        .toLowerCase(),
    ).toBe(
      shown.headers
        .map(({ name, value }) => `${name}: ${value}`)
        .join('\r\n')
        .toLowerCase(),
    )
  })

  it('waits longer and longer while the server asks to try later, and keeps the Message-ID', async () => {
    const mailId = await write()
    for (const [index, wait] of retryWaits.slice(0, 4).entries()) {
      smtp.mood = { to: () => ({ code: 451, words: 'Greylisted, come back later' }) }
      await background.settle()
      expect(await read(mailId)).toMatchObject({ state: 'queued', attempts: index + 1, error: expect.stringContaining('Greylisted') })
      const [next] = await background.waiting()
      expect(next?.startAfter.since(test.clock()).total('seconds')).toBe(wait)
      test.clock.advance({ seconds: wait })
    }
    smtp.mood = {}
    await background.settle()
    expect(await read(mailId)).toMatchObject({ state: 'sent', attempts: 5, error: null })
    expect(sentAs(mailId)).toHaveLength(1)
  })

  it('gives up after the last try, says why, and goes out when a person tries again', async () => {
    const mailId = await write()
    smtp.mood = { from: () => ({ code: 421, words: 'Too busy' }) }
    for (const wait of [...retryWaits, 0]) {
      await background.settle()
      test.clock.advance({ seconds: wait })
    }
    expect(await read(mailId)).toMatchObject({
      state: 'failed',
      attempts: retryWaits.length + 1,
      error: expect.stringContaining('Too busy'),
    })
    smtp.mood = {}
    expect(await inside((tx) => retryMail(tx, place.as.owner, mailId))).toMatchObject({ state: 'queued' })
    await background.settle()
    expect(await read(mailId)).toMatchObject({ state: 'sent' })
    expect(sentAs(mailId)).toHaveLength(1)
  })

  it.each([
    ['an unknown recipient', { to: () => ({ code: 550, words: '5.1.1 No such user' }) }, 'does not take mail for ana@salon.example'],
    ['a sender that is not ours', { from: () => ({ code: 553, words: 'Sender rejected' }) }, 'does not let us send as example.com'],
    ['the content', { data: async () => ({ code: 554, words: 'Looks like spam' }) }, 'Looks like spam'],
  ])('does not try again when the server refuses %s for good', async (_what, mood, words) => {
    const mailId = await write()
    smtp.mood = mood
    await background.settle()
    expect(await read(mailId)).toMatchObject({ state: 'failed', attempts: 1, error: expect.stringContaining(words) })
    expect((await background.waiting()).filter(({ payload }) => payload.mailId === mailId)).toEqual([])
  })

  it('keeps a mail when the server is away', async () => {
    configure({ smtpUrl: 'smtp://127.0.0.1:1' })
    const mailId = await write()
    await background.settle()
    expect(await read(mailId)).toMatchObject({ state: 'queued', error: expect.stringContaining('cannot be reached') })
    configure()
    test.clock.advance({ hours: 1 })
    await background.settle()
    expect(sentAs(mailId)).toHaveLength(1)
  })

  it('repeats a mail whose outcome it never heard, once, with the same Message-ID', async () => {
    const mailId = await write()
    smtp.mood = { hangUpAfterData: true }
    await background.settle()
    smtp.mood = {}
    test.clock.advance({ minutes: 1 })
    await background.settle()
    expect(sentAs(mailId)).toHaveLength(2)
    expect(await read(mailId)).toMatchObject({ state: 'sent' })
  })

  it('goes on with a mail that was being sent when the process died', async () => {
    const mailId = await write()
    await background.settle()
    await test.asSuperuser(`update mail set state = 'sending', sent_at = null where id = $1`, [mailId])
    await test.asSuperuser(`update pgboss.job_common set state = 'retry' where data->'payload'->>'mailId' = $1`, [mailId])
    await background.settle()
    expect(sentAs(mailId)).toHaveLength(2)
    await test.asSuperuser(`update pgboss.job_common set state = 'retry' where data->'payload'->>'mailId' = $1`, [mailId])
    await background.settle()
    expect(sentAs(mailId)).toHaveLength(2)
  })
})

describe('without a mail server', () => {
  it('keeps every mail in sight, sends none by itself later, and lets a person send or drop them', async () => {
    configure({ smtpUrl: undefined, from: { name: undefined, address: 'desk@frontdesk.invalid' } })
    const kept = await testWorkspace(test, 'No server')
    const inKept = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(kept.workspaceId, work)
    const ids: MailId[] = []
    for (const index of [1, 2, 3]) {
      ids.push(
        await inKept((tx) =>
          mailMember(tx, {
            memberId: null,
            to: { address: `w${index}@salon.example` },
            subject: `Waiting ${index}`,
            text: 'x',
            fromName: 'Salón',
          }),
        ),
      )
    }
    await background.settle()
    const states = async () => (await inKept((tx) => listOutbox(tx, kept.as.owner, { limit: 10 }))).items.map(({ state }) => state)
    expect(await states()).toEqual(['not_configured', 'not_configured', 'not_configured'])
    await expect(inKept((tx) => decideWaiting(tx, kept.as.owner, 'send'))).rejects.toMatchObject({ type: 'mail/not-configured' })
    await expect(inKept((tx) => retryMail(tx, kept.as.owner, ids[0]!))).rejects.toMatchObject({ type: 'mail/not-configured' })

    configure()
    await background.settle()
    expect(await states()).toEqual(['not_configured', 'not_configured', 'not_configured'])
    await inKept((tx) => retryMail(tx, kept.as.owner, ids[0]!))
    await background.settle()
    const [mail] = smtp.received.filter(({ to }) => to.includes('w1@salon.example'))
    expect(mail?.parsed.from).toEqual({ name: 'Salón', address: 'desk@example.com' })
    expect(await inKept((tx) => decideWaiting(tx, kept.as.owner, 'drop'))).toEqual({ mails: 2 })
    expect(await states()).toEqual(['dropped', 'dropped', 'sent'])
    await inKept((tx) => retryMail(tx, kept.as.owner, ids[1]!)) // a drop can be undone
    await background.settle()
    expect(smtp.received.filter(({ to }) => to.includes('w2@salon.example'))).toHaveLength(1)
    expect(smtp.received.filter(({ to }) => to.includes('w3@salon.example'))).toHaveLength(0)
  })
})

describe('the outbox', () => {
  it.each(['representative', 'billing', 'read_only', 'support'] as const)('is closed to the role %s', async (role) => {
    await expect(inside((tx) => listOutbox(tx, place.as[role], { limit: 1 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('lets a member look and not decide', async () => {
    await inside((tx) => listOutbox(tx, place.as.member, { limit: 1 }))
    await expect(inside((tx) => decideWaiting(tx, place.as.member, 'drop'))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('refuses to try a mail again that is out, and one that is not here', async () => {
    const mailId = await write()
    await background.settle()
    await expect(inside((tx) => retryMail(tx, place.as.owner, mailId))).rejects.toMatchObject({ type: 'mail/not-waiting' })
    const other = await testWorkspace(test, 'Other')
    await expect(test.database.inWorkspace(other.workspaceId, (tx) => readOutboxMail(tx, other.as.owner, mailId))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })

  it('shows the words of a mail with a personal link to owners alone', async () => {
    const mailId = await write({
      text: 'https://desk.example/join/secret',
      html: '<a href="https://desk.example/join/secret">Join</a>',
      confidential: true,
    })
    expect((await read(mailId)).text).toContain('secret')
    const hidden = await read(mailId, place.as.admin)
    expect(hidden).toMatchObject({ confidential: true, text: '', html: null, attachments: [] })
    expect(JSON.stringify(hidden)).not.toContain('secret')
  })

  it('keeps no readable word of a mail in the database', async () => {
    const mailId = await write({ text: 'The word is Rumpelstilzchen' })
    const { rows } = await test.asSuperuser('select raw from mail where id = $1', [mailId])
    expect(rows[0].raw).toMatch(/^v1\|/)
    expect(rows[0].raw).not.toContain(Buffer.from('Rumpelstilzchen').toString('base64url').slice(2, 12))
  })

  it('walks by pages and by state', async () => {
    const walk = await testWorkspace(test, 'Walk')
    const inWalk = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(walk.workspaceId, work)
    for (let index = 0; index < 7; index++)
      await inWalk((tx) => mailMember(tx, { memberId: null, to: { address: 'a@b.example' }, subject: `${index}`, text: 'x' }))
    const subjects: string[] = []
    let cursor: string | undefined
    do {
      const page = await inWalk((tx) => listOutbox(tx, walk.as.owner, { limit: 3, cursor, state: 'queued' }))
      subjects.push(...page.items.map(({ subject }) => subject))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(subjects).toEqual(['6', '5', '4', '3', '2', '1', '0'])
    expect((await inWalk((tx) => listOutbox(tx, walk.as.owner, { limit: 3, state: 'failed' }))).items).toEqual([])
  })
})
