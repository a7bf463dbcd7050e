import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { standingOf } from '../privacy/index.ts'
import { bookAppointment } from './book-appointment.ts'
import type { BookingRow } from './booking.tables.ts'
import { cancelBooking } from './cancel-booking.ts'
import { confirmHold } from './confirm-hold.ts'
import { expireHold } from './expire-hold.ts'
import { bookingById } from './find-booking.ts'
import { recordOutcome } from './record-outcome.ts'
import { rescheduleBooking } from './reschedule-booking.ts'
import { type TestBusiness, testBusiness } from './testing.ts'
import { undoChange } from './undo-change.ts'

const test = await testDatabase()
let shop: TestBusiness
beforeAll(async () => {
  shop = await testBusiness(test)
})

const at = (text: string) => Temporal.Instant.from(text)
const refusalOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.type
      throw error
    },
  )
const bearer = (booking: BookingRow) =>
  ({ kind: 'contact_link', workspaceId: shop.workspaceId, contactId: booking.contact_id, bookingId: booking.id }) as const
const move = (booking: BookingRow, start: string, more: Partial<Parameters<typeof rescheduleBooking>[2]> = {}) =>
  shop.inside((tx) =>
    rescheduleBooking(tx, shop.owner, { bookingId: booking.id, start: at(start), outsideHours: false, quiet: false, ...more }),
  )
const cancel = (booking: BookingRow, version?: number) =>
  shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: booking.id, reason: null, quiet: false, version }))
const hold = (start: string) =>
  shop.inside(async (tx) =>
    bookAppointment(tx, shop.owner, {
      serviceId: shop.service.id,
      start: at(start),
      who: { name: 'On the phone', phone: '(207) 555-0199' },
      note: null,
      placeDetail: null,
      source: 'member',
      outsideHours: false,
      quiet: false,
      holdMinutes: 10,
    }),
  )
const now = (booking: BookingRow) => shop.inside((tx) => bookingById(tx, booking.id))

describe('moving', () => {
  it('is refused onto another booking, and the old time is kept', async () => {
    const booked = await shop.book({ start: '2027-01-05T14:00:00Z' })
    await shop.book({ start: '2027-01-05T15:00:00Z' })
    expect(await refusalOf(move(booked, '2027-01-05T15:00:00Z'))).toBe('scheduling/slot-taken')
    expect((await now(booked)).status).toBe('confirmed')
    expect(await refusalOf(shop.book({ start: '2027-01-05T14:00:00Z' }))).toBe('scheduling/slot-taken')
  })

  it('is refused to whoever read an older version', async () => {
    const booked = await shop.book({ start: '2027-01-05T16:00:00Z' })
    expect(await refusalOf(move(booked, '2027-01-05T17:00:00Z', { version: 7 }))).toBe('http/version-mismatch')
  })

  it('is refused twice: the second one hears that it was moved', async () => {
    const booked = await shop.book({ start: '2027-01-05T18:00:00Z' })
    await move(booked, '2027-01-05T19:00:00Z')
    expect(await refusalOf(move(booked, '2027-01-05T20:00:00Z'))).toBe('scheduling/booking-changed')
    expect(await refusalOf(cancel(booked))).toBe('scheduling/booking-changed')
  })

  it('of one booking by two at once moves it once', async () => {
    const booked = await shop.book({ start: '2027-01-06T14:00:00Z' })
    const results = await Promise.all([refusalOf(move(booked, '2027-01-06T15:00:00Z')), refusalOf(move(booked, '2027-01-06T16:00:00Z'))])
    expect(results.toSorted()).toEqual(['done', 'scheduling/booking-changed'])
  })

  it('is too late for the customer, not for the business', async () => {
    const soon = await shop.book({ start: '2027-01-05T20:00:00Z' })
    const wish = { bookingId: soon.id, start: at('2027-01-07T15:00:00Z'), outsideHours: false, quiet: false }
    test.clock.set('2027-01-04T21:00:00Z')
    expect(await refusalOf(shop.inside((tx) => rescheduleBooking(tx, bearer(soon), wish)))).toBe('scheduling/too-late-to-change')
    expect(await refusalOf(shop.inside((tx) => cancelBooking(tx, bearer(soon), { bookingId: soon.id, reason: null, quiet: false })))).toBe(
      'scheduling/too-late-to-change',
    )
    expect((await move(soon, '2027-01-07T15:00:00Z')).status).toBe('confirmed')
    test.clock.set('2027-01-04T14:00:00Z')
  })

  it('makes a new booking that points back, and frees the old time', async () => {
    const booked = await shop.book({ start: '2027-01-08T14:00:00Z', note: 'Keep me' })
    const moved = await move(booked, '2027-01-08T14:15:00Z') // overlaps itself, which is fine
    expect(moved).toMatchObject({
      previous_id: booked.id,
      thread_id: booked.id,
      sequence: 1,
      status: 'confirmed',
      note: 'Keep me',
      version: 1,
    })
    expect((await now(booked)).status).toBe('rescheduled')
    const again = await move(moved, '2027-01-08T16:00:00Z')
    expect(again).toMatchObject({ previous_id: moved.id, thread_id: booked.id, sequence: 2 })
    await shop.book({ start: '2027-01-08T14:00:00Z' })
  })

  it('by the customer keeps the person where she is free', async () => {
    const ben = await shop.newStaff('Ben', shop.service.id)
    const booked = await shop.book({ start: '2027-01-11T14:00:00Z', staffId: ben })
    const moved = await shop.inside((tx) =>
      rescheduleBooking(tx, bearer(booked), { bookingId: booked.id, start: at('2027-01-11T16:00:00Z'), outsideHours: false, quiet: false }),
    )
    expect(moved.staff_id).toBe(ben)
    await shop.book({ start: '2027-01-11T18:00:00Z', staffId: ben })
    const other = await shop.inside((tx) =>
      rescheduleBooking(tx, bearer(moved), { bookingId: moved.id, start: at('2027-01-11T18:00:00Z'), outsideHours: false, quiet: false }),
    )
    expect(other.staff_id).toBe(shop.ana)
  })
})

describe('cancelling and what came of it', () => {
  it('is refused a second time', async () => {
    const booked = await shop.book({ start: '2027-01-12T14:00:00Z' })
    expect((await cancel(booked)).cancelled_by).toBe('member')
    expect(await refusalOf(cancel(booked))).toBe('scheduling/already-cancelled')
  })

  it('cannot be noted before it began, and can be corrected after', async () => {
    const booked = await shop.book({ start: '2027-01-12T15:00:00Z' })
    const note = (outcome: 'attended' | 'no_show') => shop.inside((tx) => recordOutcome(tx, shop.owner, { bookingId: booked.id, outcome }))
    expect(await refusalOf(note('attended'))).toBe('scheduling/not-started')
    test.clock.set('2027-01-12T15:10:00Z')
    expect((await note('no_show')).status).toBe('no_show')
    expect((await note('attended')).status).toBe('attended')
    expect(await refusalOf(cancel(booked))).toBe('scheduling/booking-over')
    test.clock.set('2027-01-04T14:00:00Z')
  })
})

describe('undo', () => {
  const undo = (booking: BookingRow) => shop.inside((tx) => undoChange(tx, shop.owner, { bookingId: booking.id }))

  it('has nothing to take back on a fresh booking', async () => {
    expect(await refusalOf(undo(await shop.book({ start: '2027-01-13T14:00:00Z' })))).toBe('scheduling/nothing-to-undo')
  })

  it('does not bring a cancelled booking back over somebody else', async () => {
    const booked = await shop.book({ start: '2027-01-13T15:00:00Z', staffId: shop.ana })
    await cancel(booked)
    await shop.book({ start: '2027-01-13T15:15:00Z', staffId: shop.ana })
    expect(await refusalOf(undo(booked))).toBe('scheduling/slot-taken')
    expect((await now(booked)).status).toBe('cancelled')
  })

  it('brings a cancelled booking back with a higher sequence, and its time is taken again', async () => {
    const booked = await shop.book({ start: '2027-01-13T17:00:00Z', staffId: shop.ana })
    await cancel(booked)
    expect(await undo(booked)).toMatchObject({ id: booked.id, status: 'confirmed', sequence: 2, cancelled_by: null })
    expect(await refusalOf(shop.book({ start: '2027-01-13T17:00:00Z', staffId: shop.ana }))).toBe('scheduling/slot-taken')
  })

  it('moves a moved booking back', async () => {
    const booked = await shop.book({ start: '2027-01-13T19:00:00Z', staffId: shop.ana })
    const moved = await move(booked, '2027-01-13T20:00:00Z')
    const back = await undo(moved)
    expect(back).toMatchObject({ thread_id: booked.id, previous_id: moved.id, staff_id: shop.ana, sequence: 2 })
    expect(back.starts_at.toString()).toBe('2027-01-13T19:00:00Z')
  })
})

describe('a hold', () => {
  it('keeps its time until it runs out, and then whoever comes first frees it', async () => {
    const held = await hold('2027-01-14T14:00:00Z')
    expect(held.status).toBe('held')
    const wish = { start: '2027-01-14T14:00:00Z', staffId: held.staff_id }
    expect(await refusalOf(shop.book(wish))).toBe('scheduling/slot-taken')
    test.clock.advance({ minutes: 11 })
    await shop.book(wish)
    expect((await now(held)).status).toBe('expired')
    expect(await refusalOf(shop.inside((tx) => confirmHold(tx, shop.owner, { bookingId: held.id, quiet: false })))).toBe(
      'scheduling/slot-taken',
    )
  })

  it('is ended by its job, not before its time', async () => {
    const held = await hold('2027-01-14T15:00:00Z')
    expect(await shop.inside((tx) => expireHold(tx, held.id))).toBe(false)
    test.clock.advance({ minutes: 11 })
    expect(await shop.inside((tx) => expireHold(tx, held.id))).toBe(true)
    expect((await now(held)).status).toBe('expired')
    expect(await shop.inside((tx) => expireHold(tx, held.id))).toBe(false)
  })

  it('becomes a booking, even a moment too late while nobody took its time', async () => {
    const held = await hold('2027-01-14T16:00:00Z')
    test.clock.advance({ minutes: 11 })
    const confirmed = await shop.inside((tx) => confirmHold(tx, shop.owner, { bookingId: held.id, quiet: false }))
    expect(confirmed).toMatchObject({ status: 'confirmed', held_until: null })
    expect(await refusalOf(shop.book({ start: '2027-01-14T16:00:00Z', staffId: held.staff_id }))).toBe('scheduling/slot-taken')
  })
})

describe('the clocks of the relationship', () => {
  const clocks = async ({ contact_id: contactId }: BookingRow) => (await shop.inside((tx) => standingOf(tx, contactId, null))).dealings

  it('run from the booking as an inquiry, and from the visit once she came; not from one she missed', async () => {
    const booked = await shop.book({ start: '2027-01-18T15:00:00Z', staffId: shop.ana })
    const asked = test.clock()
    expect(await clocks(booked)).toEqual({ lastInquiryAt: asked, lastTransactionAt: null })
    test.clock.set('2027-01-18T16:00:00Z')
    const note = (outcome: 'attended' | 'no_show') => shop.inside((tx) => recordOutcome(tx, shop.owner, { bookingId: booked.id, outcome }))
    await note('attended')
    expect((await clocks(booked)).lastTransactionAt).toEqual(booked.starts_at)
    await note('no_show')
    expect((await clocks(booked)).lastTransactionAt).toBeNull()
    await note('attended')
    await shop.inside((tx) => undoChange(tx, shop.owner, { bookingId: booked.id }))
    expect(await clocks(booked)).toEqual({ lastInquiryAt: asked, lastTransactionAt: null })
  })
})
