import type { ApiKeyId, Principal } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { loadContact } from '../contacts/index.ts'
import { archiveContact } from '../contacts/testing.ts'
import { standingOf } from '../privacy/index.ts'
import { changeStatus } from './change-status.ts'
import { reply } from './reply.ts'
import { testDesk } from './testing.ts'

const { test, background, files, place, inside, someone, confirm, confirmed, answer, messages, conversation, timeline, sentTo } =
  await testDesk()

describe('a card or Social Security number in an answer by mail', () => {
  it('is masked before it is kept, in text, quotation and the mail as it came, and the workspace is told [W1] [B1]', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, {
      text: 'My card is 4111 1111 1111 1111, my SSN 219-45-6789\r\n\r\n> the other card 5555-5555-5555-4444',
    })
    expect((await messages(sent.conversationId))[0]).toMatchObject({
      text: 'My card is ••••1111, my SSN ••••6789',
      quoted: '> the other card ••••4444',
    })
    expect((await conversation(sent.conversationId)).preview).toBe('My card is ••••1111, my SSN ••••6789')
    expect((await timeline(who.contactId)).filter((kind) => kind === 'number.masked')).toHaveLength(2)
    const { rows: noted } = await test.asSuperuser('select kind, source from masked_number where contact_id = $1 order by kind', [
      who.contactId,
    ])
    expect(noted).toEqual([
      { kind: 'card', source: 'message' },
      { kind: 'ssn', source: 'message' },
    ])
    const { rows: raws } = await test.asSuperuser('select id, raw from inbound_mail where mail_id = $1', [sent.mailId])
    for (const { id, raw } of raws) {
      const opened = test.keys.decrypt(raw, { workspaceId: place.workspaceId, table: 'inbound_mail', column: 'raw', rowId: id })
      expect(opened).toContain('was not kept')
      expect(opened).not.toMatch(/4111|219-45/)
    }
    const { rows: told } = await test.asSuperuser("select count(*)::int as n from outbox where type = 'number.masked'")
    expect(told[0].n).toBe(2)
  })

  it('is masked in files that are text as well, and the mail that brought them is not kept as it came [W1] [B1]', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, {
      headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"'],
      text: [
        '--b',
        'Content-Type: text/plain',
        '',
        'See the list.',
        '--b',
        'Content-Type: text/csv; name="cards.csv"',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: attachment; filename="cards.csv"',
        '',
        Buffer.from('name,number\r\nAnn,4111111111111111\r\n').toString('base64'),
        '--b--',
      ].join('\r\n'),
    })
    const [message] = await messages(sent.conversationId)
    const [attached] = message?.attachments ?? []
    expect(attached).toMatchObject({ name: 'cards.csv', type: 'text/csv' })
    const { rows: kept } = await test.asSuperuser('select id, size from file where id = $1', [attached?.fileId])
    const stream = await files.get({ workspaceId: place.workspaceId, id: kept[0].id, size: kept[0].size })
    expect(Buffer.concat(await stream.toArray()).toString()).toBe('name,number\r\nAnn,••••1111\r\n')
    const { rows: noted } = await test.asSuperuser('select kind from masked_number where contact_id = $1', [who.contactId])
    expect(noted).toEqual([{ kind: 'card' }])
    const { rows: raws } = await test.asSuperuser('select id, raw from inbound_mail where mail_id = $1', [sent.mailId])
    for (const { id, raw } of raws)
      expect(test.keys.decrypt(raw, { workspaceId: place.workspaceId, table: 'inbound_mail', column: 'raw', rowId: id })).toContain(
        'was not kept',
      )
  })
})

describe('an answer by mail', () => {
  it('lands in its conversation, opens it, is on the timeline, and can be answered [F4]', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId)
    expect(await conversation(sent.conversationId)).toMatchObject({
      status: 'open',
      waitingSince: test.clock().toString(),
      preview: 'Can we make it ten?',
    })
    expect(await messages(sent.conversationId)).toMatchObject([
      {
        direction: 'in',
        text: 'Can we make it ten?',
        quoted: '> See you on Monday',
        delivery: 'received',
        author: { kind: 'contact', id: who.contactId },
        address: who.email,
      },
      { direction: 'out' },
    ])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued', 'message.received'])
    expect((await inside((tx) => standingOf(tx, who.contactId, null))).dealings.lastInquiryAt).toEqual(test.clock())

    const replied = await inside((tx) =>
      reply(tx, place.as.member, { conversationId: sent.conversationId, text: 'Ten it is 👍\n<b>no html</b>' }),
    )
    expect(replied).toMatchObject({
      direction: 'out',
      purpose: 'reply',
      author: { kind: 'member', id: place.as.member.memberId },
      automatic: false,
    })
    expect(await conversation(sent.conversationId)).toMatchObject({ status: 'waiting', waitingSince: null })
    await background.settle()
    const mail = sentTo(who.email).at(-1)
    expect(mail?.parsed.subject).toBe('Re: Confirmed: cut')
    expect(mail?.parsed.references?.split(' ')).toHaveLength(2)
    expect(mail?.parsed.html).toContain('&lt;b&gt;no html&lt;/b&gt;')
    expect(mail?.raw).not.toMatch(/^Auto-Submitted/m)
    expect(mail?.parsed.text).not.toContain('/stop/')
  })

  it('is one message, however often it comes', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    const raw = ['From: a@b.example', 'Message-ID: <same@home.example>', '', 'Hello', ''].join('\r\n')
    await answer(who, sent.mailId, { raw })
    await answer(who, sent.mailId, { raw: `Received: another way\r\n${raw}` })
    expect((await messages(sent.conversationId)).filter(({ direction }) => direction === 'in')).toHaveLength(1)
    expect((await timeline(who.contactId)).filter((kind) => kind === 'message.received')).toHaveLength(1)
  })

  it('of a machine is kept and asks for nothing', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, { headers: ['Auto-Submitted: auto-replied'], text: 'I am on holiday' })
    expect(await conversation(sent.conversationId)).toMatchObject({ status: 'resolved', waitingSince: null })
    expect((await messages(sent.conversationId))[0]).toMatchObject({ automatic: true, text: 'I am on holiday' })
  })

  it('brings an archived contact back, and opens what was snoozed', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId)
    const { version } = await conversation(sent.conversationId)
    await inside((tx) =>
      changeStatus(tx, place.as.member, {
        conversationId: sent.conversationId,
        version,
        status: 'snoozed',
        snoozedUntil: test.clock().add({ hours: 5 }).toString(),
      }),
    )
    await inside((tx) => archiveContact(tx, place.as.owner, who.contactId))
    await answer(who, sent.mailId, { text: 'Hello again' })
    expect(await conversation(sent.conversationId)).toMatchObject({ status: 'open', snoozedUntil: null })
    expect((await inside((tx) => loadContact(tx, place.as.owner, who.contactId))).archivedAt).toBeNull()
  })

  it('brings its files, each under its own key, about this contact', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    const raw = [
      'From: a@b.example',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See the file',
      '--b',
      'Content-Type: application/pdf; name="x-ray.pdf"',
      'Content-Disposition: attachment; filename="../x-ray.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-1.4 bones').toString('base64'),
      '--b--',
      '',
    ].join('\r\n')
    await answer(who, sent.mailId, { raw })
    const [message] = await messages(sent.conversationId)
    expect(message?.attachments).toMatchObject([{ name: 'x-ray.pdf', type: 'application/pdf', size: 14 }])
    const { rows } = await test.asSuperuser(
      'select f.id, f.size, s.contact_id from file f join file_subject s on s.file_id = f.id where f.id = $1',
      [message?.attachments[0]?.fileId],
    )
    expect(rows).toMatchObject([{ contact_id: who.contactId }])
    const stream = await files.get({ workspaceId: place.workspaceId, id: rows[0].id, size: rows[0].size })
    expect(Buffer.concat(await stream.toArray()).toString()).toBe('%PDF-1.4 bones')
  })

  it('from another address still belongs to the conversation, and the reply goes to hers', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    await answer(who, sent.mailId, { from: 'husband@elsewhere.example' })
    expect((await messages(sent.conversationId))[0]).toMatchObject({ address: 'husband@elsewhere.example' })
    await inside((tx) => reply(tx, place.as.member, { conversationId: sent.conversationId, text: 'Fine' }))
    await background.settle()
    expect(sentTo('husband@elsewhere.example')).toEqual([])
    expect(sentTo(who.email)).toHaveLength(2)
  })

  it('is answered under the name of whoever wrote: also another program, and the operator of the server', async () => {
    const who = await someone()
    const { conversationId, mailId } = await confirmed(who)
    await answer(who, mailId)
    const grantId = '019b0000-0000-7000-8000-00000000000a'
    const keyId = '019b0000-0000-7000-8000-00000000000b' as ApiKeyId
    const { workspaceId } = place
    const writers: readonly Principal[] = [
      { kind: 'operator', workspaceId, grantId, access: 'change' },
      { kind: 'api_key', workspaceId, keyId, scopes: ['conversations.read', 'conversations.write', 'contacts.read'], test: false },
    ]
    const authors = []
    for (const by of writers) authors.push((await inside((tx) => reply(tx, by, { conversationId, text: 'Fine' }))).author)
    expect(authors).toEqual([
      { kind: 'operator', id: grantId },
      { kind: 'api_key', id: keyId },
    ])
  })

  it('that says spam stops our mail to her', async () => {
    const who = await someone()
    const sent = await confirmed(who)
    const report = [
      'From: fbl@mail.example',
      'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
      '',
      '--b',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      '',
      '--b--',
      '',
    ].join('\r\n')
    await answer(who, sent.mailId, { raw: report })
    expect(await confirm(who)).toMatchObject({
      sent: false,
      reasons: expect.arrayContaining([expect.objectContaining({ params: expect.objectContaining({ cause: 'complaint' }) })]),
    })
  })
})
