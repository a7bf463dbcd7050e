import { describe, expect, it } from 'vitest'
import { testWorkspace } from '../../modules/contacts/testing.ts'
import { openPool } from '../database/index.ts'
import { egressGuards } from '../egress/index.ts'
import { openLog } from '../log/index.ts'
import { replyAddress } from './address-token.ts'
import { settings, testArrivals } from './arrivals.testing.ts'
import { startImapMailbox } from './imap-mailbox.ts'
import { mailMember } from './queue-mail.ts'
import { testImap } from './testing.ts'

const here = await testArrivals()
const { test, background, arrivals, address, answer, rowsOf, mailState } = here
const log = openLog({ level: 'silent', role: 'test', strict: true })

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
    `Message-ID: <${here.mailId}@example.com>`,
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
    const taken = async () => (await rowsOf(here.mailId)).length
    await imap.deliver(answer({ text: 'Written while nobody looked' }))
    await imap.deliver(answer({ to: 'desk@example.com', text: 'Not for us' }))
    const mailbox = startImapMailbox({ url, database: test.database, relay, log, lookSeconds: 1 })
    try {
      await expect.poll(taken, soon).toBe(1)
      await imap.deliver(
        answer({
          to: 'desk@example.com',
          headers: [`In-Reply-To: <${here.mailId}@example.com>`],
          text: 'Without a token, by its reference',
        }),
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

  it('is not read while its provider is not accepted, leaves the mails of a workspace that does not accept it, and reads them once it does', {
    timeout: 60_000,
  }, async () => {
    const relay = openPool(test.urls.relay, 1)
    const other = await testWorkspace(test, 'Salon Bea')
    const othersMail = await test.database.inWorkspace(other.workspaceId, (tx) =>
      mailMember(tx, { memberId: null, to: { address: 'bea@home.example' }, subject: 'Hi', text: 'Hi' }),
    )
    let refused: readonly string[] = [here.place.workspaceId]
    egressGuards.provide('test', {
      ask: async (tx, { connection }) =>
        connection === 'imap' && refused.includes(tx.workspaceId) ? { allowed: false, why: 'No contract.' } : { allowed: true },
    })
    const lines: string[] = []
    const noisy = openLog({ level: 'info', role: 'test', strict: true, write: (line) => lines.push(line) })
    const mailbox = startImapMailbox({ url: imap.url, database: test.database, relay, log: noisy, lookSeconds: 1 })
    try {
      await expect.poll(() => lines.join(''), soon).toContain('mailbox.stopped')
      await imap.deliver(answer({ text: 'While the server may not read' }))
      expect(lines.join('')).not.toContain('mailbox.opened')

      refused = [other.workspaceId]
      await imap.deliver(answer({ to: replyAddress(settings, test.keys, othersMail) ?? '', text: 'For whom it is not accepted' }))
      await imap.deliver(answer({ text: 'After it' }))
      await expect.poll(async () => (await rowsOf(here.mailId)).length, soon).toBe(2)
      expect(await rowsOf(othersMail)).toEqual([])
      const { rows } = await test.asSuperuser('select cardinality(left_uids) as left from platform.mailbox')
      expect(rows).toEqual([{ left: 1 }])

      refused = []
      await expect.poll(async () => (await rowsOf(othersMail)).length, soon).toBe(1)
      await expect
        .poll(async () => (await test.asSuperuser('select left_uids from platform.mailbox')).rows, soon)
        .toEqual([{ left_uids: [] }])
      refused = [here.place.workspaceId]
      await expect.poll(() => lines.filter((line) => line.includes('mailbox.stopped')).length, soon).toBe(2)
    } finally {
      await mailbox.stop()
      egressGuards.provide('test', { ask: async () => ({ allowed: true }) })
      await relay.end()
    }
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
