import { createTransport } from 'nodemailer'
import { afterAll, describe, expect, it } from 'vitest'
import { openLog } from '../../platform/log/index.ts'
import { doorAddress, mailSettings, startSmtpReceiver } from '../../platform/mail/index.ts'
import { contactFacts } from '../contacts/index.ts'
import { reply } from './reply.ts'
import { testDesk } from './testing.ts'

const { test, background, place, inside, messages, conversation, timeline, sentTo } = await testDesk()
const address = doorAddress(mailSettings.get(), test.keys, { kind: 'inbox', workspaceId: place.workspaceId }) ?? ''
const log = openLog({ level: 'silent', role: 'test', strict: true })
const receiver = await startSmtpReceiver({ host: '127.0.0.1', port: 0, database: test.database, log })
const transport = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false, ignoreTLS: true })
afterAll(() => receiver.stop())

type Sent = { from?: string; to?: string; subject?: string; text?: string; headers?: Record<string, string> }
/** Sends a mail on to the inbox, as a mailbox does: it leaves `To` as the customer wrote it. */
const send = async (mail: Sent) => {
  const message = {
    from: 'Zoë Reyes <zoe@inbox.example>',
    to: 'info@salon.example',
    subject: 'A question',
    text: 'Do you cut curls?',
    ...mail,
  }
  await transport.sendMail({ ...message, envelope: { from: 'zoe@inbox.example', to: mail.to ?? address } })
  await background.settle()
}
const conversations = async () => {
  const { rows } = await test.asSuperuser(
    `select conversation.id, contact_id, subject, status from conversation join contact on contact.id = contact_id where contact.source = 'email' order by conversation.id`,
  )
  return rows
}

describe('a mail to the inbox', () => {
  it('makes a contact and a conversation that waits for an answer, which reaches her; delivered twice it is one', async () => {
    const once = { 'Message-ID': '<first@inbox.example>', Date: 'Mon, 04 Jan 2027 10:00:00 +0000' }
    await send({ headers: once })
    await send({ headers: once })
    const [made, ...others] = await conversations()
    expect([made, others.length]).toMatchObject([{ subject: 'A question', status: 'open' }, 0])
    const facts = await inside((tx) => contactFacts(tx, made.contact_id))
    expect(facts).toMatchObject({ name: 'Zoë Reyes', source: 'email', points: [{ value: 'zoe@inbox.example' }] })
    expect(await messages(made.id)).toMatchObject([{ direction: 'in', text: 'Do you cut curls?' }])
    expect(await timeline(made.contact_id)).toContain('message.received')
    await inside((tx) => reply(tx, place.as.owner, { conversationId: made.id, text: 'We do.' }))
    await background.settle()
    expect(sentTo('zoe@inbox.example')).toHaveLength(1)
  })

  it('goes on where she wrote before under the same subject, and begins anew under another one', async () => {
    await send({ subject: 'Re: A question', text: 'And when?' })
    await send({ subject: 'Opening hours', text: 'Are you open on Friday?' })
    const [first, second, ...others] = await conversations()
    expect(others).toEqual([])
    expect((await messages(first.id)).map(({ text }) => text)).toContain('And when?')
    expect(await conversation(second.id)).toMatchObject({ subject: 'Opening hours' })
  })

  it('is kept without card numbers, and not as it came', async () => {
    await send({ from: 'Max <max@inbox.example>', subject: 'Pay', text: 'My card is 4111 1111 1111 1111' })
    const made = (await conversations()).at(-1)
    expect(await messages(made.id)).toMatchObject([{ text: 'My card is ••••1111' }])
    const { rows } = await test.asSuperuser(`select id, raw from inbound_mail where door = 'inbox'`)
    for (const { id, raw } of rows) {
      const place_ = { workspaceId: place.workspaceId, table: 'inbound_mail', column: 'raw', rowId: id }
      expect(test.keys.decrypt(raw, place_)).toContain('was not kept')
    }
  })

  it('makes nobody a contact who is a program, a member, or ourselves, and is refused at an address that was made up', async () => {
    const before = await conversations()
    await send({ headers: { 'List-Unsubscribe': '<mailto:out@news.example>' } })
    await send({ from: 'manager@salon.example', subject: 'Fwd: see this' })
    await send({ from: 'Frontdesk <desk@example.com>', subject: 'Confirmed' })
    expect(await conversations()).toEqual(before)
    await expect(send({ to: address.replace('+', '+x') })).rejects.toThrow()
  })
})
