import { describe, expect, it } from 'vitest'
import { mailContact, mailSettings, replyAddress } from '../../platform/mail/index.ts'
import { loadContact } from '../contacts/index.ts'
import { testWorkspace } from '../contacts/testing.ts'
import { requestPermit, suppress, usePermit } from '../privacy/index.ts'
import { changeStatus } from './change-status.ts'
import { listConversations } from './read-conversations.ts'
import { reply, storeRefusedReply } from './reply.ts'
import { testDesk } from './testing.ts'

const {
  test,
  background,
  bookings,
  smtp,
  place,
  settings,
  inside,
  someone,
  confirm,
  confirmed,
  answer,
  messages,
  conversation,
  timeline,
  sentTo,
} = await testDesk()

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
    const moved = who.bookingId.replace(/^019b0000/, '019b1111')
    bookings.set(moved, { open: true, startedBy: 'contact', contactId: who.contactId })
    const second = await confirmed({ ...who, bookingId: moved }, { threadId: who.bookingId, pointId: work!.id })
    expect(second.conversationId).toBe(first.conversationId)
    expect(contact.points).toHaveLength(1)
    expect(sentTo(`work.${who.email}`)[0]?.parsed.references).toContain(first.mailId)
  })

  it('of a member says who writes and leads to her page in her language, without the button of a list [D15]', async () => {
    const who = await someone()
    await test.asSuperuser(`update contact set locale = 'es' where id = $1`, [who.contactId])
    const { conversationId, mailId } = await confirmed(who)
    await answer(who, mailId)
    const before = sentTo(who.email).length
    await inside((tx) => reply(tx, place.as.member, { conversationId, text: 'Yes, at ten.' }))
    await background.settle()
    const [mail] = sentTo(who.email).slice(before)
    const page = /https:\/\/desk\.example(\/preferences\/[^\s"<>]+)/
    expect(mail?.parsed.text).toContain('Yes, at ten.\n\n-- \nSalón Ana\nElige qué recibes de nosotros: https://desk.example/preferences/')
    expect(mail?.parsed.text).toContain(`No me contactes: https://desk.example/do-not-contact/ws-${place.workspaceId}`)
    expect(mail?.parsed.html).toMatch(page)
    const token = page.exec(mail?.parsed.text ?? '')?.[1]?.split('/')[2] ?? ''
    expect(test.keys.verifyLink(token, 'preferences', test.clock())).toMatchObject({ valid: true, link: { subjectId: who.contactId } })
    expect(mail?.raw).not.toMatch(/^List-Unsubscribe/im)
    expect(mail?.parsed.text).not.toContain('/stop/')
    expect((await messages(conversationId))[0]).toMatchObject({ text: 'Yes, at ten.', automatic: false })
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
  ])('that %s is told, and rests the address until she is heard of from it [E9]', async (_what, status, kind) => {
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

  it('that fails says why, and the address may be tried again', async () => {
    const who = await someone()
    smtp.mood = { to: () => ({ code: 550, words: '5.7.1 Relaying denied' }) }
    const sent = await confirmed(who)
    expect(await messages(sent.conversationId)).toMatchObject([
      { delivery: 'failed', deliveryError: expect.stringContaining('does not take mail') },
    ])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued', 'message.failed'])
    expect(await confirm(who)).toMatchObject({ sent: true })
  })

  it('to a mailbox that the next server does not know is a bounce at once: nothing more goes there [E9]', async () => {
    const who = await someone()
    smtp.mood = { to: () => ({ code: 550, words: '5.1.1 No such user' }) }
    const sent = await confirmed(who)
    expect(await messages(sent.conversationId)).toMatchObject([
      { delivery: 'bounced', deliveryError: expect.stringContaining('does not take mail') },
    ])
    expect(await timeline(who.contactId)).toEqual(['contact.created', 'message.queued', 'delivery.bounced'])
    smtp.mood = {}
    expect(await confirm(who)).toMatchObject({ sent: false, remedy: 'correct_contact_point' })
    await background.settle()
    expect(sentTo(who.email)).toEqual([])
  })

  it('of another room, which is in no conversation, rests the address too [E9]', async () => {
    const who = await someone()
    smtp.mood = { to: () => ({ code: 550, words: '5.1.1 No such user' }) }
    await inside(async (tx) => {
      const answer = await requestPermit(tx, {
        contactId: who.contactId,
        channel: 'email',
        purpose: 'service',
        about: { type: 'booking', id: who.bookingId },
      })
      if (!answer.allowed) throw new Error('The gate should have allowed this.')
      const id = tx.newId<'mail'>()
      await usePermit(tx, answer.permit, { sendId: id, contactId: who.contactId, channel: 'email' })
      await mailContact(tx, answer.permit, {
        id,
        to: { name: 'Ann', address: who.email },
        fromName: 'Salón Ana',
        subject: 'News',
        text: 'News',
      })
    })
    await background.settle()
    expect(await confirm(who)).toMatchObject({ sent: false, remedy: 'correct_contact_point' })
  })
})
