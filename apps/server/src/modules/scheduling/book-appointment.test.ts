import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { cancelBooking } from './cancel-booking.ts'
import { alternativesTo } from './offer-alternatives.ts'
import { type TestBusiness, testBusiness } from './testing.ts'
import { closeTime } from './time-off.ts'

const test = await testDatabase()
let salon: TestBusiness
beforeAll(async () => {
  salon = await testBusiness(test)
})

/** The slug of the refusal, or a failure. */
const refusalOf = async (act: Promise<unknown>): Promise<string> => {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error.type
  throw error ?? new Error('It was not refused.')
}

describe('refuses', () => {
  it.each([
    ['before the business opens', '2027-01-05T13:45:00Z', 'scheduling/slot-not-offered'],
    ['when it would last past closing', '2027-01-05T21:45:00Z', 'scheduling/slot-not-offered'],
    ['in the past', '2027-01-04T13:30:00Z', 'scheduling/slot-not-offered'],
    ['off the step', '2027-01-05T15:07:00Z', 'scheduling/slot-not-offered'],
    ['on a Sunday', '2027-01-10T15:00:00Z', 'scheduling/slot-not-offered'],
    ['beyond the horizon', '2027-06-01T15:00:00Z', 'scheduling/slot-not-offered'],
  ])('a start %s', async (_, start, slug) => {
    expect(await refusalOf(salon.book({ start }))).toBe(slug)
  })

  it('a second booking that overlaps by a quarter of an hour', async () => {
    await salon.book({ start: '2027-01-05T15:00:00Z' })
    expect(await refusalOf(salon.book({ start: '2027-01-05T15:15:00Z' }))).toBe('scheduling/slot-taken')
    expect(await refusalOf(salon.book({ start: '2027-01-05T14:45:00Z' }))).toBe('scheduling/slot-taken')
    await salon.book({ start: '2027-01-05T15:30:00Z' })
  })

  it('a visitor who leaves out what the service needs', async () => {
    const visit = await salon.newService({
      name: 'Home visit',
      place: { kind: 'at_customer', detail: null },
      phone: 'required',
      staffIds: [salon.ana],
    })
    const wish = { serviceId: visit.id, start: '2027-01-06T15:00:00Z' }
    expect(await refusalOf(salon.book(wish))).toBe('http/invalid-request')
    const booked = await salon.book({
      ...wish,
      who: { name: 'Bo', email: 'bo@example.com', phone: '(207) 555-0142' },
      placeDetail: '1 Elm Street',
    })
    expect(booked.place_detail).toBe('1 Elm Street')
  })

  it('a paused service, and a member of another workspace’s service', async () => {
    const paused = await salon.newService({ name: 'Paused', active: false, staffIds: [salon.ana] })
    expect(await refusalOf(salon.book({ serviceId: paused.id, start: '2027-01-06T16:00:00Z' }))).toBe('scheduling/service-closed')
    const other = await testBusiness(test)
    expect(await refusalOf(salon.book({ serviceId: other.service.id, start: '2027-01-06T16:00:00Z' }))).toBe('http/not-found')
  })

  it('a visitor who wants to book outside of the hours', async () => {
    expect(await refusalOf(salon.book({ start: '2027-01-06T02:00:00Z', outsideHours: true }))).toBe('http/not-allowed')
  })

  it('a time that was closed for everybody', async () => {
    const closed = await salon.inside((tx) =>
      closeTime(tx, salon.owner, {
        staffId: null,
        start: Temporal.Instant.from('2027-01-07T15:00:00Z'),
        end: Temporal.Instant.from('2027-01-07T16:00:00Z'),
        label: 'Fire drill',
      }),
    )
    expect(closed.bookingIds).toEqual([])
    expect(await refusalOf(salon.book({ start: '2027-01-07T15:30:00Z' }))).toBe('scheduling/slot-not-offered')
  })

  it('leaves no contact behind when it refuses', async () => {
    await refusalOf(salon.book({ start: '2027-01-10T15:00:00Z', who: { name: 'Ghost', email: 'ghost@example.com' } }))
    const { rowCount } = await test.asSuperuser(`select from contact_point where value_normalized = 'ghost@example.com'`)
    expect(rowCount).toBe(0)
  })
})

describe('a booking', () => {
  it('keeps instant, zone and wall clock, the price of the day, and starts a thread', async () => {
    const priced = await salon.newService({
      name: 'Whitening',
      price: { minor: '32000', currency: 'USD' },
      durationMinutes: 75,
      bufferAfterMinutes: 15,
      staffIds: [salon.ana],
    })
    const booked = await salon.book({ serviceId: priced.id, start: '2027-01-08T15:00:00Z', note: 'Sensitive upper left 🦷' })
    expect(booked).toMatchObject({
      status: 'confirmed',
      zone: 'America/New_York',
      wall_start: '2027-01-08T10:00',
      price_minor: 32000,
      currency: 'USD',
      thread_id: booked.id,
      sequence: 0,
      note: 'Sensitive upper left 🦷',
    })
    expect(booked.ends_at.toString()).toBe('2027-01-08T16:15:00Z')
    expect(booked.busy_until.toString()).toBe('2027-01-08T16:30:00Z')
  })

  it('is on the contact’s timeline and in the outbox, in the same transaction', async () => {
    const booked = await salon.book({ start: '2027-01-11T15:00:00Z' })
    const timeline = await test.asSuperuser('select kind, summary_values from timeline_event where subject_id = $1', [booked.id])
    expect(timeline.rows).toEqual([
      { kind: 'booking.confirmed', summary_values: { service: 'Cleaning and check-up', start: '2027-01-11T15:00:00Z' } },
    ])
    const events = await test.asSuperuser(`select payload from outbox where type = 'booking.confirmed' and payload->>'bookingId' = $1`, [
      booked.id,
    ])
    expect(events.rowCount).toBe(1)
  })

  it('never shows a contact’s name to whoever only knows her address', async () => {
    await salon.newContact('known@example.com', 'Siobhán Okonkwo')
    const booked = await salon.book({ start: '2027-01-11T16:00:00Z', who: { name: 'Somebody', email: 'KNOWN@example.com' } })
    expect(booked.booked_as).toBe('Somebody')
    const { rows } = await test.asSuperuser('select name from contact where id = $1', [booked.contact_id])
    expect(rows).toEqual([{ name: 'Siobhán Okonkwo' }])
  })

  it('frees its time when it is cancelled', async () => {
    const start = '2027-01-11T17:00:00Z'
    const booked = await salon.book({ start })
    await salon.inside((tx) => cancelBooking(tx, salon.owner, { bookingId: booked.id, reason: null, quiet: false }))
    await salon.book({ start })
  })

  it('may be made by a member outside of the hours, but not over another one', async () => {
    const early = { start: '2027-01-12T12:00:00Z', outsideHours: true } as const
    const contactId = await salon.newContact('early@example.com')
    const { bookAppointment } = await import('./book-appointment.ts')
    const bookEarly = () =>
      salon.inside((tx) =>
        bookAppointment(tx, salon.owner, {
          serviceId: salon.service.id,
          who: { contactId },
          note: null,
          placeDetail: null,
          source: 'member',
          quiet: true,
          holdMinutes: null,
          ...early,
          start: Temporal.Instant.from(early.start),
        }),
      )
    expect((await bookEarly()).source).toBe('member')
    expect(await refusalOf(bookEarly())).toBe('scheduling/slot-taken')
  })
})

describe('several people', () => {
  it('share bookings fairly, and each is asked in turn', async () => {
    const shop = await testBusiness(test)
    const ben = await shop.newStaff('Ben', shop.service.id)
    const cai = await shop.newStaff('Cai', shop.service.id)
    const counts = new Map([shop.ana, ben, cai].map((id) => [id, 0]))
    for (let index = 0; index < 12; index++) {
      const start = Temporal.Instant.from('2027-01-05T14:00:00Z').add({ minutes: 30 * index })
      const { staff_id } = await shop.book({ start })
      counts.set(staff_id, (counts.get(staff_id) ?? 0) + 1)
    }
    expect([...counts.values()]).toEqual([4, 4, 4])
  })

  it('can all be booked at one time, and no more', async () => {
    const shop = await testBusiness(test)
    await shop.newStaff('Ben', shop.service.id)
    const start = '2027-01-05T15:00:00Z'
    const first = await shop.book({ start })
    const second = await shop.book({ start })
    expect(first.staff_id).not.toBe(second.staff_id)
    expect(await refusalOf(shop.book({ start }))).toBe('scheduling/slot-taken')
  })

  it('are asked for by name', async () => {
    const shop = await testBusiness(test)
    const ben = await shop.newStaff('Ben', shop.service.id)
    const start = '2027-01-05T15:00:00Z'
    expect((await shop.book({ start, staffId: ben })).staff_id).toBe(ben)
    expect(await refusalOf(shop.book({ start, staffId: ben }))).toBe('scheduling/slot-taken')
    expect((await shop.book({ start })).staff_id).toBe(shop.ana)
  })
})

it('offers times that really book instead of a lost one', async () => {
  const shop = await testBusiness(test)
  const start = Temporal.Instant.from('2027-01-05T15:00:00Z')
  await shop.book({ start })
  const offers = await shop.inside((tx) => alternativesTo(tx, { serviceId: shop.service.id, start }))
  expect(offers).toHaveLength(6)
  for (const offer of offers) {
    const booked = await shop.book({ start: offer.start })
    await shop.inside((tx) => cancelBooking(tx, shop.owner, { bookingId: booked.id, reason: null, quiet: true }))
  }
})

it('keeps no card or Social Security number that a visitor typed, and tells the business that there was one [W1] [B1]', async () => {
  const booking = await salon.book({
    start: '2027-01-12T15:00:00Z',
    who: { name: 'Ana 4111 1111 1111 1111', email: 'pan@home.example' },
    note: 'Charge 5555 5555 5555 4444 please; my SSN is 219-45-6789, phone 212-555-0100',
    placeDetail: null,
  })
  expect(booking.note).toBe('Charge ••••4444 please; my SSN is ••••6789, phone 212-555-0100')
  const { rows } = await test.asSuperuser('select name from contact where id = $1', [booking.contact_id])
  expect(rows).toEqual([{ name: 'Ana ••••1111' }])
  const { rows: noted } = await test.asSuperuser('select kind from masked_number where contact_id = $1 order by kind', [booking.contact_id])
  expect(noted).toEqual([{ kind: 'card' }, { kind: 'ssn' }])
  const bearer = { kind: 'contact_link', workspaceId: salon.workspaceId, contactId: booking.contact_id, bookingId: booking.id } as const
  const cancelled = await salon.inside((tx) =>
    cancelBooking(tx, bearer, { bookingId: booking.id, reason: 'Refund to 4012888888881881', quiet: true }),
  )
  expect(cancelled.cancel_reason).toBe('Refund to ••••1881')
})
