import path from 'node:path'
import ICAL from 'ical.js'
import ical from 'node-ical'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../../platform/events/testing.ts'
import { openFiles } from '../../../platform/files/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, receiveMailJob, sendMailJob, startSmtpReceiver } from '../../../platform/mail/index.ts'
import { testSmtp } from '../../../platform/mail/testing.ts'
import { conversationSurroundings, provideConversationsPorts } from '../../conversations/index.ts'
import { providePrivacyPorts } from '../../privacy/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { provideSchedulingPorts } from '../index.ts'
import { schedulingJobs } from '../jobs.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { type TestBusiness, testBusiness } from '../testing.ts'
import { readCalendarReply } from './calendar-reply.rules.ts'

const test = await testDatabase()
const smtp = await testSmtp()
mailSettings.provide({
  smtpUrl: smtp.url,
  from: { name: undefined, address: 'desk@example.com' },
  replies: { local: 'desk', domain: 'example.com', plus: true },
})
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
const log = openLog({ level: 'silent', role: 'test', strict: true })
const receiver = await startSmtpReceiver({ host: '127.0.0.1', port: 0, database: test.database, log })
const transport = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false, ignoreTLS: true })
let shop: TestBusiness
let background: Background
afterAll(() => receiver.stop())

beforeAll(async () => {
  providePrivacyPorts()
  provideConversationsPorts()
  provideSchedulingPorts()
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example.com', files })
  background = await backgroundOf(test, { jobs: [...schedulingJobs, sendMailJob, receiveMailJob] })
  shop = await testBusiness(test)
})

/** Books, and gives the invitation that the customer was mailed last. */
async function invite(start: string): Promise<{ booking: BookingRow; email: string; invitation: string }> {
  const email = `guest-${start.replace(/\W/g, '')}@home.example`.toLowerCase()
  const booking = await shop.book({ start, who: { name: 'Ann Lee', email } })
  return { booking, email, invitation: await invitationTo(email) }
}
async function invitationTo(email: string): Promise<string> {
  await background.settle()
  const mail = smtp.received.findLast(({ to }) => to.includes(email))
  const part = mail?.parsed.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  return new TextDecoder().decode(part?.content as ArrayBuffer)
}

type Answer = { partstat?: string; from?: string; automatic?: boolean; sequence?: number }
/** Answers as a calendar does: to whoever invited, by a mail that a program wrote. */
async function answer(invitation: string, email: string, { partstat = 'DECLINED', from = email, automatic = true, sequence }: Answer = {}) {
  const calendar = new ICAL.Component(ICAL.parse(invitation))
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) throw new Error('The invitation has no event.')
  const organizer = String(event.getFirstPropertyValue('organizer')).replace(/^mailto:/i, '')
  calendar.updatePropertyWithValue('method', 'REPLY')
  event.getFirstProperty('attendee')?.setParameter('partstat', partstat)
  if (sequence !== undefined) event.updatePropertyWithValue('sequence', sequence)
  await transport.sendMail({
    from: `Ann Lee <${from}>`,
    to: organizer,
    subject: `Declined: ${event.getFirstPropertyValue('summary')}`,
    text: 'Ann Lee has declined this invitation.',
    icalEvent: { method: 'REPLY', content: calendar.toString() },
    ...(automatic ? { headers: { 'Auto-Submitted': 'auto-generated' } } : {}),
  })
  expect((await background.settle()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
}
const statusOf = async ({ thread_id }: BookingRow) =>
  (await test.asSuperuser('select status, cancelled_by from booking where thread_id = $1 order by sequence desc limit 1', [thread_id]))
    .rows[0]
const timelineOf = async ({ contact_id }: BookingRow) =>
  (await test.asSuperuser('select kind from timeline_event where contact_id = $1 order by id', [contact_id])).rows.map(({ kind }) => kind)
const contacts = async () => Number((await test.asSuperuser('select count(*) from contact')).rows[0].count)

describe('an answer of a calendar to an invitation', () => {
  it('is none where it is broken, of another method, or to what we did not send', () => {
    const reply = (lines: string, method = 'REPLY') =>
      `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\n${lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`
    const uid = 'UID:019b1d5c-0000-7000-8000-000000000001'
    const declined = 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example'
    expect(readCalendarReply('no calendar')).toBeUndefined()
    expect(readCalendarReply(reply(`${uid}\r\n${declined}`, 'REQUEST'))).toBeUndefined()
    expect(readCalendarReply(reply(`UID:elsewhere\r\n${declined}`))).toBeUndefined()
    expect(readCalendarReply(reply(`${uid}\r\n${declined}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:c@d.example`))).toBeUndefined()
    expect(readCalendarReply(reply(`${uid}\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@b.example`))).toBeUndefined()
    expect(readCalendarReply(reply(`${uid}\r\n${declined}\r\nSEQUENCE:3`))).toEqual({
      threadId: '019b1d5c-0000-7000-8000-000000000001',
      answer: 'declined',
      sequence: 3,
    })
  })

  it('says nothing from another address, and makes nobody a contact', async () => {
    const { booking, email, invitation } = await invite('2027-01-12T15:00:00Z')
    const before = await contacts()
    await answer(invitation, email, { from: 'stranger@elsewhere.example' })
    expect(await statusOf(booking)).toMatchObject({ status: 'confirmed' })
    expect(await contacts()).toBe(before)
  })

  it('cancels when it declines in time, frees the time and tells her so; the same answer again changes nothing', async () => {
    const { booking, email, invitation } = await invite('2027-01-13T15:00:00Z')
    expect(Object.values(ical.sync.parseICS(invitation)).find((one) => one?.type === 'VEVENT')).toMatchObject({ uid: booking.thread_id })
    await answer(invitation, email)
    expect(await statusOf(booking)).toEqual({ status: 'cancelled', cancelled_by: 'contact' })
    const cancelled = await invitationTo(email)
    expect(new ICAL.Component(ICAL.parse(cancelled)).getFirstPropertyValue('method')).toBe('CANCEL')
    await answer(invitation, email, { automatic: false })
    expect(await timelineOf(booking)).toEqual([
      'contact.created',
      'booking.confirmed',
      'message.queued',
      'booking.cancelled',
      'message.queued',
    ])
    await shop.book({ start: '2027-01-13T15:00:00Z' })
  })

  it('is noted when it accepts, or says maybe', async () => {
    const { booking, email, invitation } = await invite('2027-01-14T15:00:00Z')
    await answer(invitation, email, { partstat: 'ACCEPTED' })
    await answer(invitation, email, { partstat: 'TENTATIVE', automatic: false })
    expect(await statusOf(booking)).toMatchObject({ status: 'confirmed' })
    expect((await timelineOf(booking)).slice(-2)).toEqual(['booking.accepted', 'booking.tentative'])
  })

  it('leaves the booking as it is when it declines after the deadline of the service, and shows that she did', async () => {
    const { booking, email, invitation } = await invite('2027-01-04T20:00:00Z')
    test.clock.advance({ minutes: 45 })
    await answer(invitation, email)
    expect(await statusOf(booking)).toMatchObject({ status: 'confirmed' })
    expect((await timelineOf(booking)).at(-1)).toBe('booking.declined')
  })

  it('says nothing about a time to which the booking was moved after the invitation', async () => {
    const { booking, email, invitation } = await invite('2027-01-15T15:00:00Z')
    await shop.inside((tx) =>
      rescheduleBooking(tx, shop.owner, {
        bookingId: booking.id,
        start: Temporal.Instant.from('2027-01-15T17:00:00Z'),
        quiet: false,
        outsideHours: false,
      }),
    )
    test.clock.advance({ minutes: 1 })
    const next = await invitationTo(email)
    await answer(invitation, email)
    expect(await statusOf(booking)).toMatchObject({ status: 'confirmed' })
    await answer(next, email)
    expect(await statusOf(booking)).toMatchObject({ status: 'cancelled' })
  })
})
