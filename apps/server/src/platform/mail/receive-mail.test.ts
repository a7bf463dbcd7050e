import { connect } from 'node:net'
import type { MailId } from '@frontdesk/contract'
import { createTransport } from 'nodemailer'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestWorkspace, testWorkspace } from '../../modules/contacts/testing.ts'
import { openPool } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { backgroundOf } from '../events/testing.ts'
import { openLog } from '../log/index.ts'
import { replyAddress } from './address-token.ts'
import { startImapMailbox } from './imap-mailbox.ts'
import { type MailArrival, mailArrivals } from './ports.ts'
import { mailMember } from './queue-mail.ts'
import { receiveMailJob } from './receive-mail.ts'
import { sendMailJob } from './send-mail.ts'
import { type MailSettings, mailSettings } from './settings.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'
import { storeInbound, testImap } from './testing.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [sendMailJob, receiveMailJob] })
const log = openLog({ level: 'silent', role: 'test', strict: true })
const settings: MailSettings = {
  smtpUrl: undefined,
  from: { name: undefined, address: 'desk@example.com' },
  replies: { local: 'desk', domain: 'example.com', plus: true },
}
const arrivals: MailArrival[] = []
let place: TestWorkspace
let mailId: MailId

mailSettings.provide(settings)

beforeAll(async () => {
  mailArrivals.provide({
    async receive(context, arrival, done) {
      await context.inWorkspace(async (tx) => void ((await done(tx)) && arrivals.push(arrival)))
    },
  })
  place = await testWorkspace(test)
})
beforeEach(async () => {
  await background.settle()
  arrivals.length = 0
  mailId = await test.database.inWorkspace(place.workspaceId, (tx) =>
    mailMember(tx, { memberId: null, to: { address: 'ann@home.example' }, subject: 'Hi', text: 'Hi' }),
  )
  await test.asSuperuser(`update mail set state = 'sent', sent_at = now() where id = $1`, [mailId])
})

const address = () => replyAddress(settings, test.keys, mailId) ?? ''
const answer = (change: { headers?: string[]; text?: string; to?: string; id?: string } = {}) =>
  [
    'From: Ann Lee <ann@home.example>',
    `To: ${change.to ?? address()}`,
    'Subject: Re: Hi',
    `Message-ID: <${change.id ?? crypto.randomUUID()}@home.example>`,
    ...(change.headers ?? []),
    'Content-Type: text/plain; charset=utf-8',
    '',
    change.text ?? 'See you then!\r\n\r\n> Hi',
    '',
  ].join('\r\n')
const store = (raw: string, nullSender = false) =>
  storeInbound(test.database, { source: 'smtp', raw: Buffer.from(raw), mailId, nullSender })
const rowsOf = async (id: MailId) =>
  (await test.asSuperuser('select state, kind, reason from inbound_mail where mail_id = $1 order by id', [id])).rows
const mailState = async () => (await test.asSuperuser('select state, bounce_kind, error from mail where id = $1', [mailId])).rows[0]

describe('a mail that came in', () => {
  it('is not stored for a mail of ours that is not here', async () => {
    expect(
      await storeInbound(test.database, {
        source: 'smtp',
        raw: Buffer.from(answer()),
        mailId: '019b0000-0000-7000-8000-00000000dead' as MailId,
        nullSender: false,
      }),
    ).toBe('nobody')
  })

  it('is stored once and read once, however often it is delivered', async () => {
    const raw = answer()
    expect(await Promise.all([store(raw), store(raw), store(raw)])).toEqual(expect.arrayContaining(['stored', 'known', 'known']))
    await background.settle()
    expect(await store(raw)).toBe('known')
    await background.settle()
    expect(arrivals).toMatchObject([
      { mailId, kind: 'answer', text: 'See you then!', quoted: '> Hi', from: { name: 'Ann Lee', address: 'ann@home.example' } },
    ])
  })

  it('has one external id however its way here was written down, and another for another text', async () => {
    await store(answer({ id: 'same' }))
    await store(answer({ id: 'same', headers: ['Received: from elsewhere'] }))
    await store(answer({ id: 'same', text: 'Something else' }))
    await background.settle()
    const [first, second, third] = arrivals.map(({ externalId }) => externalId)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('keeps no readable word in the database', async () => {
    await store(answer({ text: 'Rumpelstilzchen' }))
    const { rows } = await test.asSuperuser('select raw from inbound_mail where mail_id = $1', [mailId])
    expect(rows[0].raw).toMatch(/^v1\|/)
  })

  it.each([
    ['a program’s note', ['Auto-Submitted: auto-replied'], 'automatic'],
    ['a person’s answer', [], 'answer'],
  ])('is passed on as %s', async (_what, headers, kind) => {
    await store(answer({ headers }))
    await background.settle()
    expect(arrivals.map((arrival) => arrival.kind)).toEqual([kind])
    expect(await rowsOf(mailId)).toEqual([{ state: 'processed', kind, reason: null }])
  })

  it('is ignored when it is our own, and when there are too many', async () => {
    await store(answer().replace(/Message-ID: .*/, `Message-ID: <${mailId}@example.com>`))
    for (let index = 0; index < 32; index++) await store(answer({ text: `Flood ${index}` }))
    await background.settle()
    const reasons = (await rowsOf(mailId)).map(({ reason }) => reason).filter(Boolean)
    expect(reasons).toEqual(['our_own', 'too_many', 'too_many', 'too_many'])
    expect(arrivals).toHaveLength(29)
  })

  it('keeps odd bytes, a missing Message-ID, an HTML body and attachments', async () => {
    const raw = Buffer.concat([
      Buffer.from(
        'From: =?utf-8?q?Zo=C3=AB?= <zoe@home.example>\r\nSubject: =?utf-8?b?8J+Riw==?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Caf',
      ),
      Buffer.from([0xe9, 0x00]),
      Buffer.from(
        '</p>\r\n--b\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b--\r\n',
      ),
    ])
    await storeInbound(test.database, { source: 'smtp', raw, mailId, nullSender: false })
    await background.settle()
    expect(arrivals).toMatchObject([
      { from: { name: 'Zoë' }, subject: '👋', text: 'Café', messageId: null, attachments: [{ name: 'a.pdf', type: 'application/pdf' }] },
    ])
    expect(Buffer.from(arrivals[0]?.attachments[0]?.bytes ?? []).toString()).toBe('%PDF')
  })

  it('marks our mail as bounced once, and a delay or a late notice changes nothing', async () => {
    const notice = (action: string, status: string) =>
      [
        'From: <>',
        `To: ${address()}`,
        `Message-ID: <${crypto.randomUUID()}@mx.example>`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Sorry',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Final-Recipient: rfc822; ann@home.example',
        `Action: ${action}`,
        `Status: ${status}`,
        'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
        '',
        '--b--',
        '',
      ].join('\r\n')
    await store(notice('delayed', '4.4.1'), true)
    await background.settle()
    expect(await mailState()).toMatchObject({ state: 'sent' })
    await store(notice('failed', '5.1.1'), true)
    await store(notice('failed', '4.4.1'), true)
    await background.settle()
    expect(await mailState()).toEqual({
      state: 'bounced',
      bounce_kind: 'permanent',
      error: 'The address ann@home.example does not exist. It said: 550 5.1.1 User unknown',
    })
    expect(arrivals).toEqual([])
  })

  it('that nobody can read is kept and said so', async () => {
    await store(`Content-Type: multipart/mixed; boundary=b\r\n${'X: y\r\n'.repeat(200_000)}\r\n`)
    await background.settle()
    expect(await rowsOf(mailId)).toEqual([{ state: 'failed', kind: null, reason: 'unreadable' }])
  })
})

describe('the SMTP receiver', async () => {
  const receiver = await startSmtpReceiver({ host: '127.0.0.1', port: 0, database: test.database, log })
  const send = (to: string, raw: string, from = 'ann@home.example') => {
    const transport = createTransport({ host: '127.0.0.1', port: receiver.port, ignoreTLS: true })
    return transport.sendMail({ envelope: { from, to: [to] }, raw }).finally(() => transport.close())
  }

  it.each([
    ['somebody without a token', () => 'desk@example.com'],
    ['another domain, so that it relays nothing', () => 'ann@home.example'],
    [
      'a forged token',
      () =>
        address()
          .replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'))
          .replace('desk+', 'desk+a'),
    ],
    ['a token at another domain', () => address().replace('example.com', 'elsewhere.example')],
    ['a token of a mail that is gone', () => replyAddress(settings, test.keys, '019b0000-0000-7000-8000-00000000dead' as MailId) ?? ''],
  ])('refuses mail for %s', async (_whom, to) => {
    await expect(send(to(), answer())).rejects.toMatchObject({ responseCode: 550 })
    expect(await rowsOf(mailId)).toEqual([])
  })

  it('refuses a mail that is too large, before and while it comes', async () => {
    const large = answer({ text: 'x'.repeat(26_000_000) })
    await expect(send(address(), large)).rejects.toMatchObject({ responseCode: 552 })
    expect(await rowsOf(mailId)).toEqual([])
  })

  it('survives nonsense and a connection that is cut', async () => {
    for (const text of [
      '\x00\xff\r\n',
      'EHLO x\r\nDATA\r\n',
      `EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<${address()}>\r\nDATA\r\nhalf`,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(receiver.port, '127.0.0.1', () => socket.write(text, () => setImmediate(() => socket.destroy())))
        socket.on('close', () => resolve())
        socket.on('error', () => undefined)
      })
    }
    await send(address(), answer())
  })

  it('stores an answer before it says yes', async () => {
    await send(address().toUpperCase(), answer())
    expect(await rowsOf(mailId)).toEqual([{ state: 'received', kind: null, reason: null }])
    await background.settle()
    expect(arrivals).toHaveLength(1)
    await receiver.stop()
  })
})

/** A bounce to the plain address, which names our mail only in what it quotes. */
const bounceTo = (to: string) =>
  [
    'From: <MAILER-DAEMON@mx.example>',
    `To: ${to}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; ann@home.example',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${mailId}@example.com>`,
    '',
    '--b--',
    '',
  ].join('\r\n')

describe('the IMAP mailbox', async () => {
  const imap = await testImap()
  const soon = { timeout: 15_000 }

  it('takes what answers us, leaves the rest alone, goes on after a lost connection, and takes nothing twice', {
    timeout: 60_000,
  }, async () => {
    const relay = openPool(test.urls.relay, 1)
    const url = imap.url
    const taken = async () => (await rowsOf(mailId)).length
    await imap.deliver(answer({ text: 'Written while nobody looked' }))
    await imap.deliver(answer({ to: 'desk@example.com', text: 'Not for us' }))
    const mailbox = startImapMailbox({ url, database: test.database, relay, log, lookSeconds: 1 })
    try {
      await expect.poll(taken, soon).toBe(1)
      await imap.deliver(
        answer({ to: 'desk@example.com', headers: [`In-Reply-To: <${mailId}@example.com>`], text: 'Without a token, by its reference' }),
      )
      await imap.deliver(answer({ to: 'list@elsewhere.example', headers: [`Delivered-To: ${address()}`], text: 'Rewritten on its way' }))
      await expect.poll(taken, soon).toBe(3)

      await imap.deliver(bounceTo('desk@example.com'))
      await expect.poll(taken, soon).toBe(4)
      await imap.kill()
      await imap.start()
      await imap.deliver(answer({ text: 'After the server came back' }))
      await expect.poll(taken, { timeout: 20_000 }).toBe(5)
      expect(await imap.status()).toEqual({ messages: 6, unseen: 6 })
    } finally {
      await mailbox.stop()
    }

    imap.renumber()
    await imap.deliver(answer({ text: 'After the server counted anew' }))
    const again = startImapMailbox({ url, database: test.database, relay, log })
    try {
      await expect.poll(taken, soon).toBe(6)
    } finally {
      await again.stop()
    }
    await background.settle()
    expect(arrivals.map(({ text }) => text)).toEqual([
      'Written while nobody looked',
      'Without a token, by its reference',
      'Rewritten on its way',
      'After the server came back',
      'After the server counted anew',
    ])
    expect(await mailState()).toMatchObject({ state: 'bounced', bounce_kind: 'permanent' })
    await relay.end()
  })

  it('keeps trying when the password is wrong, and stops when told', async () => {
    const relay = openPool(test.urls.relay, 1)
    const lines: string[] = []
    const noisy = openLog({ level: 'info', role: 'test', strict: true, write: (line) => lines.push(line) })
    const mailbox = startImapMailbox({ url: imap.url.replace('only-for-tests', 'wrong'), database: test.database, relay, log: noisy })
    await expect.poll(() => lines.join(''), soon).toContain('mailbox.lost')
    await mailbox.stop()
    expect(lines.join('')).not.toContain('wrong')
    await relay.end()
  })
})
