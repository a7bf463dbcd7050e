/**
 * Rooms, devices and people taken together, by many at once. Small here; `npm run prove -- resource-storm` keeps 40 at it for a minute, and asks more made-up businesses
 * whether every offer can be booked and every refusal says why.
 */
import type { BookingId, ResourceId, ServiceId, StaffId } from '@frontdesk/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../apps/server/src/modules/scheduling/book-appointment.ts'
import { cancelBooking } from '../../apps/server/src/modules/scheduling/cancel-booking.ts'
import { confirmHold } from '../../apps/server/src/modules/scheduling/confirm-hold.ts'
import { expireHold } from '../../apps/server/src/modules/scheduling/expire-hold.ts'
import { explainClosed } from '../../apps/server/src/modules/scheduling/explain-closed.ts'
import { listSlots } from '../../apps/server/src/modules/scheduling/list-slots.ts'
import { setHours } from '../../apps/server/src/modules/scheduling/own-hours.ts'
import { rescheduleBooking } from '../../apps/server/src/modules/scheduling/reschedule-booking.ts'
import { resourceIdsOf } from '../../apps/server/src/modules/scheduling/resources/booked-resources.ts'
import { changeBookedResources } from '../../apps/server/src/modules/scheduling/resources/change-booked-resources.ts'
import { asWritten, unmeetable } from '../../apps/server/src/modules/scheduling/resources/needs.rules.ts'
import { addResource, changeResource } from '../../apps/server/src/modules/scheduling/resources/write-resource.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { closeTime, openTime } from '../../apps/server/src/modules/scheduling/time-off.ts'
import { undoChange } from '../../apps/server/src/modules/scheduling/undo-change.ts'
import { type Database, openDatabase, type WorkspaceTx } from '../../apps/server/src/platform/database/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { Refusal } from '../../apps/server/src/platform/errors/index.ts'
import { sized } from '../setup/sizes.ts'

const size = { workers: sized(12, 40), seconds: sized(4, 60), businesses: sized(8, 60) }

const test = await testDatabase()
/** Many connections, as the foundation promises it with. */
let database: Database
beforeAll(() => {
  database = openDatabase({ url: test.urls.app, keys: test.keys, clock: test.clock, connections: size.workers })
})
afterAll(() => database.close())

const at = (instant: string): Temporal.Instant => Temporal.Instant.from(instant)
/** Days of the week after the one in which the clock stands. */
const dayStart = at('2027-01-12T14:00:00Z')

/** A small generator, so that a storm that failed can be asked for again. */
function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(chance: () => number, from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]

type Shop = { readonly business: TestBusiness; readonly services: readonly ServiceId[]; readonly resources: readonly ResourceId[] }

/** Three people, three rooms, five chairs, two devices; services that take one room, two of five chairs with a device, and a room and a device that others want too. */
async function openShop(): Promise<Shop> {
  const business = await testBusiness(test)
  const staffIds: StaffId[] = [business.ana, await business.newStaff('Ben'), await business.newStaff('Cleo')]
  const named = async (name: string, kind: 'room' | 'equipment'): Promise<ResourceId> =>
    (await business.inside((tx) => addResource(tx, business.owner, { name, kind, active: true }))).id
  const several = (count: number, name: string, kind: 'room' | 'equipment') =>
    Promise.all(Array.from({ length: count }, (_, index) => named(`${name} ${index + 1}`, kind)))
  const [rooms, chairs, devices] = [
    await several(3, 'Room', 'room'),
    await several(5, 'Chair', 'room'),
    await several(2, 'Device', 'equipment'),
  ]
  const first = devices.slice(0, 1)
  const drafts = [
    { name: 'Talk', durationMinutes: 30, needs: [{ resourceIds: rooms, required: 1 }] },
    {
      name: 'Treatment',
      durationMinutes: 45,
      bufferAfterMinutes: 15,
      needs: [
        { resourceIds: chairs, required: 2 },
        { resourceIds: devices, required: 1 },
      ],
    },
    {
      name: 'Laser',
      durationMinutes: 60,
      bufferBeforeMinutes: 15,
      needs: [
        { resourceIds: [...rooms, ...chairs], required: 1 },
        { resourceIds: first, required: 'all' as const },
      ],
    },
  ]
  const services: ServiceId[] = []
  for (const draft of drafts) services.push((await business.newService({ ...draft, staffIds })).id)
  return { business, services, resources: [...rooms, ...chairs, ...devices] }
}

const overlapsOf = async ({ workspaceId }: TestBusiness): Promise<number> => {
  const { rows } = await test.asSuperuser(
    `select count(*)::int as pairs from claim a join claim b on a.workspace_id = b.workspace_id and a.claimed_id = b.claimed_id and a.id < b.id and a.during && b.during
     where a.workspace_id = $1 and a.active and b.active`,
    [workspaceId],
  )
  return rows[0].pairs
}

/** Bookings whose active claims are not exactly a person and all that their service takes, and those that are over and still hold something. */
const wrongClaims = async ({ workspaceId }: TestBusiness) => {
  const { rows } = await test.asSuperuser(
    `with needed as (
       select s.id, 1 + coalesce((select sum(coalesce(n.required, (select count(*) from service_need_member m where m.need_id = n.id)))
         from service_need n where n.service_id = s.id), 0) as claims from service s where s.workspace_id = $1)
     select b.id, b.status, count(c.id) filter (where c.active) as active, n.claims from booking b join needed n on n.id = b.service_id
     left join claim c on c.booking_id = b.id where b.workspace_id = $1
     group by b.id, b.status, n.claims
     having count(c.id) filter (where c.active) <> case when b.status in ('held', 'pending', 'confirmed') then n.claims else 0 end`,
    [workspaceId],
  )
  return rows
}

const deadlocks = async (): Promise<number> => {
  const { rows } = await test.asSuperuser('select deadlocks::int from pg_stat_database where datname = current_database()')
  return rows[0].deadlocks
}

/** What may be answered to somebody who comes too late. */
const fair = new Set([
  'scheduling/slot-taken',
  'scheduling/slot-not-offered',
  'scheduling/resource-taken',
  'scheduling/booking-changed',
  'scheduling/booking-over',
  'scheduling/already-cancelled',
  'scheduling/nothing-to-undo',
  'http/version-mismatch',
])

type Desk = { readonly inside: <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>; readonly business: TestBusiness }

const wishOf = (serviceId: ServiceId, start: Temporal.Instant, who: string, holdMinutes: number | null) => ({
  serviceId,
  start,
  who: { name: who, email: `${who.toLowerCase().replaceAll(' ', '.')}@example.com` },
  note: null,
  placeDetail: null,
  source: holdMinutes === null ? ('page' as const) : ('member' as const),
  outsideHours: false,
  quiet: true,
  holdMinutes,
})

/** Whether a start can be booked at this moment; what was booked to find out is taken back. */
async function canBook({ inside, business }: Desk, serviceId: ServiceId, start: string): Promise<true | string> {
  const undone = new Error('taken back')
  try {
    await inside(async (tx) => {
      await bookAppointment(tx, business.visitor, wishOf(serviceId, at(start), 'Somebody Who Asks', null))
      throw undone
    })
  } catch (error) {
    if (error === undone) return true
    if (error instanceof Refusal) return error.type
    throw error
  }
  return 'nothing'
}

/** Every start on the quarter-hour grid of a day is either offered and can be booked, or is refused with a reason that somebody can act on. */
async function judgeDay(desk: Desk, serviceId: ServiceId, from: Temporal.Instant, hours: number, everyMinutes: number): Promise<string[]> {
  const { inside, business } = desk
  const to = from.add({ hours })
  const { slots } = await inside((tx) => listSlots(tx, business.owner, { serviceId, from, to }))
  const offered = new Set(slots.map(({ start }) => at(start).epochMilliseconds))
  const wrong: string[] = []
  for (let start = from; Temporal.Instant.compare(start, to) < 0; start = start.add({ minutes: everyMinutes })) {
    const said = await canBook(desk, serviceId, start.toString())
    const why = await inside((tx) => explainClosed(tx, business.owner, { serviceId, start }))
    const isOffered = offered.has(start.epochMilliseconds)
    if (isOffered !== (said === true)) wrong.push(`${start} is ${isOffered ? '' : 'not '}offered, and booking it says ${said}`)
    if (why.open !== isOffered)
      wrong.push(`${start} is ${isOffered ? '' : 'not '}offered, and explained as ${why.open ? 'open' : 'closed'}`)
    if (said !== true && said !== 'scheduling/slot-taken' && said !== 'scheduling/slot-not-offered')
      wrong.push(`${start} is refused by ${said}`)
    const nobody = why.staff.every(({ open, reasons }) => !open && reasons.length > 0)
    const nowhere = why.resources.some(({ inTheWay, reasons }) => inTheWay && reasons.length > 0)
    if (!why.open && why.service.length === 0 && !nobody && !nowhere) wrong.push(`${start} is closed without a reason`)
  }
  return wrong
}

describe('a storm over people, rooms and devices', () => {
  it(`${size.workers} workers for ${size.seconds} s: nothing twice, nothing half, no deadlock that anybody sees, nothing lost`, async () => {
    const { business, services, resources } = await openShop()
    const { owner, visitor, workspaceId } = business
    const inside: Desk['inside'] = (work) => database.inWorkspace(workspaceId, work)
    const live: BookingId[] = []
    const holds: BookingId[] = []
    const closed: string[] = []
    const counts = new Map<string, number>()
    const unfair: unknown[] = []
    const until = performance.now() + size.seconds * 1000
    const startsOf = (chance: () => number) =>
      dayStart.add({ hours: 24 * Math.floor(chance() * 2), minutes: 15 * Math.floor(chance() * 32) })
    const taken = (list: BookingId[], chance: () => number): BookingId | undefined => {
      const [id] = list.splice(Math.floor(chance() * list.length), 1)
      return id
    }

    const acts: readonly (readonly [number, string, (chance: () => number, who: string) => Promise<unknown>])[] = [
      [
        30,
        'book',
        async (chance, who) => {
          const wish = wishOf(pick(chance, services) as ServiceId, startsOf(chance), who, null)
          live.push((await inside((tx) => bookAppointment(tx, visitor, wish))).id)
        },
      ],
      [
        22,
        'hold',
        async (chance, who) => {
          const wish = wishOf(pick(chance, services) as ServiceId, startsOf(chance), who, 1)
          holds.push((await inside((tx) => bookAppointment(tx, owner, wish))).id)
        },
      ],
      [
        8,
        'confirm',
        async (chance) => {
          const id = taken(holds, chance)
          if (!id) return
          await inside((tx) => confirmHold(tx, owner, { bookingId: id, quiet: true }))
          live.push(id)
        },
      ],
      [
        6,
        'expire',
        async (chance) => {
          const id = pick(chance, holds)
          if (id) await inside((tx) => expireHold(tx, id))
        },
      ],
      [
        16,
        'move',
        async (chance) => {
          const id = taken(live, chance)
          if (!id) return
          // Where it is refused the booking stays as it is.
          live.push(id)
          const moved = await inside((tx) =>
            rescheduleBooking(tx, owner, { bookingId: id, start: startsOf(chance), outsideHours: chance() < 0.2, quiet: true }),
          )
          live.push(moved.id)
          if (chance() < 0.3) live.push((await inside((tx) => undoChange(tx, owner, { bookingId: moved.id }))).id)
        },
      ],
      [
        10,
        'change',
        async (chance) => {
          const id = pick(chance, live)
          if (!id) return
          const has = await inside((tx) => resourceIdsOf(tx, id))
          const other = pick(chance, resources)
          const wanted = has.map((one, index) => (index === 0 && other && !has.includes(other) ? other : one))
          await inside((tx) => changeBookedResources(tx, owner, { bookingId: id, resourceIds: wanted }))
        },
      ],
      [
        12,
        'cancel',
        async (chance) => {
          const id = taken(live, chance)
          if (!id) return
          await inside((tx) => cancelBooking(tx, owner, { bookingId: id, reason: null, quiet: true }))
          if (chance() < 0.3) {
            await inside((tx) => undoChange(tx, owner, { bookingId: id }))
            live.push(id)
          }
        },
      ],
      [
        2,
        'close',
        async (chance) => {
          const resourceId = pick(chance, resources) ?? null
          const start = startsOf(chance)
          const off = await inside((tx) =>
            closeTime(tx, owner, { staffId: null, resourceId, start, end: start.add({ minutes: 30 }), label: null }),
          )
          closed.push(off.id)
        },
      ],
      [
        2,
        'open',
        async () => {
          const id = closed.pop()
          if (id) await inside((tx) => openTime(tx, owner, id))
        },
      ],
    ]
    const sum = acts.reduce((all, [weight]) => all + weight, 0)
    const act = async (chance: () => number, who: string): Promise<void> => {
      let left = chance() * sum
      const chosen = acts.find(([weight]) => {
        left -= weight
        return left < 0
      })
      if (!chosen) return
      const [, name, run] = chosen
      const note = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
      try {
        await run(chance, who)
        note(name)
      } catch (error) {
        if (error instanceof Refusal && (fair.has(error.type) || (name === 'change' && error.type === 'http/invalid-request')))
          note(`${name} refused`)
        else unfair.push(error)
      }
    }
    const worker = async (number: number): Promise<void> => {
      const chance = chanceFrom(1000 + number)
      for (let turn = 0; performance.now() < until && unfair.length === 0; turn++) await act(chance, `Worker ${number} Turn ${turn}`)
    }
    // Time goes on meanwhile, so that holds run out under everybody's hands.
    const clock = setInterval(() => test.clock.advance({ seconds: 10 }), 250)
    try {
      await Promise.all(Array.from({ length: size.workers }, (_, number) => worker(number)))
    } finally {
      clearInterval(clock)
    }

    expect(unfair).toEqual([])
    for (const name of ['book', 'hold', 'move', 'cancel', 'book refused']) expect(counts.get(name) ?? 0, name).toBeGreaterThan(0)
    expect(await overlapsOf(business)).toBe(0)
    expect(await wrongClaims(business)).toEqual([])
    console.info(`${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}; deadlocks solved inside: ${await deadlocks()}`)

    // Nothing is lost: after every hold ran out, each time the engine says is free can be had, and each other one says why not.
    test.clock.advance({ minutes: 2 })
    const desk = { inside, business }
    const wrong: string[] = []
    for (const serviceId of services) wrong.push(...(await judgeDay(desk, serviceId, dayStart, sized(4, 8), 15)))
    expect(wrong).toEqual([])
    expect(await overlapsOf(business)).toBe(0)
  })
})

/** A made-up business: how many people, rooms and devices, what the service takes, their hours, what is closed, and what is booked already. */
const aBusiness = fc.record({
  people: fc.integer({ min: 1, max: 3 }),
  rooms: fc.integer({ min: 1, max: 4 }),
  needs: fc.array(
    fc.record({
      members: fc.uniqueArray(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }),
      required: fc.constantFrom('all' as const, 1, 2),
    }),
    {
      maxLength: 3,
    },
  ),
  minutes: fc.constantFrom(15, 30, 45),
  before: fc.constantFrom(0, 15),
  after: fc.constantFrom(0, 10),
  outOfUse: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 4 }),
  lateRoom: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
  repairs: fc.array(fc.record({ room: fc.nat({ max: 3 }), at: fc.nat({ max: 12 }), quarters: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 3,
  }),
  booked: fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
})

it(`in ${size.businesses} made-up businesses every offered start can be booked at once, and every other one says why not`, async () => {
  let made = 0
  await fc.assert(
    fc.asyncProperty(aBusiness, async (facts) => {
      test.clock.set('2027-01-04T14:00:00Z')
      const business = await testBusiness(test)
      const { inside, owner, visitor } = business
      made += 1
      const staffIds: StaffId[] = [business.ana]
      for (let extra = 1; extra < facts.people; extra++) staffIds.push(await business.newStaff(`Person ${extra}`))
      const rooms: ResourceId[] = []
      for (let room = 0; room < facts.rooms; room++)
        rooms.push((await inside((tx) => addResource(tx, owner, { name: `Room ${room}`, kind: 'room', active: true }))).id)
      const roomAt = (index: number): ResourceId => rooms[index % rooms.length] as ResourceId
      const needs = facts.needs.map(({ members, required }) => {
        const resourceIds = [...new Set(members.map(roomAt))]
        return { resourceIds, required: required === 'all' ? required : Math.min(required, resourceIds.length) }
      })
      // More than there is can be taken by nobody, and is refused when it is written down.
      if (unmeetable(needs.map(asWritten))) needs.splice(1)
      const service = await business.newService({
        name: `Made up ${made}`,
        durationMinutes: facts.minutes,
        bufferBeforeMinutes: facts.before,
        bufferAfterMinutes: facts.after,
        staffIds,
        needs,
      })
      const { lateRoom, outOfUse } = facts
      if (lateRoom !== undefined) {
        const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '10:00', to: '24:00' }))
        await inside((tx) =>
          setHours(tx, owner, { owner: { resourceId: roomAt(lateRoom) }, own: true, weekly, exceptions: [], version: 1 }),
        )
      }
      const start = (quarter: number) => dayStart.add({ minutes: 15 * quarter })
      for (const repair of facts.repairs) {
        const span = { start: start(repair.at), end: start(repair.at + repair.quarters), label: 'Repair' }
        await inside((tx) => closeTime(tx, owner, { staffId: null, resourceId: roomAt(repair.room), ...span }))
      }
      for (const [index, quarter] of facts.booked.entries())
        await inside((tx) => bookAppointment(tx, visitor, wishOf(service.id, start(quarter), `Guest ${made} ${index}`, null))).catch(
          (error: unknown) => {
            if (!(error instanceof Refusal)) throw error
          },
        )
      if (outOfUse !== undefined)
        await inside(async (tx) => {
          const id = roomAt(outOfUse)
          const { version } = await tx.db.selectFrom('resource').select('version').where('id', '=', id).executeTakeFirstOrThrow()
          await changeResource(tx, owner, { resourceId: id, version, active: false })
        })
      expect(await judgeDay({ inside, business }, service.id, dayStart.subtract({ minutes: 30 }), 4, 15)).toEqual([])
      expect(await overlapsOf(business)).toBe(0)
    }),
    { numRuns: size.businesses, endOnFailure: true },
  )
})
