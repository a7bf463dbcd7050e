import ICAL from 'ical.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../platform/events/testing.ts'
import { mailSettings, sendMailJob } from '../../platform/mail/index.ts'
import { type ReceivedMail, testSmtp } from '../../platform/mail/testing.ts'
import { conversationSurroundings, conversationsRoom, provideConversationsPorts } from '../conversations/index.ts'
import { providePrivacyPorts } from '../privacy/index.ts'
import { bookAppointment } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { cancelBooking } from './cancel-booking.ts'
import { provideSchedulingPorts } from './index.ts'
import { schedulingJobs, tellContactJob } from './jobs.ts'
import { rescheduleBooking } from './reschedule-booking.ts'
import { type TestBusiness, testBusiness } from './testing.ts'
import { undoChange } from './undo-change.ts'

const test = await testDatabase()
const smtp = await testSmtp()
let shop: TestBusiness
let background: Background

beforeAll(async () => {
  providePrivacyPorts()
  provideConversationsPorts()
  provideSchedulingPorts()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: undefined, address: 'desk@desk.example.com' }, replies: undefined })
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example.com', files: undefined as never })
  background = await backgroundOf(test, { jobs: [...schedulingJobs, sendMailJob, ...conversationsRoom.jobs] })
  shop = await testBusiness(test)
})

/** Everything that was mailed since the last look, to a customer or to the business. */
let seen = 0
async function arrived(): Promise<{ customer: ReceivedMail[]; business: ReceivedMail[] }> {
  const failed = (await background.settle()).filter((job) => job.outcome === 'failed')
  expect(failed).toEqual([])
  const fresh = smtp.received.slice(seen)
  seen = smtp.received.length
  const toBusiness = (mail: ReceivedMail) => mail.to.includes('owner@salon.example')
  return { customer: fresh.filter((mail) => !toBusiness(mail)), business: fresh.filter(toBusiness) }
}

function calendarIn(mail: ReceivedMail | undefined) {
  const part = mail?.parsed.attachments.find((attachment) => attachment.mimeType === 'text/calendar')
  if (!part) throw new Error('The mail has no calendar file.')
  const text = typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content)
  const calendar = new ICAL.Component(ICAL.parse(text))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
  return { method: calendar.getFirstPropertyValue('method'), event }
}

/** Formats put narrow spaces where a plain one reads the same. */
const plain = (text = ''): string => text.replace(/[\u2009\u202f\u00a0]/g, ' ')

let visitor = 0
const person = (more = {}) => {
  visitor += 1
  return { name: `Zoë ${visitor}`, email: `zoe${visitor}@Example.com`, ...more }
}
const move = (booking: BookingRow, start: string) =>
  shop.inside((tx) =>
    rescheduleBooking(tx, shop.owner, { bookingId: booking.id, start: Temporal.Instant.from(start), outsideHours: false, quiet: false }),
  )

describe('nobody is written to', () => {
  it('who gave no address', async () => {
    await shop.inside((tx) =>
      bookAppointment(tx, shop.owner, {
        serviceId: shop.service.id,
        start: Temporal.Instant.from('2027-01-05T14:00:00Z'),
        who: { name: 'Only a phone', phone: '(207) 555-0177' },
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: false,
        quiet: false,
        holdMinutes: null,
      }),
    )
    expect((await arrived()).customer).toEqual([])
  })

  it('about a quiet change, but whoever gives the service is', async () => {
    await shop.book({ start: '2027-01-05T15:00:00Z', who: person(), quiet: true })
    const { customer, business } = await arrived()
    expect(customer).toEqual([])
    expect(business).toHaveLength(1)
  })

  it('about a move that was taken back within seconds', async () => {
    const booked = await shop.book({ start: '2027-01-05T16:00:00Z', who: person() })
    expect((await arrived()).customer).toHaveLength(1)
    const moved = await move(booked, '2027-01-05T17:00:00Z')
    await shop.inside((tx) => undoChange(tx, shop.owner, { bookingId: moved.id }))
    test.clock.advance({ seconds: 11 })
    expect((await arrived()).customer).toEqual([])
  })

  it('about a cancellation that was taken back within seconds', async () => {
    const booked = await shop.book({ start: '2027-01-05T18:00:00Z', who: person() })
    expect((await arrived()).customer).toHaveLength(1)
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: booked.id, reason: null, quiet: false }))
    await shop.inside((tx) => undoChange(tx, shop.owner, { bookingId: booked.id }))
    test.clock.advance({ seconds: 11 })
    expect((await arrived()).customer).toEqual([])
  })

  it('twice, when the job runs again', async () => {
    const booked = await shop.book({ start: '2027-01-05T19:00:00Z', who: person() })
    expect((await arrived()).customer).toHaveLength(1)
    const again = {
      workspaceId: shop.workspaceId,
      by: { kind: 'system', workspaceId: shop.workspaceId, job: 'test' },
      inWorkspace: shop.inside,
    } as const
    await tellContactJob.run({ ...again, database: test.database } as never, { bookingId: booked.id, sequence: 0, news: 'confirmed' })
    expect((await arrived()).customer).toEqual([])
  })
})

describe('a confirmation', () => {
  it('reaches the address that was typed, with a calendar file and a link that opens the booking', async () => {
    const who = person({ zone: 'America/Denver', locale: 'en-US' })
    const booked = await shop.book({ start: '2027-01-06T15:00:00Z', who })
    const { customer, business } = await arrived()
    expect(customer).toHaveLength(1)
    const [mail] = customer
    expect(mail?.to).toEqual([who.email.toLowerCase()]) // a domain has no case
    expect(plain(mail?.parsed.subject)).toBe('Cleaning and check-up on Jan 6, 2027, 8:00 AM at Salon Ana')
    expect(plain(mail?.parsed.text)).toContain('Wednesday, January 6, 2027, 8:00 – 8:30 AM (Mountain Time, Denver)')
    expect(plain(mail?.parsed.text)).toContain('Jan 6, 2027, 10:00 AM (Eastern Time, New York)')
    expect(plain(mail?.parsed.text)).toContain('18 Wharf Street, Portland, Maine')
    const token = /https:\/\/desk\.example\.com\/m\/([\w-]+)/.exec(mail?.parsed.text ?? '')?.[1] ?? ''
    const link = test.keys.verifyLink(token, 'booking', test.clock())
    expect(link).toMatchObject({ valid: true, link: { subjectId: booked.thread_id } })

    const { method, event } = calendarIn(mail)
    expect(method).toBe('REQUEST')
    expect(event.uid).toBe(booked.thread_id)
    expect(event.sequence).toBe(0)
    expect(event.startDate.toString()).toBe('2027-01-06T15:00:00Z')
    expect(String(event.organizer).toLowerCase()).toBe('mailto:desk@desk.example.com')
    expect(business[0]?.parsed.subject).toContain('New booking')
  })

  it('speaks the customer’s language', async () => {
    await shop.book({ start: '2027-01-06T16:00:00Z', who: person({ zone: 'Europe/Madrid', locale: 'es-ES' }) })
    const [mail] = (await arrived()).customer
    expect(plain(mail?.parsed.subject)).toMatch(/^Cleaning and check-up el 6 ene 2027, 17:00 en Salon Ana$/)
    expect(plain(mail?.parsed.text)).toContain('Tu cita está reservada')
    expect(mail?.parsed.html).toContain('lang="es-ES"')
  })
})

it('a move and a cancellation change the same entry of her calendar, with a growing sequence', async () => {
  const who = person()
  const booked = await shop.book({ start: '2027-01-07T15:00:00Z', who })
  expect(calendarIn((await arrived()).customer[0]).event.sequence).toBe(0)

  const moved = await move(booked, '2027-01-07T17:00:00Z')
  expect((await arrived()).customer).toEqual([]) // a member may take it back for some seconds
  test.clock.advance({ seconds: 11 })
  const [news] = (await arrived()).customer
  expect(news?.parsed.subject).toMatch(/^New time: /)
  expect(plain(news?.parsed.text)).toContain('Thursday, January 7, 2027 at 10:00 AM') // the time before
  const second = calendarIn(news)
  expect([second.method, second.event.uid, second.event.sequence]).toEqual(['REQUEST', booked.thread_id, 1])
  expect(second.event.startDate.toString()).toBe('2027-01-07T17:00:00Z')

  const bearer = { kind: 'contact_link', workspaceId: shop.workspaceId, contactId: booked.contact_id, bookingId: moved.id } as const
  await shop.inside((tx) => cancelBooking(tx, bearer, { bookingId: moved.id, reason: 'Flu', quiet: false }))
  const { customer, business } = await arrived()
  const third = calendarIn(customer[0])
  expect([third.method, third.event.uid, third.event.sequence]).toEqual(['CANCEL', booked.thread_id, 2])
  expect(customer[0]?.parsed.text).toContain('You have cancelled your appointment')
  expect(business[0]?.parsed.text).toContain('Flu')
  // One conversation, one thread of mails.
  expect(customer[0]?.parsed.references).toContain(news?.parsed.messageId)
})
