import type { MailId } from '@frontdesk/contract'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { judgeBounce } from './bounce.rules.ts'
import { classifyInbound } from './classify-inbound.ts'

const OURS = '019b0000-0000-7000-8000-000000000001' as MailId
const classify = async (lines: readonly string[], nullSender = false) =>
  classifyInbound(await PostalMime.parse(lines.join('\r\n')), { nullSender, mailId: OURS })
const mail = (...headers: string[]) => [
  'From: Ann <ann@home.example>',
  'To: desk@example.com',
  'Subject: Re: Hi',
  'Message-ID: <1@home.example>',
  ...headers,
  '',
  'Fine!',
  '',
]

/** RFC 3464, Appendix E.1, with its three parts. */
const notification = (fields: readonly string[], type = 'report-type=delivery-status') => [
  'Date: Thu, 7 Jul 1994 17:16:05 -0400',
  'From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>',
  'Message-Id: <199407072116.RAA14128@CS.UTK.EDU>',
  'Subject: Returned mail: Cannot send message for 5 days',
  'To: <owner-info-mime@cs.utk.edu>',
  'MIME-Version: 1.0',
  `Content-Type: multipart/report; ${type}; boundary="RAA14128.773615765/CS.UTK.EDU"`,
  '',
  '--RAA14128.773615765/CS.UTK.EDU',
  '',
  'The original message was received at Sat, 2 Jul 1994 17:10:28 -0400',
  '',
  '--RAA14128.773615765/CS.UTK.EDU',
  'content-type: message/delivery-status',
  '',
  'Reporting-MTA: dns; cs.utk.edu',
  '',
  ...fields,
  '',
  '--RAA14128.773615765/CS.UTK.EDU',
  'content-type: message/rfc822',
  '',
  'From: somebody',
  'Subject: the original',
  '',
  '--RAA14128.773615765/CS.UTK.EDU--',
  '',
]

describe('a mail that came in', () => {
  it.each([
    ['our own mail that came back round', [`Message-ID: <${OURS}@example.com>`], { kind: 'ignored', reason: 'our_own' }],
    ['an out-of-office note (RFC 3834)', ['Auto-Submitted: auto-replied'], { kind: 'automatic' }],
    ['a program’s mail (RFC 3834)', ['Auto-Submitted: auto-generated; owner-email="x@y"'], { kind: 'automatic' }],
    ['an old vacation program', ['Precedence: bulk'], { kind: 'automatic' }],
    ['an Exchange auto reply', ['X-Auto-Response-Suppress: All'], { kind: 'automatic' }],
    ['a mailing list', ['List-Id: <people.example.com>'], { kind: 'automatic' }],
    ['a newsletter', ['List-Unsubscribe: <https://news.example/u>'], { kind: 'automatic' }],
    ['an autoresponder', ['X-Autoreply: yes'], { kind: 'automatic' }],
    ['a person who says that she is one', ['Auto-Submitted: no'], { kind: 'answer' }],
    ['a person', [], { kind: 'answer' }],
  ])('is known as %s', async (_what, headers, expected) => {
    const lines = mail(...headers).filter(
      (line, index, all) => !line.startsWith('Message-ID') || all.findLastIndex((one) => one.startsWith('Message-ID')) === index,
    )
    expect(await classify(lines)).toEqual(expected)
  })

  it('is no answer when the envelope has no sender', async () => {
    expect(await classify(mail(), true)).toEqual({ kind: 'automatic' })
  })

  it('is a complaint when it is a feedback report (RFC 5965)', async () => {
    const report = notification([], 'report-type=feedback-report').map((line) =>
      line.replace('message/delivery-status', 'message/feedback-report'),
    )
    expect(await classify(report)).toEqual({ kind: 'complaint' })
  })
})

describe('a delivery status notification', () => {
  it('of RFC 3464 E.1 is a bounce worth another try: the server gave up, the address is not known to be wrong', async () => {
    const lines = notification([
      'Original-Recipient: rfc822;louisl@larry.slip.umd.edu',
      'Final-Recipient: rfc822;louisl@larry.slip.umd.edu',
      'Action: failed',
      'Status: 4.0.0',
      'Diagnostic-Code: smtp; 426 connection timed out',
      'Last-Attempt-Date: Thu, 7 Jul 1994 17:15:49 -0400',
    ])
    expect(await classify(lines)).toEqual({
      kind: 'bounce',
      bounce: { kind: 'temporary', status: '4.0.0', said: '426 connection timed out' },
    })
  })

  it('of a delay, a delivery or a relay is no bounce', async () => {
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded']) {
      expect(await classify(notification(['Final-Recipient: rfc822;a@b.example', `Action: ${action}`, 'Status: 4.0.0']))).toEqual({
        kind: 'delay',
      })
    }
  })

  it('with folded fields and an unknown user is a permanent bounce', async () => {
    const lines = notification([
      'Final-Recipient: rfc822; ann@home.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <ann@home.example>: Recipient',
      '    address rejected: User unknown in local recipient table',
    ])
    expect(await classify(lines)).toMatchObject({
      kind: 'bounce',
      bounce: { kind: 'permanent', status: '5.1.1', said: expect.stringContaining('User unknown') },
    })
  })

  it('without its machine-readable part is still a bounce', async () => {
    const lines = notification([]).map((line) => line.replace('content-type: message/delivery-status', 'content-type: text/plain'))
    expect(await classify(lines, true)).toMatchObject({ kind: 'bounce', bounce: { kind: 'temporary' } })
    expect(
      await classify(
        [
          ...mail('X-Failed-Recipients: ann@home.example').slice(0, -2),
          '550 5.1.1 The email account that you tried to reach does not exist.',
          '',
        ],
        true,
      ),
    ).toMatchObject({
      kind: 'bounce',
      bounce: { kind: 'permanent', status: '5.1.1' },
    })
  })
})

describe('whether an address is wrong', () => {
  it.each([
    ['5.1.1', '', 'permanent'],
    ['5.1.2', 'domain not found', 'permanent'],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound', 'permanent'],
    ['5.2.1', 'mailbox disabled', 'permanent'],
    ['5.0.0', '550 5.1.1 user unknown', 'permanent'],
    ['5.0.0', '550 No such user here', 'permanent'],
    ['', '550 Requested action not taken: mailbox unavailable', 'permanent'],
    ['5.2.2', '552 5.2.2 mailbox full', 'temporary'],
    ['5.7.1', '550 5.7.1 Message rejected as spam; user unknown to our filter', 'temporary'],
    ['5.3.4', '552 message too big', 'temporary'],
    ['4.4.1', 'connection timed out; host does not exist any more in our cache', 'temporary'],
    ['5.0.0', '550 rejected by policy', 'temporary'],
    ['', '', 'temporary'],
  ])('%s %s: %s', (status, diagnostic, kind) => {
    expect(judgeBounce({ status, diagnostic }).kind).toBe(kind)
  })
})
