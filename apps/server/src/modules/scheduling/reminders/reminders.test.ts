import { ReminderRuleDraft } from '@frontdesk/contract'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../../platform/events/testing.ts'
import { type MailSettings, mailSettings, receiveMailJob, replyAddress, sendMailJob } from '../../../platform/mail/index.ts'
import { type ReceivedMail, storeInbound, testSmtp } from '../../../platform/mail/testing.ts'
import { timelinePage } from '../../contacts/testing.ts'
import { conversationSurroundings, conversationsRoom, provideConversationsPorts } from '../../conversations/index.ts'
import { providePrivacyPorts, suppress } from '../../privacy/index.ts'
import { bookAppointment } from '../book-appointment.ts'
import type { BookingRow } from '../booking.tables.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { provideSchedulingPorts, schedulingRoom } from '../index.ts'
import { recordOutcome } from '../record-outcome.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { surroundings } from '../surroundings.ts'
import { type TestBusiness, testBusiness } from '../testing.ts'
import { undoChange } from '../undo-change.ts'
import { remindersOf } from './read-reminders.ts'
import { previewReminder, testReminder } from './try-reminder.ts'
import { addReminderRule, changeReminderRule, removeReminderRule } from './write-rule.ts'

const test = await testDatabase()
const smtp = await testSmtp()
const settings: MailSettings = {
  smtpUrl: smtp.url,
  from: { name: undefined, address: 'desk@desk.example.com' },
  replies: { local: 'desk', domain: 'desk.example.com', plus: true },
}
let shop: TestBusiness
let background: Background

beforeAll(async () => {
  providePrivacyPorts()
  provideConversationsPorts()
  provideSchedulingPorts()
  mailSettings.provide(settings)
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example.com', files: undefined as never })
  background = await backgroundOf(test, {
    jobs: [sendMailJob, receiveMailJob, ...schedulingRoom.jobs, ...conversationsRoom.jobs],
    subscribers: [...schedulingRoom.subscribers, ...conversationsRoom.subscribers],
  })
  shop = await testBusiness(test)
})

const draft = (change: Partial<ReminderRuleDraft> = {}) =>
  ReminderRuleDraft.parse({ moment: 'before', amount: 1, unit: 'days', channel: 'email', ...change })
const newRule = (change: Partial<ReminderRuleDraft> = {}) => shop.inside((tx) => addReminderRule(tx, shop.owner, draft(change)))
const changeRule = async (rule: { id: string; version: number }, change: Partial<ReminderRuleDraft>) =>
  shop.inside((tx) => changeReminderRule(tx, shop.owner, { ...draft(change), ruleId: rule.id, version: Number(rule.version) }))
const removeRule = ({ id }: { id: string }) => shop.inside((tx) => removeReminderRule(tx, shop.owner, id))
const plain = (text = ''): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ')

/** Every test begins without rules. */
afterEach(async () => {
  await arrived()
  await test.asSuperuser('delete from reminder_rule')
})

let seen = 0
/** Runs what is due, and what was mailed to customers since the last look. */
async function arrived(): Promise<ReceivedMail[]> {
  const failed = (await background.settle()).filter(({ outcome }) => outcome === 'failed')
  expect(failed).toEqual([])
  const fresh = smtp.received.slice(seen).filter(({ to }) => !to.includes('owner@salon.example'))
  seen = smtp.received.length
  return fresh
}
const clockTo = async (moment: string) => {
  const wanted = Temporal.Instant.from(moment)
  test.clock.advance({ milliseconds: wanted.epochMilliseconds - test.clock().epochMilliseconds })
  return arrived()
}
let visitor = 0
const book = async (start: string, more: object = {}, wish: object = {}) => {
  visitor += 1
  const booked = await shop.book({ start, who: { name: `Zoë ${visitor}`, email: `zoe${visitor}@example.com`, ...more }, ...wish })
  await arrived()
  return booked
}
const of = (booking: BookingRow) => shop.inside((tx) => remindersOf(tx, shop.owner, booking.id))
const now = () => test.clock().toString()
const move = (booking: BookingRow, start: string) =>
  shop.inside((tx) =>
    rescheduleBooking(tx, shop.owner, { bookingId: booking.id, start: Temporal.Instant.from(start), outsideHours: false, quiet: true }),
  )

it('refuses a way that is not set up, a service that is not here, a field that stands for nothing, and somebody who may not', async () => {
  await expect(newRule({ channel: 'sms' })).rejects.toMatchObject({ facts: { faults: [{ path: 'body.channel' }] } })
  await expect(newRule({ serviceIds: [crypto.randomUUID() as never] })).rejects.toMatchObject({
    facts: { faults: [{ path: 'body.serviceIds' }] },
  })
  const texts = [{ locale: 'en', subject: null, body: 'Hi {nmae}' }]
  expect(ReminderRuleDraft.safeParse({ ...draft(), texts }).error?.issues[0]?.message).toContain('{nmae}. You can use {name}')
  expect(ReminderRuleDraft.safeParse({ ...draft(), amount: 61 }).success).toBe(false)
  await expect(shop.inside((tx) => addReminderRule(tx, shop.as.read_only, draft()))).rejects.toMatchObject({ type: 'http/not-allowed' })
})

it('comes the day before, in the customer’s language and zone, with the booking’s link, and stands with the booking', async () => {
  const rule = await newRule()
  const booked = await book('2027-01-06T15:00:00Z', { locale: 'es-ES', zone: 'Europe/Madrid' })
  expect(await of(booked)).toMatchObject([{ state: 'planned', dueAt: '2027-01-05T15:00:00Z' }])
  expect(await clockTo('2027-01-05T14:59:00Z')).toEqual([])
  const [mail, ...more] = await clockTo('2027-01-05T15:00:00Z')
  expect(more).toEqual([])
  expect(mail?.to).toEqual([`zoe${visitor}@example.com`])
  expect(plain(mail?.parsed.subject)).toBe('Recordatorio: Cleaning and check-up el 6 ene 2027, 16:00 en Salon Ana')
  expect(plain(mail?.parsed.text)).toContain('responde a este correo con C')
  expect(mail?.parsed.text).toMatch(/https:\/\/desk\.example\.com\/m\/[\w-]+/)
  expect(await of(booked)).toMatchObject([{ state: 'sent', doneAt: now(), reason: null }])
  await removeRule(rule)
  expect(await of(booked)).toMatchObject([{ state: 'sent', amount: 1, unit: 'days' }])
})

it('uses the business’s own words of her language, for the services of the rule alone', async () => {
  const other = await shop.newService({ name: 'Colouring', staffIds: [shop.ana] })
  const texts = [{ locale: 'en' as const, subject: '{service}: see you {date}', body: 'Hi {name},\n\nbring your card. {link}' }]
  await newRule({ amount: 2, unit: 'hours', serviceIds: [other.id], texts })
  const plainOne = await book('2027-01-06T18:00:00Z')
  const own = await book('2027-01-06T19:00:00Z', { locale: 'en-US' }, { serviceId: other.id })
  const french = await book('2027-01-06T20:00:00Z', { locale: 'fr-FR' }, { serviceId: other.id })
  const mails = await clockTo('2027-01-06T18:00:00Z')
  expect(mails.map(({ parsed }) => plain(parsed.subject))).toEqual([
    'Colouring: see you Wednesday, January 6, 2027',
    expect.stringMatching(/^Rappel : Colouring le /),
  ])
  expect(mails[0]?.parsed.text).toMatch(/^Hi Zoë \d+,\n\nbring your card\. https:/)
  expect([await of(plainOne), await of(own), await of(french)]).toMatchObject([[], [{ state: 'sent' }], [{ state: 'sent' }]])
})

describe('a reminder', () => {
  it('moves with the booking, ends with its cancellation, and comes again with its undoing', async () => {
    await newRule({ amount: 1, unit: 'hours' })
    const booked = await book('2027-01-07T15:00:00Z')
    const moved = await move(booked, '2027-01-07T17:00:00Z')
    await arrived()
    expect(await of(moved)).toMatchObject([{ state: 'planned', dueAt: '2027-01-07T16:00:00Z' }])
    expect(await clockTo('2027-01-07T14:30:00Z')).toEqual([])
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: moved.id, reason: null, quiet: true }))
    await arrived()
    expect(await of(moved)).toMatchObject([{ state: 'skipped', reason: 'cancelled' }])
    await shop.inside((tx) => undoChange(tx, shop.owner, { bookingId: moved.id }))
    test.clock.advance({ seconds: 11 })
    await arrived()
    expect(await of(moved)).toMatchObject([{ state: 'planned' }])
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: moved.id, reason: null, quiet: true }))
    expect(await clockTo('2027-01-07T17:00:00Z')).toEqual([])
  })

  it('is not sent for a booking that was made after its moment, nor late to no purpose', async () => {
    await newRule({ amount: 1, unit: 'days' })
    const short = await book('2027-01-07T20:00:00Z')
    expect(await of(short)).toMatchObject([{ state: 'skipped', reason: 'moment_over' }])
    const late = await book('2027-01-11T15:00:00Z')
    expect(await clockTo('2027-01-11T14:00:00Z')).toEqual([]) // the server was away from Sunday on
    expect(await of(late)).toMatchObject([{ state: 'skipped', reason: 'too_late' }])
  })

  it('follows its rule: a new one reaches bookings ahead, a changed one moves, one that is switched off or taken away is silent', async () => {
    const booked = await book('2027-01-12T15:00:00Z')
    const rule = await newRule({ amount: 2, unit: 'hours' })
    await arrived()
    expect(await of(booked)).toMatchObject([{ state: 'planned', dueAt: '2027-01-12T13:00:00Z' }])
    const later = await changeRule(rule, { amount: 30, unit: 'minutes' })
    await expect(changeRule(rule, {})).rejects.toMatchObject({ type: 'http/version-mismatch' })
    expect(await clockTo('2027-01-12T13:30:00Z')).toEqual([])
    expect(await of(booked)).toMatchObject([{ state: 'planned', dueAt: '2027-01-12T14:30:00Z', unit: 'minutes' }])
    const off = await changeRule(later, { amount: 30, unit: 'minutes', active: false })
    expect(await of(booked)).toMatchObject([{ state: 'skipped', reason: 'rule_off' }])
    await changeRule(off, { amount: 30, unit: 'minutes' })
    await arrived()
    expect(await of(booked)).toMatchObject([{ state: 'planned' }])
    await removeRule(rule)
    expect(await clockTo('2027-01-12T15:00:00Z')).toEqual([])
    expect(await of(booked)).toMatchObject([{ state: 'skipped', reason: 'rule_off' }])
  })

  it('reads its rule at the moment, though nothing was planned anew', async () => {
    const rule = await newRule({ amount: 2, unit: 'hours' })
    const booked = await book('2027-01-13T15:00:00Z')
    await test.asSuperuser('update reminder_rule set amount = 1 where id = $1', [rule.id])
    expect(await clockTo('2027-01-13T13:00:00Z')).toEqual([])
    expect(await clockTo('2027-01-13T14:00:00Z')).toHaveLength(1)
    expect(await of(booked)).toMatchObject([{ state: 'sent' }])
  })

  it('is not sent twice when its job runs again, not where there is no address, and not while mail is not set up', async () => {
    await newRule({ amount: 1, unit: 'hours' })
    const silent = await shop.inside((tx) =>
      bookAppointment(tx, shop.owner, {
        serviceId: shop.service.id,
        start: Temporal.Instant.from('2027-01-13T16:30:00Z'),
        who: { name: 'Only a phone', phone: '(207) 555-0177' },
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: false,
        quiet: false,
        holdMinutes: null,
      }),
    )
    const booked = await book('2027-01-13T17:00:00Z')
    expect(await clockTo('2027-01-13T16:00:00Z')).toHaveLength(1)
    expect(await of(silent)).toMatchObject([{ state: 'skipped', reason: 'no_address' }])
    const [sent] = await of(booked)
    const job = schedulingRoom.jobs.find(({ name }) => name === 'scheduling.send-reminder')
    const context = { by: { kind: 'system', workspaceId: shop.workspaceId, job: 'test' }, inWorkspace: shop.inside }
    await job?.run(context as never, { reminderId: sent?.id } as never)
    expect(await arrived()).toEqual([])
    const third = await book('2027-01-13T19:00:00Z')
    const around = surroundings.get()
    surroundings.provide({ ...around, mailLeaves: () => false })
    expect(await clockTo('2027-01-13T18:00:00Z')).toEqual([])
    surroundings.provide(around)
    expect(await of(third)).toMatchObject([{ state: 'skipped', reason: 'channel_not_set_up' }])
  })

  it('that the gate refuses is kept as a message with the reasons, and said so', async () => {
    await newRule({ amount: 1, unit: 'hours' })
    const booked = await book('2027-01-13T20:00:00Z')
    await shop.inside((tx) =>
      suppress(tx, shop.owner, { kind: 'email', value: `zoe${visitor}@example.com`, scope: 'channel', cause: 'complaint' }),
    )
    expect(await clockTo('2027-01-13T19:00:00Z')).toEqual([])
    const [refused] = await of(booked)
    expect(refused).toMatchObject({ state: 'refused', conversationId: expect.any(String) })
    const { rows } = await test.asSuperuser('select delivery from message where id = $1', [refused?.messageId])
    expect(rows).toEqual([{ delivery: 'failed' }])
  })
})

describe('an answer to a reminder', () => {
  let mailed = 0
  const answer = async (booking: BookingRow, text: string) => {
    const { rows } = await test.asSuperuser(
      'select m.mail_id from reminder r join message m on m.id = r.message_id where r.booking_id = $1',
      [booking.id],
    )
    mailed += 1
    const raw = [
      `From: Zoe <zoe${visitor}@example.com>`,
      `To: ${replyAddress(settings, test.keys, rows[0].mail_id)}`,
      'Subject: Re: Reminder',
      `Message-ID: <answer-${mailed}@example.com>`,
      '',
      text,
      '',
      '> To confirm, answer with C',
    ].join('\r\n')
    await storeInbound(test.database, { source: 'smtp', raw: Buffer.from(raw), mailId: rows[0].mail_id, nullSender: false })
    return arrived()
  }
  const conversationOf = async (booking: BookingRow) => {
    const { rows } = await test.asSuperuser('select status from conversation where about_id = $1', [booking.thread_id])
    return rows[0]?.status
  }
  const reminded = async (start: string, more: object = {}) => {
    const rule = await newRule({ amount: 1, unit: 'hours' })
    const booked = await book(start, more)
    await clockTo(Temporal.Instant.from(start).subtract({ hours: 1 }).toString())
    await removeRule(rule)
    return booked
  }

  it('C confirms, is on her timeline, and asks nobody to read it', async () => {
    const booked = await reminded('2027-01-14T15:00:00Z')
    expect(await answer(booked, 'C')).toEqual([])
    expect(await of(booked)).toMatchObject([{ state: 'sent', answer: 'confirmed', answeredAt: now() }])
    const { items } = await shop.inside((tx) => timelinePage(tx, shop.owner, { contactId: booked.contact_id, limit: 50 }))
    expect(items.map(({ kind }) => kind)).toContain('reminder.answered')
    expect(await conversationOf(booked)).toBe('resolved')
  })

  it('with more than that is left open for a person', async () => {
    const booked = await reminded('2027-01-14T17:00:00Z')
    await answer(booked, 'C, and I bring my daughter')
    expect(await of(booked)).toMatchObject([{ answer: 'confirmed' }])
    expect(await conversationOf(booked)).toBe('open')
    await answer(booked, 'What does it cost?')
    expect(await conversationOf(booked)).toBe('open')
  })

  it('R brings the link to choose another time; too late for that, it says to call, and a person sees it', async () => {
    await test.asSuperuser('update service set change_notice_minutes = 0')
    const booked = await reminded('2027-01-14T19:00:00Z', { locale: 'fr-FR' })
    const [mail] = await answer(booked, 'Reporter')
    expect(plain(mail?.parsed.subject)).toBe('Un autre horaire pour votre rendez-vous chez Salon Ana')
    expect(mail?.parsed.text).toMatch(/https:\/\/desk\.example\.com\/m\/[\w-]+/)
    expect(await of(booked)).toMatchObject([{ answer: 'move' }])
    expect(await conversationOf(booked)).toBe('resolved')
    await test.asSuperuser('update service set change_notice_minutes = 1440')
    const late = await reminded('2027-01-14T21:00:00Z')
    const [sorry] = await answer(late, 'R')
    expect(sorry?.parsed.text).toContain('Please call us')
    expect(await conversationOf(late)).toBe('open')
  })

  it('about an appointment that was cancelled since changes nothing and is left to a person', async () => {
    const booked = await reminded('2027-01-15T15:00:00Z')
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: booked.id, reason: null, quiet: true }))
    expect(await answer(booked, 'C')).toEqual([])
    expect((await of(booked))[0]?.answer).toBeNull()
    expect(await conversationOf(booked)).toBe('open')
  })
})

describe('a question after the visit', () => {
  it('goes to who came, under the rules for offers, and not to who did not come', async () => {
    await newRule({ moment: 'after', amount: 1, unit: 'hours' })
    const came = await book('2027-01-15T17:00:00Z')
    const missed = await book('2027-01-15T18:00:00Z')
    await clockTo('2027-01-15T18:10:00Z')
    await shop.inside((tx) => recordOutcome(tx, shop.owner, { bookingId: missed.id, outcome: 'no_show' }))
    const mails = await clockTo('2027-01-15T20:00:00Z')
    expect(await of(missed)).toMatchObject([{ state: 'skipped', reason: 'missed' }])
    const [asked] = await of(came)
    const { rows } = await test.asSuperuser('select purpose, subject from message where id = $1', [asked?.messageId])
    expect(rows).toMatchObject([{ purpose: 'feedback', subject: 'How was it? Cleaning and check-up at Salon Ana' }])
    expect([asked?.state, mails.length]).toEqual(['sent', 1])
  })
})

describe('a discreet service', () => {
  it('is named in no mail and no calendar file: business, time and link, and none of the business’s own words', async () => {
    const secret = await shop.newService({
      name: 'Fertility talk',
      description: '',
      price: { minor: '9000', currency: 'USD' },
      staffIds: [shop.ana],
      discreet: true,
    })
    const texts = [{ locale: 'en' as const, subject: '{service} tomorrow', body: 'Fertility: come sober' }]
    await newRule({ amount: 1, unit: 'hours', texts })
    visitor += 1
    const booked = await shop.book({
      start: '2027-01-18T15:00:00Z',
      serviceId: secret.id,
      note: 'My fertility',
      who: { name: 'Zoë', email: `zoe${visitor}@example.com` },
    })
    const confirmations = await arrived()
    const reminders = await clockTo('2027-01-18T14:00:00Z')
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: booked.id, reason: 'fertility clinic closed', quiet: false }))
    test.clock.advance({ seconds: 11 })
    const cancellations = await arrived()
    const mails = [...confirmations, ...reminders, ...cancellations]
    expect(mails).toHaveLength(3)
    for (const { parsed } of mails) {
      const files = parsed.attachments.map(({ content }) => (typeof content === 'string' ? content : new TextDecoder().decode(content)))
      const whole = [parsed.subject, parsed.text, parsed.html, ...files].join('\n')
      expect(whole).not.toMatch(/fertility|Ana Ruiz|90\.00|18 Wharf Street.*LOCATION/i)
      expect(whole).toContain('Salon Ana')
      expect(whole).toContain('https://desk.example.com/')
    }
    expect(plain(reminders[0]?.parsed.subject)).toBe('Reminder: Appointment on Jan 18, 2027, 10:00 AM at Salon Ana')
  })
})

it('shows how it would read in every language, and sends a test to the member alone', async () => {
  const texts = [{ locale: 'en' as const, subject: 'Hey {name}', body: null }]
  const previews = await shop.inside((tx) => previewReminder(tx, shop.owner, draft({ texts })))
  expect(previews.map(({ subject }) => plain(subject))).toEqual([
    'Hey Alex',
    expect.stringMatching(/^Recordatorio: Cleaning and check-up el /),
    expect.stringMatching(/^Rappel : Cleaning and check-up le /),
  ])
  await arrived()
  const before = smtp.received.length
  await shop.inside((tx) => testReminder(tx, shop.owner, { rule: draft({ texts }), locale: 'en' }))
  await background.settle()
  expect(smtp.received.slice(before).map(({ to, parsed }) => [to, parsed.subject])).toEqual([[['owner@salon.example'], 'Hey Alex']])
  const key = { kind: 'api_key', workspaceId: shop.workspaceId, apiKeyId: crypto.randomUUID(), scopes: ['services.manage'] } as never
  await expect(shop.inside((tx) => testReminder(tx, key, { rule: draft(), locale: 'en' }))).rejects.toMatchObject({
    type: 'http/not-allowed',
  })
})

it('a new business reminds the day before, once, and can switch it off', async () => {
  const { emit } = await import('../../../platform/events/index.ts')
  await shop.inside((tx) => emit(tx, 'workspace.created', { workspaceId: tx.workspaceId }))
  await arrived()
  const { rows } = await test.asSuperuser('select id, moment, amount, unit, channel, every_service, active, version from reminder_rule')
  expect(rows).toMatchObject([{ moment: 'before', amount: 1, unit: 'days', channel: 'email', every_service: true, active: true }])
  const booked = await book('2027-01-21T15:00:00Z')
  await changeRule(rows[0], { active: false })
  expect(await clockTo('2027-01-20T15:00:00Z')).toEqual([])
  expect(await of(booked)).toMatchObject([{ state: 'skipped', reason: 'rule_off' }])
})
