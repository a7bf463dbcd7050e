import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../../platform/events/testing.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { lettersTo } from '../../../platform/mail/letters.testing.ts'
import { testSmtp } from '../../../platform/mail/testing.ts'
import { timelinePage } from '../../contacts/testing.ts'
import { conversationSurroundings, conversationsRoom, provideConversationsPorts } from '../../conversations/index.ts'
import { providePrivacyPorts } from '../../privacy/index.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { bookingById } from '../find-booking.ts'
import { provideSchedulingPorts, schedulingRoom } from '../index.ts'
import { type TestPages, testPages } from '../public/testing.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { undoChange } from '../undo-change.ts'
import { approveRequest, declineRequest } from './answer-request.ts'

const test = await testDatabase()
const smtp = await testSmtp()
let pages: TestPages
let background: Background

beforeAll(async () => {
  providePrivacyPorts()
  provideConversationsPorts()
  provideSchedulingPorts()
  mailSettings.provide({ smtpUrl: smtp.url, from: { name: undefined, address: 'desk@desk.example.com' }, replies: undefined })
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example.com', files: undefined as never })
  background = await backgroundOf(test, {
    jobs: [sendMailJob, ...schedulingRoom.jobs, ...conversationsRoom.jobs],
    subscribers: [...schedulingRoom.subscribers, ...conversationsRoom.subscribers],
  })
  pages = await testPages(test)
  await test.asSuperuser('update service set approval = true, answer_minutes = 120')
})

const inside: TestPages['shop']['inside'] = (work) => pages.shop.inside(work)
const owner = () => pages.shop.owner
const ask = (start: string) => pages.shop.book({ start })
const now = ({ id }: { id: string }) => inside((tx) => bookingById(tx, id as never))
const letters = async ({ contact_id: contactId }: { contact_id: string }) =>
  (await lettersTo(test, pages.shop.workspaceId, contactId)).map(({ text, attachments }) => ({
    text: text.replace(/[\u2009\u202f\u00a0]/g, ' '),
    attachments,
  }))
const later = async (seconds: number) => {
  await background.settle()
  test.clock.advance({ seconds })
  await background.settle()
}
const claims = async ({ id }: { id: string }) =>
  (await test.asSuperuser('select active, expires_at from claim where booking_id = $1', [id])).rows

describe('a service that asks first', () => {
  it('takes what is booked on its page as a request: the time is held, and nobody is told that it stands', async () => {
    const request = await ask('2027-01-06T15:00:00Z')
    expect(request).toMatchObject({ status: 'pending', request_state: 'open' })
    expect(request.answer_by?.since(test.clock()).total('minutes')).toBe(120)
    await expect(ask('2027-01-06T15:00:00Z')).rejects.toMatchObject({ type: 'scheduling/slot-taken' })
    await background.settle()
    const [letter] = await letters(request)
    expect(letter?.text).toContain('It is not confirmed yet: we answer by')
    expect(letter?.attachments).toBe(0)
    const { rows } = await test
      .asSuperuser("select status from reminder where booking_id = $1 and state = 'planned'", [request.id])
      .catch(() => ({ rows: [] }))
    expect(rows).toEqual([])
  })

  it('confirms what members book at once', async () => {
    const { shop } = pages
    const { bookAppointment } = await import('../book-appointment.ts')
    const booking = await inside((tx) =>
      bookAppointment(tx, owner(), {
        serviceId: shop.service.id,
        start: Temporal.Instant.from('2027-01-06T16:00:00Z'),
        who: { name: 'Ann', email: 'ann@example.com' },
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: false,
        quiet: false,
        holdMinutes: null,
      }),
    )
    expect(booking).toMatchObject({ status: 'confirmed', request_state: null })
  })

  it('becomes a booking with a yes, of two who answer at once by one alone, and tells the customer with her calendar file', async () => {
    const request = await ask('2027-01-07T15:00:00Z')
    await background.settle()
    await expect(
      inside((tx) => approveRequest(tx, pages.shop.as.read_only, { bookingId: request.id, quiet: false })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
    const answers = await Promise.allSettled([
      inside((tx) => approveRequest(tx, owner(), { bookingId: request.id, quiet: false, version: request.version })),
      inside((tx) => declineRequest(tx, owner(), { bookingId: request.id, quiet: false, reason: null, version: request.version })),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const lost = answers.find((one) => one.status === 'rejected')
    expect(lost?.reason).toMatchObject({ type: 'scheduling/request-answered' })

    const other = await ask('2027-01-07T16:00:00Z')
    await background.settle()
    await inside((tx) => approveRequest(tx, owner(), { bookingId: other.id, quiet: false }))
    expect(await claims(other)).toEqual([{ active: true, expires_at: null }])
    await later(12)
    const letter = (await letters(other)).at(-1)
    expect(letter?.text).toContain('Your request is confirmed.')
    expect(letter?.attachments).toBeGreaterThan(0)
    const said = await inside((tx) => timelinePage(tx, owner(), { contactId: other.contact_id, limit: 20 } as never))
    expect(said.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['booking.requested', 'booking.approved']))
  })

  it('is free again with a no, whose reason is kept and mailed; taken back in time it is open again and nobody heard of it', async () => {
    const request = await ask('2027-01-08T15:00:00Z')
    await background.settle()
    const declined = await inside((tx) =>
      declineRequest(tx, owner(), { bookingId: request.id, quiet: false, reason: 'We are at a fair.', version: request.version }),
    )
    expect(declined).toMatchObject({ status: 'cancelled', request_state: 'declined', cancel_reason: 'We are at a fair.' })
    await later(5)
    const open = await inside((tx) => undoChange(tx, owner(), { bookingId: request.id }))
    expect(open).toMatchObject({ status: 'pending', request_state: 'open', cancel_reason: null })
    await later(15)
    expect(await letters(request)).toHaveLength(1)
    await inside((tx) => declineRequest(tx, owner(), { bookingId: request.id, quiet: false, reason: 'We are at a fair.' }))
    await later(15)
    const letter = (await letters(request)).at(-1)
    expect(letter?.text).toContain('We are at a fair.')
    expect(letter?.attachments).toBe(0)
    await expect(inside((tx) => undoChange(tx, owner(), { bookingId: request.id }))).rejects.toMatchObject({
      type: 'scheduling/nothing-to-undo',
    })
    expect(await ask('2027-01-08T15:00:00Z')).toMatchObject({ status: 'pending' })
  })

  it('a yes that is taken back in time leaves the request open, with the time held until its deadline', async () => {
    const request = await ask('2027-01-08T17:00:00Z')
    await background.settle()
    await inside((tx) => approveRequest(tx, owner(), { bookingId: request.id, quiet: false }))
    const open = await inside((tx) => undoChange(tx, owner(), { bookingId: request.id }))
    expect(open.status).toBe('pending')
    expect((await claims(request))[0]?.active).toBe(true)
    await later(15)
    expect(await letters(request)).toHaveLength(1)
  })

  it('ends without an answer: both are told, and the time is free even before the job ran', async () => {
    const request = await ask('2027-01-11T15:00:00Z')
    await background.settle()
    test.clock.advance({ minutes: 121 })
    const next = await ask('2027-01-11T15:00:00Z')
    expect(next.status).toBe('pending')
    await background.settle()
    expect(await now(request)).toMatchObject({ status: 'expired', request_state: 'expired' })
    expect((await letters(request)).at(-1)?.text).toContain('was not answered in time')
    await expect(inside((tx) => approveRequest(tx, owner(), { bookingId: request.id, quiet: false }))).rejects.toMatchObject({
      type: 'scheduling/request-answered',
    })
    await later(7300)
    expect(await now(next)).toMatchObject({ status: 'expired' })
    expect((await letters(next)).at(-1)?.text).toContain('was not answered in time')
  })

  it('asks again for a time that the customer moves to, and is withdrawn by her link without a word to calendars', async () => {
    const request = await ask('2027-01-12T15:00:00Z')
    await inside((tx) => approveRequest(tx, owner(), { bookingId: request.id, quiet: true }))
    const her = {
      kind: 'contact_link',
      workspaceId: pages.shop.workspaceId,
      contactId: request.contact_id,
      bookingId: request.id,
    } as const
    const moved = await inside((tx) =>
      rescheduleBooking(tx, her, {
        bookingId: request.id,
        start: Temporal.Instant.from('2027-01-12T17:00:00Z'),
        outsideHours: false,
        quiet: false,
      }),
    )
    expect(moved).toMatchObject({ status: 'pending', request_state: 'open' })
    await background.settle()
    expect((await letters(request)).at(-1)?.text).toContain('It is not confirmed yet')
    const withdrawn = await inside((tx) => cancelBooking(tx, her, { bookingId: moved.id, reason: null, quiet: false }))
    expect(withdrawn).toMatchObject({ status: 'cancelled', request_state: 'withdrawn' })
    await background.settle()
    expect((await letters(request)).at(-1)?.attachments).toBe(0)
  })
})

describe('the page of a service that asks first', () => {
  it('says so before and after, in every language', async () => {
    const { text } = await pages.open(`${pages.details}?start=2027-01-13T15:00:00Z`)
    expect(text).toContain('Ask for Wednesday')
    const path = await pages.bookOnPage('2027-01-13T15:00:00Z', { email: 'asks@example.com' })
    const page = (await pages.open(path)).text
    expect(page).toContain('not confirmed yet')
    expect(page).not.toContain('calendar.ics')
    for (const [languages, words] of [
      ['es', 'confirma cada cita'],
      ['fr', 'confirme chaque rendez-vous'],
    ] as const)
      expect((await pages.open(`${pages.details}?start=2027-01-13T16:00:00Z`, { languages })).text).toContain(words)
  })
})
