import path from 'node:path'
import type { SubjectFacts } from '@frontdesk/contact-rules'
import type { ContactId, ConversationId, MailId, Message, Principal } from '@frontdesk/contract'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { backgroundOf } from '../../platform/events/testing.ts'
import { openFiles } from '../../platform/files/index.ts'
import { type MailSettings, mailSettings, receiveMailJob, replyAddress, sendMailJob } from '../../platform/mail/index.ts'
import { storeInbound, type TestSmtp, testSmtp } from '../../platform/mail/testing.ts'
import { loadContact } from '../contacts/index.ts'
import { archiveContact, type TestWorkspace, testWorkspace, timelinePage } from '../contacts/testing.ts'
import { providePrivacyPorts, subjectSources, suppress } from '../privacy/index.ts'
import { changeStatus, wakeConversation } from './change-status.ts'
import { followMail } from './follow-mail.ts'
import { conversationSurroundings, provideConversationsPorts, type SendEmail, sendEmail } from './index.ts'
import { listConversations, listMessages, loadConversation } from './read-conversations.ts'
import { reply, storeRefusedReply } from './reply.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [sendMailJob, receiveMailJob, wakeConversation], subscribers: [followMail] })
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
const bookings = new Map<string, SubjectFacts & { contactId: ContactId }>()
let smtp: TestSmtp
let place: TestWorkspace
let settings: MailSettings

beforeAll(async () => {
  smtp = await testSmtp()
  place = await testWorkspace(test, 'Salón Ana')
  settings = {
    smtpUrl: smtp.url,
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  }
  mailSettings.provide(settings)
  providePrivacyPorts()
  provideConversationsPorts()
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example', files })
  subjectSources.provide('test', {
    types: ['booking'],
    facts: async (_tx, about, contactId) => {
      const booking = bookings.get(about.id)
      return booking?.contactId === contactId ? booking : null
    },
    newest: async () => null,
  })
})
afterEach(async () => {
  smtp.mood = {}
  mailSettings.provide(settings)
  await background.settle()
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const system = (): Principal => ({ kind: 'system', workspaceId: place.workspaceId, job: 'test' })
let counter = 0
const someone = async () => {
  counter += 1
  const email = `c${counter}@home.example`
  const contactId = await place.newContact(email, 'Ann Lee')
  const bookingId = `019b0000-0000-7000-8000-${String(counter).padStart(12, '0')}`
  bookings.set(bookingId, { open: true, startedBy: 'contact', contactId })
  return { contactId, email, bookingId }
}
type Someone = Awaited<ReturnType<typeof someone>>
const confirm = ({ contactId, bookingId }: Someone, change: Partial<SendEmail> = {}, by = system()) =>
  inside((tx) =>
    sendEmail(tx, by, {
      contactId,
      about: { type: 'booking', id: bookingId },
      subject: 'Confirmed: cut',
      text: 'See you on Monday',
      html: '<body><p>See you on Monday</p></body>',
      ...change,
    }),
  )
const confirmed = async (who: Someone, change: Partial<SendEmail> = {}) => {
  const sent = await confirm(who, change)
  if (!sent.sent) throw new Error('The gate should have allowed this.')
  await background.settle()
  return sent
}
const answer = async (who: Someone, mailId: MailId, change: { headers?: string[]; text?: string; from?: string; raw?: string } = {}) => {
  const raw =
    change.raw ??
    [
      `From: Ann Lee <${change.from ?? who.email}>`,
      `To: ${replyAddress(settings, test.keys, mailId)}`,
      'Subject: Re: Confirmed: cut',
      `Message-ID: <${crypto.randomUUID()}@home.example>`,
      ...(change.headers ?? []),
      '',
      change.text ?? 'Can we make it ten?\r\n\r\n> See you on Monday',
      '',
    ].join('\r\n')
  await storeInbound(test.database, { source: 'smtp', raw: Buffer.from(raw), mailId, nullSender: false })
  await background.settle()
}
const messages = async (conversationId: ConversationId): Promise<Message[]> =>
  (await inside((tx) => listMessages(tx, place.as.owner, { conversationId, limit: 50 }))).items
const conversation = (id: ConversationId, by: Principal = place.as.owner) => inside((tx) => loadConversation(tx, by, id))
const timeline = async (contactId: ContactId) =>
  (await inside((tx) => timelinePage(tx, place.as.owner, { contactId, limit: 50 }))).items.map(({ kind }) => kind).reverse()
const sentTo = (email: string) => smtp.received.filter(({ to }) => to.includes(email))

describe('what is refused', () => {
  it('sends nothing when the gate says no, and keeps what was to be said with the reasons', async () => {
    const who = await someone()
    await inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value: who.email, scope: 'all', cause: 'asked' }))
    const refused = await confirm(who)
    await background.settle()
    expect(refused).toMatchObject({
      sent: false,
      remedy: 'ask_her_to_opt_in',
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'suppressed' })]),
    })
    expect(sentTo(who.email)).toEqual([])
    expect(await messages(refused.conversationId)).toMatchObject([
      {
        text: 'See you on Monday',
        delivery: 'failed',
        deliveryError: expect.stringContaining('she asked not to be reached'),
        mailId: null,
      },
    ])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'suppression.added', 'message.refused'])
  })

  it('has no mail for a contact of another workspace, nor for a booking of somebody else', async () => {
    const other = await testWorkspace(test, 'Other')
    const foreign = await other.newContact('foreign@home.example')
    const who = await someone()
    await expect(confirm({ ...who, contactId: foreign })).rejects.toMatchObject({ type: 'http/not-found' })
    const another = await someone()
    expect(await confirm({ ...another, bookingId: who.bookingId })).toMatchObject({ sent: false })
  })

  it('does not let a mail wait past a no: what was allowed then is asked again now', async () => {
    mailSettings.provide({ ...settings, smtpUrl: 'smtp://127.0.0.1:1' })
    const who = await someone()
    const sent = await confirmed(who)
    await inside((tx) => suppress(tx, place.as.owner, { kind: 'email', value: who.email, scope: 'all', cause: 'asked' }))
    mailSettings.provide(settings)
    test.clock.advance({ minutes: 20 })
    await background.settle()
    expect(sentTo(who.email)).toEqual([])
    expect(await messages(sent.conversationId)).toMatchObject([
      { delivery: 'failed', deliveryError: expect.stringContaining('Not sent, because she asked not to be reached') },
    ])
  })

  it('sends after a wait when the gate still says yes, under a new permit', async () => {
    mailSettings.provide({ ...settings, smtpUrl: 'smtp://127.0.0.1:1' })
    const who = await someone()
    const sent = await confirmed(who)
    mailSettings.provide(settings)
    test.clock.advance({ minutes: 20 })
    await background.settle()
    expect(sentTo(who.email)).toHaveLength(1)
    const { rows } = await test.asSuperuser(
      'select used_by, superseded_by is not null as superseded from permit where contact_id = $1 order by id',
      [who.contactId],
    )
    expect(rows).toEqual([
      { used_by: null, superseded: true },
      { used_by: sent.mailId, superseded: false },
    ])
  })

  it.each(['billing'] as const)('shows no message to the role %s', async (role) => {
    await expect(inside((tx) => listConversations(tx, place.as[role], { limit: 10 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('shows a representative the conversations of her own contacts only', async () => {
    const who = await someone()
    const { conversationId } = await confirmed(who)
    const representative = place.as.representative
    await expect(conversation(conversationId, representative)).rejects.toMatchObject({ type: 'http/not-found' })
    await expect(inside((tx) => reply(tx, representative, { conversationId, text: 'Hi' }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
    await test.asSuperuser('update contact set owner_member_id = $1 where id = $2', [representative.memberId, who.contactId])
    expect((await inside((tx) => listConversations(tx, representative, { limit: 10 }))).items.map(({ id }) => id)).toEqual([conversationId])
  })

  it('refuses a reply to somebody who has not written, and to a conversation that is resolved', async () => {
    const who = await someone()
    const { conversationId, mailId } = await confirmed(who)
    const attempt = () => inside((tx) => reply(tx, place.as.member, { conversationId, text: 'Hello?' }))
    await expect(attempt()).rejects.toMatchObject({
      type: 'privacy/refused',
      facts: { reasons: expect.arrayContaining([expect.objectContaining({ code: 'subject_closed' })]) },
    })
    await answer(who, mailId)
    const { version } = await conversation(conversationId)
    await inside((tx) => changeStatus(tx, place.as.member, { conversationId, version, status: 'resolved' }))
    await expect(attempt()).rejects.toMatchObject({ facts: { remedy: 'reopen_subject' } })
    await inside((tx) => storeRefusedReply(tx, conversationId))
    const { rows } = await test.asSuperuser(`select decision from permit where contact_id = $1 and purpose = 'reply'`, [who.contactId])
    expect(rows).toEqual([{ decision: 'refused' }])
  })
})

describe('a mail to a contact', () => {
  it('goes out under the business’s name with a calendar, a way to answer and a way to stop, and is told once', async () => {
    const who = await someone()
    const ics = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n'
    const sent = await confirmed(who, { calendar: { method: 'REQUEST', ics, name: 'invite.ics' } })
    const [mail, ...more] = sentTo(who.email)
    expect(more).toEqual([])
    expect(mail?.from).toBe(replyAddress(settings, test.keys, sent.mailId))
    expect(mail?.parsed).toMatchObject({
      from: { name: 'Salón Ana', address: 'desk@example.com' },
      replyTo: [{ address: replyAddress(settings, test.keys, sent.mailId) }],
      to: [{ name: 'Ann Lee', address: who.email }],
    })
    const stop = /https:\/\/desk\.example\/stop\/[\w-]+/
    expect(mail?.parsed.text).toMatch(stop)
    expect(mail?.parsed.html).toMatch(stop)
    expect(mail?.parsed.html).toMatch(/<\/p><\/body>/)
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m)

    expect(await messages(sent.conversationId)).toMatchObject([
      {
        direction: 'out',
        delivery: 'sent',
        purpose: 'service',
        address: who.email,
        mailId: sent.mailId,
        automatic: true,
        attachments: [{ name: 'invite.ics', type: 'text/calendar' }],
      },
    ])
    expect(await conversation(sent.conversationId)).toMatchObject({
      status: 'resolved',
      waitingSince: null,
      preview: 'See you on Monday',
      contactName: 'Ann Lee',
    })
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued'])
    const { rows } = await test.asSuperuser('select used_by from permit where contact_id = $1', [who.contactId])
    expect(rows).toEqual([{ used_by: sent.mailId }])
  })

  it('goes to the address that is asked for, and one thread holds what belongs together', async () => {
    const who = await someone()
    const contact = await inside((tx) => loadContact(tx, place.as.owner, who.contactId))
    await test.asSuperuser(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at) values ($1, gen_random_uuid(), $2, 'email', $3, $3, false, false, now())`,
      [place.workspaceId, who.contactId, `work.${who.email}`],
    )
    const points = (await inside((tx) => loadContact(tx, place.as.owner, who.contactId))).points
    const work = points.find(({ value }) => value.startsWith('work.'))
    const first = await confirmed(who, { threadId: who.bookingId })
    const moved = `019b0000-0000-7000-8000-00000000f${String(counter).padStart(3, '0')}`
    bookings.set(moved, { open: true, startedBy: 'contact', contactId: who.contactId })
    const second = await confirmed({ ...who, bookingId: moved }, { threadId: who.bookingId, pointId: work!.id })
    expect(second.conversationId).toBe(first.conversationId)
    expect(contact.points).toHaveLength(1)
    expect(sentTo(`work.${who.email}`)[0]?.parsed.references).toContain(first.mailId)
  })

  it('goes out under the plain address where the server takes no other, and answers still find their way', async () => {
    smtp.mood = {
      from: (address) => (address.includes('+') ? { code: 553, words: 'Sender address rejected: not owned by user' } : undefined),
    }
    const who = await someone()
    const sent = await confirmed(who)
    expect(await messages(sent.conversationId)).toMatchObject([{ delivery: 'sent' }])
    expect(sentTo(who.email)).toMatchObject([
      { from: 'desk@example.com', parsed: { replyTo: [{ address: replyAddress(settings, test.keys, sent.mailId) }] } },
    ])
  })

  it.each([
    ['comes back for good', '5.1.1', 'permanent'],
    ['comes back for now', '4.2.2', 'temporary'],
  ])('that %s is told, and rests the address', async (_what, status, kind) => {
    const who = await someone()
    const sent = await confirmed(who)
    const notice = [
      'From: <>',
      'Message-ID: <n@mx.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example',
      '',
      `Final-Recipient: rfc822; ${who.email}`,
      'Action: failed',
      `Status: ${status}`,
      '',
      '--b--',
      '',
    ].join('\r\n')
    await answer(who, sent.mailId, { raw: notice })
    expect(await messages(sent.conversationId)).toMatchObject([{ delivery: 'bounced' }])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued', 'delivery.bounced'])
    expect((await inside((tx) => loadContact(tx, place.as.owner, who.contactId))).points[0]?.bounce?.kind).toBe(kind)
    expect(await confirm(who)).toMatchObject({ sent: false, remedy: kind === 'permanent' ? 'correct_contact_point' : 'wait' })

    await answer(who, sent.mailId)
    expect((await inside((tx) => loadContact(tx, place.as.owner, who.contactId))).points[0]?.bounce).toBeNull()
  })

  it('that fails says why, and a late report does not move it back', async () => {
    const who = await someone()
    smtp.mood = { to: () => ({ code: 550, words: '5.1.1 No such user' }) }
    const sent = await confirmed(who)
    expect(await messages(sent.conversationId)).toMatchObject([
      { delivery: 'failed', deliveryError: expect.stringContaining('does not take mail') },
    ])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued', 'message.failed'])
  })
})

describe('an answer by mail', () => {
  it('lands in its conversation, opens it, is on the timeline, and can be answered', async () => {
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

describe('status', () => {
  it('refuses a stale version, and a snooze without a moment to come', async () => {
    const who = await someone()
    const { conversationId } = await confirmed(who)
    const change = (version: number, status: 'open' | 'snoozed', snoozedUntil?: string) =>
      inside((tx) => changeStatus(tx, place.as.member, { conversationId, version, status, snoozedUntil }))
    const { version } = await conversation(conversationId)
    await expect(change(version - 1, 'open')).rejects.toMatchObject({ type: 'http/version-mismatch', facts: { current: { version } } })
    await expect(change(version, 'snoozed')).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(change(version, 'snoozed', test.clock().toString())).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(inside((tx) => changeStatus(tx, place.as.read_only, { conversationId, version, status: 'open' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('is undone by sending the earlier one', async () => {
    const who = await someone()
    const { conversationId, mailId } = await confirmed(who)
    await answer(who, mailId)
    const before = await conversation(conversationId)
    const resolved = await inside((tx) =>
      changeStatus(tx, place.as.member, { conversationId, version: before.version, status: 'resolved' }),
    )
    expect(resolved).toMatchObject({ status: 'resolved', waitingSince: null })
    const undone = await inside((tx) => changeStatus(tx, place.as.member, { conversationId, version: resolved.version, status: 'open' }))
    expect(undone).toMatchObject({ status: 'open' })
  })

  it('comes back by itself when a snooze is over', async () => {
    const who = await someone()
    const { conversationId } = await confirmed(who)
    const { version } = await conversation(conversationId)
    await inside((tx) =>
      changeStatus(tx, place.as.member, {
        conversationId,
        version,
        status: 'snoozed',
        snoozedUntil: test.clock().add({ hours: 2 }).toString(),
      }),
    )
    await background.settle()
    expect((await conversation(conversationId)).status).toBe('snoozed')
    test.clock.advance({ hours: 2 })
    await background.settle()
    expect(await conversation(conversationId)).toMatchObject({ status: 'open', snoozedUntil: null })
  })

  it('filters the list, which is walked by pages', async () => {
    const desk = await testWorkspace(test, 'Pages')
    const ids: ConversationId[] = []
    for (let index = 0; index < 5; index++) {
      const contactId = await desk.newContact(`p${index}@pages.example`)
      const bookingId = `019b0000-0000-7000-8000-0000000d000${index}`
      bookings.set(bookingId, { open: true, startedBy: 'contact', contactId })
      const sent = await test.database.inWorkspace(desk.workspaceId, (tx) =>
        sendEmail(
          tx,
          { kind: 'system', workspaceId: desk.workspaceId, job: 'test' },
          { contactId, about: { type: 'booking', id: bookingId }, subject: `${index}`, text: 'x' },
        ),
      )
      ids.push(sent.conversationId)
    }
    const seen: ConversationId[] = []
    let cursor: string | undefined
    do {
      const page = await test.database.inWorkspace(desk.workspaceId, (tx) =>
        listConversations(tx, desk.as.owner, { limit: 2, cursor, status: 'resolved' }),
      )
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(ids.toReversed())
    expect(
      (await test.database.inWorkspace(desk.workspaceId, (tx) => listConversations(tx, desk.as.owner, { limit: 2, status: 'open' }))).items,
    ).toEqual([])
  })
})
