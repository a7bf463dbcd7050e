import type { MailId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testArrivals } from './arrivals.testing.ts'
import { storeInbound } from './testing.ts'

const here = await testArrivals()
const { test, background, arrivals, address, answer, rowsOf, mailState } = here
const store = (raw: string, nullSender = false) =>
  storeInbound(test.database, { source: 'smtp', raw: Buffer.from(raw), mailId: here.mailId, nullSender })

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
      {
        mailId: here.mailId,
        kind: 'answer',
        text: 'See you then!',
        quoted: '> Hi',
        from: { name: 'Ann Lee', address: 'ann@home.example' },
      },
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
    const { rows } = await test.asSuperuser('select raw from inbound_mail where mail_id = $1', [here.mailId])
    expect(rows[0].raw).toMatch(/^v1\|/)
  })

  it.each([
    ['a program’s note', ['Auto-Submitted: auto-replied'], 'automatic'],
    ['a person’s answer', [], 'answer'],
  ])('is passed on as %s', async (_what, headers, kind) => {
    await store(answer({ headers }))
    await background.settle()
    expect(arrivals.map((arrival) => arrival.kind)).toEqual([kind])
    expect(await rowsOf(here.mailId)).toEqual([{ state: 'processed', kind, reason: null }])
  })

  it('is ignored when it is our own, and when there are too many', async () => {
    await store(answer().replace(/Message-ID: .*/, `Message-ID: <${here.mailId}@example.com>`))
    for (let index = 0; index < 32; index++) await store(answer({ text: `Flood ${index}` }))
    await background.settle()
    const reasons = (await rowsOf(here.mailId)).map(({ reason }) => reason).filter(Boolean)
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
    await storeInbound(test.database, { source: 'smtp', raw, mailId: here.mailId, nullSender: false })
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
    expect(await rowsOf(here.mailId)).toEqual([{ state: 'failed', kind: null, reason: 'unreadable' }])
  })
})
