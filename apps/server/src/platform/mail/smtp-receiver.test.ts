import { connect } from 'node:net'
import type { MailId } from '@frontdesk/contract'
import { createTransport } from 'nodemailer'
import { describe, expect, it } from 'vitest'
import { openLog } from '../log/index.ts'
import { replyAddress } from './address-token.ts'
import { settings, testArrivals } from './arrivals.testing.ts'
import { startSmtpReceiver } from './smtp-receiver.ts'

const here = await testArrivals()
const { test, background, arrivals, address, answer, rowsOf } = here
const log = openLog({ level: 'silent', role: 'test', strict: true })

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
    expect(await rowsOf(here.mailId)).toEqual([])
  })

  it('refuses a mail that is too large, before and while it comes', async () => {
    const large = answer({ text: 'x'.repeat(26_000_000) })
    await expect(send(address(), large)).rejects.toMatchObject({ responseCode: 552 })
    expect(await rowsOf(here.mailId)).toEqual([])
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
    expect(await rowsOf(here.mailId)).toEqual([{ state: 'received', kind: null, reason: null }])
    await background.settle()
    expect(arrivals).toHaveLength(1)
    await receiver.stop()
  })
})
