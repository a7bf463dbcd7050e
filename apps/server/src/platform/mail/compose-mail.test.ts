import type { MailId } from '@frontdesk/contract'
import ICAL from 'ical.js'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { type ComposeMail, composeMail, LARGEST_MAIL_BYTES } from './compose-mail.ts'
import { headersOf, readdressMail } from './readdress-mail.ts'

const ics = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Frontdesk//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@x',
  'DTSTAMP:20270104T140000Z',
  'DTSTART:20270104T150000Z',
  'SUMMARY:Corte – señora 💇',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

const mail = (change: Partial<ComposeMail> = {}): ComposeMail => ({
  id: '019b0000-0000-7000-8000-000000000001' as MailId,
  domain: 'example.com',
  from: { name: 'Salón Ana', address: 'desk@example.com' },
  to: { name: 'Ann', address: 'ann@home.example' },
  subject: 'Hello',
  text: 'Hello Ann',
  date: Temporal.Instant.from('2027-01-04T14:00:00Z'),
  ...change,
})
const build = async (change: Partial<ComposeMail>) => {
  const raw = await composeMail(mail(change))
  return { raw: raw.toString('latin1'), parsed: await PostalMime.parse(raw), headers: headersOf(raw.toString('latin1')) }
}
const header = (headers: { name: string; value: string }[], name: string) => headers.find((one) => one.name.toLowerCase() === name)?.value

describe('what it refuses', () => {
  it.each<[string, Partial<ComposeMail>]>([
    ['a line break in the subject', { subject: 'Hi\r\nBcc: everybody@example.com' }],
    ['a bare line feed in the subject', { subject: 'Hi\nX: y' }],
    ['a line break in the recipient’s name', { to: { name: 'Ann\r\nBcc: x@y.example', address: 'ann@home.example' } }],
    ['a line break in the business’s name', { from: { name: 'A\nB', address: 'desk@example.com' } }],
    ['a line break in a file’s name', { attachments: [{ name: 'a\r\nb.pdf', type: 'application/pdf', bytes: new Uint8Array() }] }],
    ['a line break in a file’s type', { attachments: [{ name: 'a.pdf', type: 'application/pdf\r\nX: y', bytes: new Uint8Array() }] }],
    ['a line break in a reference', { references: ['<a@b>\r\nBcc: x@y.example'] }],
    ['a null byte', { subject: 'Hi\u0000' }],
    ['two addresses in one', { to: { address: 'ann@home.example, bo@home.example' } }],
    ['an address with a command in it', { to: { address: 'ann@home.example>\r\nRCPT TO:<bo@home.example' } }],
    ['an address without an @', { to: { address: 'ann' } }],
  ])('%s', async (_what, change) => {
    await expect(composeMail(mail(change))).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it('a mail that no server takes', async () => {
    const bytes = new Uint8Array(LARGEST_MAIL_BYTES)
    await expect(composeMail(mail({ attachments: [{ name: 'big.bin', type: 'application/octet-stream', bytes }] }))).rejects.toMatchObject({
      type: 'http/too-large',
    })
  })
})

describe('what it writes', () => {
  it('comes out as it went in, in every script', async () => {
    const subject = 'Cita confirmada: corte – 9:30 👋 موعدك غدًا'
    const { parsed, raw } = await build({
      subject,
      from: { name: 'Salón "Ana", S.L. 王', address: 'desk@example.com' },
      to: { name: 'محمد بن علي', address: 'ann@müller.example' },
      text: 'Línea uno\n.\nÜber 👍\n',
      html: '<p dir="rtl">مرحبا</p>',
    })
    expect(parsed).toMatchObject({
      subject,
      from: { name: 'Salón "Ana", S.L. 王', address: 'desk@example.com' },
      to: [{ name: 'محمد بن علي', address: 'ann@xn--mller-kva.example' }],
      messageId: '<019b0000-0000-7000-8000-000000000001@example.com>',
      date: '2027-01-04T14:00:00.000Z',
    })
    expect(parsed.text?.trim()).toBe('Línea uno\n.\nÜber 👍')
    expect(parsed.html).toContain('<p dir="rtl">مرحبا</p>')
    expect([...raw].every((letter) => letter < '\u0080')).toBe(true)
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })

  it('carries the calendar as an alternative that programs act on and as a file that people open', async () => {
    const { parsed, raw } = await build({ calendar: { method: 'REQUEST', ics, name: 'invite.ics' } })
    expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/)
    const files = parsed.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType))
    expect(files.map(({ mimeType, method, filename }) => [mimeType, method, filename])).toEqual([
      ['text/calendar', 'REQUEST', null],
      ['application/ics', undefined, 'invite.ics'],
    ])
    for (const { content } of files) {
      const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
      const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')
      expect(event?.getFirstPropertyValue('summary')).toBe('Corte – señora 💇')
    }
  })

  it('says that a program wrote it only when one did', async () => {
    const written = await build({})
    expect(header(written.headers, 'auto-submitted')).toBeUndefined()
    const automatic = await build({ automatic: true })
    expect(header(automatic.headers, 'auto-submitted')).toBe('auto-generated')
    expect(header(automatic.headers, 'x-auto-response-suppress')).toBe('OOF, AutoReply')
  })

  it('names the mails it answers', async () => {
    const { parsed } = await build({ references: ['<a@home.example>', '<b@example.com>'] })
    expect(parsed).toMatchObject({ inReplyTo: '<b@example.com>', references: '<a@home.example> <b@example.com>' })
  })
})

describe('readdressing', () => {
  it('changes sender and answers, and nothing else', async () => {
    const before = (
      await composeMail(
        mail({
          replyTo: { name: 'Salón Ana', address: 'old+token@old.example' },
          html: '<b>x</b>',
          calendar: { method: 'REQUEST', ics, name: 'i.ics' },
        }),
      )
    ).toString('latin1')
    const after = readdressMail(before, 'new@new.example', 'new+token@new.example')
    const [then, now] = [await PostalMime.parse(before), await PostalMime.parse(after)]
    expect(now.from).toEqual({ name: 'Salón Ana', address: 'new@new.example' })
    expect(now.replyTo).toEqual([{ name: 'Salón Ana', address: 'new+token@new.example' }])
    expect({ ...now, from: 0, replyTo: 0, headers: 0, headerLines: 0 }).toEqual({
      ...then,
      from: 0,
      replyTo: 0,
      headers: 0,
      headerLines: 0,
    })
    expect(readdressMail(before, 'new@new.example', undefined)).toMatch(/^Reply-To: .*old\+token@old\.example/m)
  })

  it('handles a sender without a name and a long name on several lines', async () => {
    const bare = (await composeMail(mail({ from: { address: 'desk@example.com' } }))).toString('latin1')
    expect((await PostalMime.parse(readdressMail(bare, 'n@new.example', undefined))).from).toEqual({ name: '', address: 'n@new.example' })
    const name = 'Señora Ñandú & Compañía '.repeat(7).trim()
    const long = (await composeMail(mail({ from: { name, address: 'desk@example.com' } }))).toString('latin1')
    expect((await PostalMime.parse(readdressMail(long, 'n@new.example', undefined))).from).toEqual({ name, address: 'n@new.example' })
  })
})
