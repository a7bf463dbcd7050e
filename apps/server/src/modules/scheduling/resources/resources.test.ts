import type { BookingId, ResourceId, ServiceNeed } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { bookAppointment } from '../book-appointment.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { confirmHold } from '../confirm-hold.ts'
import { expireHold } from '../expire-hold.ts'
import { explainClosed } from '../explain-closed.ts'
import { listBookings } from '../list-bookings.ts'
import { listSlots } from '../list-slots.ts'
import { setHours } from '../own-hours.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import type { ServiceRow } from '../service.tables.ts'
import { type TestBusiness, testBusiness } from '../testing.ts'
import { changeTimeOff, closeTime, listTimeOff } from '../time-off.ts'
import { undoChange } from '../undo-change.ts'
import { changeService } from '../write-service.ts'
import { resourceIdsOf } from './booked-resources.ts'
import { changeBookedResources } from './change-booked-resources.ts'
import { listResources } from './list-resources.ts'
import { moveResourceBookings } from './move-resource-bookings.ts'
import { addResource, archiveResource, changeResource, resourceById, restoreResource } from './write-resource.ts'

const test = await testDatabase()
let clinic: TestBusiness
let day = 0

type Setting = { service: ServiceRow; rooms: ResourceId[]; at: (time: string) => string }

const at = (instant: string) => Temporal.Instant.from(instant)

const newResource = async (name: string, kind: 'room' | 'equipment' = 'room'): Promise<ResourceId> =>
  (await clinic.inside((tx) => addResource(tx, clinic.owner, { name, kind, active: true }))).id

/** A service of half an hour that takes one of two rooms, two people who give it, and a working day of its own. */
async function setting(needs?: (rooms: ResourceId[]) => ServiceNeed[]): Promise<Setting> {
  const date = Temporal.PlainDate.from('2027-01-05').add({ days: day })
  day += date.dayOfWeek === 5 ? 3 : 1
  const rooms = [await newResource(`Room A${day}`), await newResource(`Room B${day}`)]
  const service = await clinic.newService({
    name: `Laser ${day}`,
    staffIds: [await clinic.newStaff('Ida'), await clinic.newStaff('Jo'), await clinic.newStaff('Kim')],
    needs: needs?.(rooms) ?? [{ resourceIds: rooms, required: 1 }],
  })
  return { service, rooms, at: (time) => `${date}T${time}:00-05:00` }
}

const refusalOf = async (act: Promise<unknown>): Promise<Refusal> => {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof Refusal) return error
  throw error ?? new Error('It was not refused.')
}

const roomOf = async (bookingId: BookingId) => (await clinic.inside((tx) => resourceIdsOf(tx, bookingId)))[0]

const startsOn = async ({ service, at: on }: Setting): Promise<string[]> => {
  const wish = { serviceId: service.id, from: at(on('00:00')), to: at(on('23:59')) }
  const { slots } = await clinic.inside((tx) => listSlots(tx, clinic.owner, wish))
  return slots.map(({ start }) => Temporal.Instant.from(start).toZonedDateTimeISO('America/New_York').toPlainTime().toString().slice(0, 5))
}

beforeAll(async () => {
  clinic = await testBusiness(test)
})

describe('a service that takes a room', () => {
  it('is booked into as many rooms as there are, not as many people', async () => {
    const { service, rooms, at: on } = await setting()
    const first = await clinic.book({ serviceId: service.id, start: on('10:00') })
    const second = await clinic.book({ serviceId: service.id, start: on('10:00') })
    expect([await roomOf(first.id), await roomOf(second.id)].sort()).toEqual([...rooms].sort())
    expect((await refusalOf(clinic.book({ serviceId: service.id, start: on('10:15') }))).type).toBe('scheduling/slot-taken')
  })

  it('is offered only while a room is free', async () => {
    const made = await setting()
    await clinic.book({ serviceId: made.service.id, start: made.at('10:00') })
    expect(await startsOn(made)).toContain('10:00')
    await clinic.book({ serviceId: made.service.id, start: made.at('10:00') })
    const starts = await startsOn(made)
    expect(starts).not.toContain('09:45')
    expect(starts).not.toContain('10:15')
    expect(starts).toContain('10:30')
  })

  it('says which room is booked until when, and hides whoever could come', async () => {
    const { service, rooms, at: on } = await setting()
    await clinic.book({ serviceId: service.id, start: on('10:00') })
    await clinic.book({ serviceId: service.id, start: on('10:00') })
    const why = await clinic.inside((tx) => explainClosed(tx, clinic.owner, { serviceId: service.id, start: at(on('10:15')) }))
    expect(why.open).toBe(false)
    expect(why.staff.some(({ open }) => open)).toBe(true)
    expect(why.resources.map(({ resourceId }) => resourceId).sort()).toEqual([...rooms].sort())
    for (const room of why.resources) {
      expect(room).toMatchObject({ open: false, inTheWay: true })
      expect(room.reasons[0]).toMatchObject({ code: 'busy', busyUntil: at(on('10:30')).toString() })
    }
  })

  it('says that one is not in the way while the other is free', async () => {
    const { service, at: on } = await setting()
    await clinic.book({ serviceId: service.id, start: on('10:00') })
    const why = await clinic.inside((tx) => explainClosed(tx, clinic.owner, { serviceId: service.id, start: at(on('10:00')) }))
    expect(why).toMatchObject({ open: true })
    expect(why.resources.filter(({ open }) => !open)).toMatchObject([{ inTheWay: false }])
  })

  it('cannot be booked while a room of it has to be had and is out of use', async () => {
    const made = await setting((rooms) => [{ resourceIds: rooms, required: 'all' }])
    const [room] = made.rooms
    if (!room) throw new Error('There is no room.')
    expect(await startsOn(made)).toContain('09:00')
    await clinic.inside((tx) => changeResource(tx, clinic.owner, { resourceId: room, version: 1, active: false }))
    expect(await startsOn(made)).toEqual([])
    const wish = { serviceId: made.service.id, start: made.at('10:00') }
    expect((await refusalOf(clinic.book(wish))).type).toBe('scheduling/slot-not-offered')
    const why = await clinic.inside((tx) => explainClosed(tx, clinic.owner, { ...wish, start: at(wish.start) }))
    expect(why.service).toContainEqual({ code: 'resource_missing' })
  })

  it('takes the device and one of the rooms, in one claim each', async () => {
    const laser = await newResource('Laser', 'equipment')
    const { service, at: on } = await setting((rooms) => [
      { resourceIds: [laser], required: 'all' },
      { resourceIds: rooms, required: 1 },
    ])
    const booked = await clinic.book({ serviceId: service.id, start: on('10:00') })
    expect(await clinic.inside((tx) => resourceIdsOf(tx, booked.id))).toHaveLength(2)
    // Rooms and people are free, the device is not.
    expect((await refusalOf(clinic.book({ serviceId: service.id, start: on('10:00') }))).type).toBe('scheduling/slot-taken')
    const { items } = await clinic.inside((tx) =>
      listBookings(tx, clinic.owner, { from: at(on('00:00')), to: at(on('23:59')), limit: 10, resourceId: laser }),
    )
    expect(items.map(({ id, resources }) => [id, resources.map(({ kind }) => kind)])).toEqual([[booked.id, ['room', 'equipment']]])
  })

  it('is offered within the hours of its room, and not while it is closed for repair', async () => {
    const made = await setting((rooms) => [{ resourceIds: rooms.slice(0, 1), required: 1 }])
    const [room] = made.rooms
    if (!room) throw new Error('There is no room.')
    const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '13:00', to: '16:00' }))
    await clinic.inside((tx) => setHours(tx, clinic.owner, { owner: { resourceId: room }, own: true, weekly, exceptions: [], version: 1 }))
    expect((await startsOn(made)).at(0)).toBe('13:00')
    expect((await startsOn(made)).at(-1)).toBe('15:30')
    const repair = { start: at(made.at('13:00')), end: at(made.at('15:00')), label: 'Repair' }
    const closed = await clinic.inside((tx) => closeTime(tx, clinic.owner, { staffId: null, resourceId: room, ...repair }))
    expect(closed).toMatchObject({ staffId: null, resourceId: room })
    expect((await startsOn(made)).at(0)).toBe('15:00')
    const why = await clinic.inside((tx) => explainClosed(tx, clinic.owner, { serviceId: made.service.id, start: at(made.at('14:00')) }))
    expect(why.resources[0]?.reasons[0]).toMatchObject({ code: 'time_off', busyUntil: at(made.at('15:00')).toString() })
    // It closes the room, and nobody else.
    expect(await startsOn({ ...made, service: clinic.service })).toContain('13:00')
  })

  it('is refused to a member too while no room is free, offered or not', async () => {
    const { service, at: on } = await setting()
    const wish = { serviceId: service.id, start: on('20:00'), outsideHours: true, source: 'member' as const }
    const book = () =>
      clinic.inside((tx) =>
        bookAppointment(tx, clinic.owner, {
          ...wish,
          start: at(wish.start),
          who: { name: 'Eve', email: 'eve@example.com' },
          note: null,
          placeDetail: null,
          quiet: true,
          holdMinutes: null,
        }),
      )
    await book()
    await book()
    expect((await refusalOf(book())).type).toBe('scheduling/slot-taken')
  })
})

describe('a booking with a room', () => {
  it('keeps its room when it moves, frees the old time, and gets it back when the move is undone', async () => {
    const made = await setting()
    const booked = await clinic.book({ serviceId: made.service.id, start: made.at('10:00') })
    const room = await roomOf(booked.id)
    const moved = await clinic.inside((tx) =>
      rescheduleBooking(tx, clinic.owner, { bookingId: booked.id, start: at(made.at('14:00')), outsideHours: false, quiet: true }),
    )
    expect(await roomOf(moved.id)).toBe(room)
    // Whoever comes now gets the room that is used less.
    const other = await clinic.book({ serviceId: made.service.id, start: made.at('10:00') })
    expect(await roomOf(other.id)).not.toBe(room)
    const back = await clinic.inside((tx) => undoChange(tx, clinic.owner, { bookingId: moved.id }))
    expect(await roomOf(back.id)).toBe(room)
  })

  it('gives its room back when it is cancelled, and takes it again only while it is free', async () => {
    const { service, at: on } = await setting((rooms) => [{ resourceIds: rooms.slice(0, 1), required: 1 }])
    const first = await clinic.book({ serviceId: service.id, start: on('10:00') })
    await clinic.inside((tx) => cancelBooking(tx, clinic.owner, { bookingId: first.id, reason: null, quiet: true }))
    await clinic.book({ serviceId: service.id, start: on('10:15') })
    expect((await refusalOf(clinic.inside((tx) => undoChange(tx, clinic.owner, { bookingId: first.id })))).type).toBe(
      'scheduling/slot-taken',
    )
  })

  it('holds its room until the hold runs out, and then frees it and the person together', async () => {
    const made = await setting((rooms) => [{ resourceIds: rooms.slice(0, 1), required: 1 }])
    const { service, at: on } = made
    const hold = await clinic.inside((tx) =>
      bookAppointment(tx, clinic.owner, {
        serviceId: service.id,
        start: at(on('10:00')),
        who: { name: 'Hal', email: 'hal@example.com' },
        note: null,
        placeDetail: null,
        source: 'member',
        outsideHours: false,
        quiet: true,
        holdMinutes: 5,
      }),
    )
    expect((await refusalOf(clinic.book({ serviceId: service.id, start: on('10:00') }))).type).toBe('scheduling/slot-taken')
    test.clock.advance({ minutes: 6 })
    expect(await startsOn(made)).toContain('10:00')
    // Whoever books the room frees the person of the hold as well.
    const booked = await clinic.book({ serviceId: service.id, start: on('10:00') })
    const active = await test.asSuperuser('select booking_id from claim where booking_id in ($1, $2) and active', [hold.id, booked.id])
    expect(active.rows.every((row) => row.booking_id === booked.id)).toBe(true)
    expect(active.rowCount).toBe(2)
    expect((await refusalOf(clinic.inside((tx) => confirmHold(tx, clinic.owner, { bookingId: hold.id, quiet: true })))).type).toBe(
      'scheduling/slot-taken',
    )
    expect(await clinic.inside((tx) => expireHold(tx, hold.id))).toBe(false)
  })

  it('changes its room for one that is free, and back', async () => {
    const { service, rooms, at: on } = await setting()
    const booked = await clinic.book({ serviceId: service.id, start: on('10:00') })
    const before = await roomOf(booked.id)
    const other = rooms.find((id) => id !== before)
    if (!before || !other) throw new Error('There is no other room.')
    const changed = await clinic.inside((tx) =>
      changeBookedResources(tx, clinic.owner, { bookingId: booked.id, resourceIds: [other], version: 1 }),
    )
    expect(await roomOf(changed.id)).toBe(other)
    expect(changed.version).toBe(2)
    await clinic.inside((tx) => changeBookedResources(tx, clinic.owner, { bookingId: booked.id, resourceIds: [before], version: 2 }))
    const second = await clinic.book({ serviceId: service.id, start: on('10:00') })
    const wish = { bookingId: second.id, resourceIds: [before] }
    expect((await refusalOf(clinic.inside((tx) => changeBookedResources(tx, clinic.owner, wish)))).type).toBe('scheduling/resource-taken')
    const nothing = { bookingId: second.id, resourceIds: [] }
    expect((await refusalOf(clinic.inside((tx) => changeBookedResources(tx, clinic.owner, nothing)))).type).toBe('http/invalid-request')
  })

  it('is held by the database: no second active claim on the room, and none on nobody', async () => {
    const { service, rooms, at: on } = await setting()
    const booked = await clinic.book({ serviceId: service.id, start: on('10:00') })
    const other = await clinic.book({ serviceId: service.id, start: on('11:00') })
    const room = await roomOf(booked.id)
    await expect(
      test.asSuperuser(
        'update claim set busy_from = $2, busy_until = $3, claimed_id = $4, resource_id = $4 where booking_id = $1 and resource_id is not null',
        [other.id, booked.busy_from.toString(), booked.busy_until.toString(), room],
      ),
    ).rejects.toThrow(/no_double_booking/)
    await expect(test.asSuperuser('update claim set staff_id = null where booking_id = $1', [booked.id])).rejects.toThrow(/claim_on_one/)
    expect(rooms).toContain(room)
  })
})

describe('putting a room away', () => {
  it('is refused while bookings are ahead, with how many, and done once they were moved', async () => {
    const { service, rooms, at: on } = await setting()
    const bookings = [
      await clinic.book({ serviceId: service.id, start: on('10:00') }),
      await clinic.book({ serviceId: service.id, start: on('11:00') }),
    ]
    const [room, other] = rooms
    if (!room || !other) throw new Error('There are no rooms.')
    for (const { id } of bookings)
      await clinic.inside((tx) => changeBookedResources(tx, clinic.owner, { bookingId: id, resourceIds: [room] }))
    const away = () => clinic.inside(async (tx) => archiveResource(tx, clinic.owner, room, (await resourceById(tx, room)).version))
    const refusal = await refusalOf(away())
    expect([refusal.type, refusal.facts.bookings]).toEqual(['scheduling/resource-has-bookings', 2])
    // Somebody is in the other one at eleven already.
    const third = await clinic.book({ serviceId: service.id, start: on('11:00') })
    expect(await roomOf(third.id)).toBe(other)
    const first = await clinic.inside((tx) => moveResourceBookings(tx, clinic.owner, { resourceId: room, toResourceId: other }))
    expect(first).toEqual({ movedIds: [bookings[0]?.id], leftIds: [bookings[1]?.id] })
    await clinic.inside((tx) => cancelBooking(tx, clinic.owner, { bookingId: third.id, reason: null, quiet: true }))
    const rest = await clinic.inside((tx) => moveResourceBookings(tx, clinic.owner, { resourceId: room, toResourceId: other }))
    expect(rest).toEqual({ movedIds: [bookings[1]?.id], leftIds: [] })
    expect((await away()).archived_at).not.toBeNull()
    const { items } = await clinic.inside((tx) => listResources(tx, clinic.owner, { limit: 200, archived: false }))
    expect(items.map(({ id }) => id)).not.toContain(room)
    // The service goes on with the other one.
    expect(await startsOn({ service, rooms, at: on })).toContain('14:00')
    await clinic.inside((tx) => restoreResource(tx, clinic.owner, room))
    const { items: again } = await clinic.inside((tx) => listResources(tx, clinic.owner, { limit: 200, archived: false }))
    expect(again.find(({ id }) => id === room)?.serviceIds).toEqual([service.id])
  })

  it('is refused while a service cannot be given without it', async () => {
    const { service, rooms } = await setting((all) => [{ resourceIds: all, required: 'all' }])
    const [room] = rooms
    if (!room) throw new Error('There is no room.')
    const refusal = await refusalOf(clinic.inside((tx) => archiveResource(tx, clinic.owner, room, 1)))
    expect([refusal.type, refusal.facts.services]).toEqual(['scheduling/resource-needed', [service.name]])
    await clinic.inside((tx) => changeService(tx, clinic.owner, { serviceId: service.id, version: 1, needs: [] }))
    await clinic.inside((tx) => archiveResource(tx, clinic.owner, room, 1))
  })
})

describe('refuses', () => {
  it('a need for what is not there, a time off of a person and a room at once, and an outdated version', async () => {
    const { rooms, at: on } = await setting()
    const [room] = rooms
    if (!room) throw new Error('There is no room.')
    const other = await testBusiness(test)
    const foreign = (await other.inside((tx) => addResource(tx, other.owner, { name: 'Elsewhere', kind: 'room', active: true }))).id
    const service = clinic.newService({ name: 'Foreign', needs: [{ resourceIds: [foreign], required: 1 }] })
    expect((await refusalOf(service)).type).toBe('http/invalid-request')
    const twice = clinic.newService({ name: 'Twice', needs: [room, room].map((id) => ({ resourceIds: [id], required: 1 })) })
    expect((await refusalOf(twice)).type).toBe('http/invalid-request')
    const both = { staffId: clinic.ana, resourceId: room, start: at(on('10:00')), end: at(on('11:00')), label: null }
    expect((await refusalOf(clinic.inside((tx) => closeTime(tx, clinic.owner, both)))).type).toBe('http/invalid-request')
    const stale = clinic.inside((tx) => changeResource(tx, clinic.owner, { resourceId: room, version: 7, name: 'Room Z' }))
    expect((await refusalOf(stale)).type).toBe('http/version-mismatch')
  })

  it('whoever may not manage rooms', async () => {
    const member = clinic.as.member
    expect((await refusalOf(clinic.inside((tx) => addResource(tx, member, { name: 'Den', kind: 'room', active: true })))).type).toBe(
      'http/not-allowed',
    )
    await clinic.inside((tx) => listResources(tx, member, { limit: 10, archived: false }))
  })
})

it('a closed time goes over from a room to a person when it is changed, and each is listed apart', async () => {
  const { rooms, at: on } = await setting()
  const [room] = rooms
  if (!room) throw new Error('There is no room.')
  const span = { start: at(on('10:00')), end: at(on('11:00')) }
  const closed = await clinic.inside((tx) => closeTime(tx, clinic.owner, { staffId: null, resourceId: room, ...span, label: null }))
  const stretch = { from: at(on('00:00')), to: at(on('23:59')), limit: 50 }
  const listed = async (wish: { resourceId?: ResourceId; staffId?: typeof clinic.ana }) =>
    (await clinic.inside((tx) => listTimeOff(tx, clinic.owner, { ...stretch, ...wish }))).items.map(({ id }) => id)
  expect(await listed({ resourceId: room })).toEqual([closed.id])
  expect(await listed({ staffId: clinic.ana })).toEqual([])
  await clinic.inside((tx) => changeTimeOff(tx, clinic.owner, { timeOffId: closed.id, version: 1, staffId: clinic.ana }))
  expect(await listed({ resourceId: room })).toEqual([])
  expect(await listed({ staffId: clinic.ana })).toEqual([closed.id])
})
