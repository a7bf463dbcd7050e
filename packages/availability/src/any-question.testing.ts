import fc from 'fast-check'
import type { AvailabilityQuery, Busy, Host, HostGroup, HostLimit, Hours, ServiceRules } from './types.ts'
import type { VisitQuery, VisitStep } from './visit.ts'

/** Questions made by chance for the tests: two days around a moment, facts in whole minutes, every rule of the engine in some of them. */

const minute = 60_000

/** Zones whose clocks are odd in some way. */
export const zonesOfNote = [
  ...[
    'UTC',
    'America/New_York',
    'Europe/London',
    'Africa/Cairo',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Asia/Beirut',
    'America/Havana',
  ],
  ...['Asia/Kathmandu', 'Pacific/Chatham', 'America/St_Johns', 'Africa/Casablanca', 'Pacific/Kiritimati', 'Antarctica/Troll', 'Asia/Gaza'],
]
const skills = ['colour', 'cut']
const places = ['north', 'south', 'river']

const quarter = fc
  .integer({ min: 0, max: 95 })
  .map((count) => `${String(Math.floor(count / 4)).padStart(2, '0')}:${String((count % 4) * 15).padStart(2, '0')}`)
const block = fc.record({ start: quarter, end: fc.oneof(quarter, fc.constant('24:00')) }).filter(({ start, end }) => start !== end)
const sometimes = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined, freq: 2 })
const lengths = (most: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max: most }))

const hoursIn = (zone: string, around: Temporal.Instant): fc.Arbitrary<Hours> =>
  fc.record({
    zone: fc.constant(zone),
    weekly: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 7 }), block), { minLength: 3, maxLength: 14 })
      .map((list) => list.map(([weekday, hours]) => ({ weekday, ...hours }))),
    exceptions: fc.array(
      fc.record({
        date: fc.integer({ min: -1, max: 3 }).map((days) => around.toZonedDateTimeISO(zone).toPlainDate().add({ days })),
        blocks: fc.array(block, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
  })

/** Taken times around the range; some are bookings, and of those some lie weeks away, where only the limits of a month see them. */
const busyAround = (from: Temporal.Instant): fc.Arbitrary<Busy> =>
  fc
    .record({
      start: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: -600, max: 3400 }) },
        { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
      ),
      length: fc.integer({ min: 0, max: 300 }),
      before: lengths(20),
      after: lengths(20),
      units: sometimes(fc.integer({ min: 1, max: 3 })),
      booked: fc.boolean(),
      place: sometimes(fc.constantFrom(...places)),
    })
    .map(({ start, length, before, after, units, booked, place }) => {
      const at = (minutes: number) => Math.floor(from.epochMilliseconds / minute + minutes) * minute
      const booking = { startMs: at(start), endMs: at(start + length), ...(place === undefined ? {} : { place }) }
      return {
        startMs: at(start - before),
        endMs: at(start + length + after),
        ...(units === undefined ? {} : { units }),
        ...(booked ? { booking } : {}),
      }
    })

const limit: fc.Arbitrary<HostLimit> = fc.record(
  {
    per: fc.constantFrom('day', 'week', 'month'),
    bookings: fc.integer({ min: 0, max: 4 }),
    minutes: fc.integer({ min: 0, max: 900 }),
    weekStart: fc.integer({ min: 1, max: 7 }),
  },
  { requiredKeys: ['per'] },
)

const hostIn = (id: string, zone: string, from: Temporal.Instant): fc.Arbitrary<Host> =>
  fc
    .record({
      hours: hoursIn(zone, from),
      busy: fc.array(busyAround(from), { maxLength: 6 }),
      skills: sometimes(fc.subarray(skills)),
      capacity: sometimes(fc.integer({ min: 1, max: 4 })),
      limits: sometimes(fc.array(limit, { maxLength: 2 })),
    })
    .map(({ skills, capacity, limits, ...rest }) => ({
      id,
      ...rest,
      ...(skills ? { skills } : {}),
      ...(capacity ? { capacity } : {}),
      ...(limits ? { limits } : {}),
    }))

const service = (zone: string): fc.Arbitrary<ServiceRules> =>
  fc.record(
    {
      durationMinutes: fc.integer({ min: 1, max: 240 }),
      stepMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 50, 60, 90),
      bufferBeforeMinutes: lengths(60),
      bufferAfterMinutes: lengths(60),
      minimumNoticeMinutes: lengths(600),
      horizonDays: fc.integer({ min: 0, max: 4 }),
      zone: fc.constant(zone),
      place: fc.constantFrom(...places),
      skills: fc.subarray(skills),
      units: fc.constantFrom(1, 1, 1, 2),
    },
    { requiredKeys: ['durationMinutes', 'stepMinutes'] },
  )

const group = (ids: readonly string[]): fc.Arbitrary<HostGroup> =>
  fc
    .record({
      members: fc.subarray([...ids], { minLength: 1 }),
      required: fc.constantFrom<'all' | number>('all', 1, 1, 2),
      skills: sometimes(fc.subarray(skills)),
    })
    .map(({ skills, ...rest }) => ({ ...rest, ...(skills ? { skills } : {}) }))

/** Minutes between places; a way out may be longer than the way back, and one may be cut off. */
const travel = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(Number.POSITIVE_INFINITY)), { minLength: 9, maxLength: 9 })
  .map((minutes) => (from: string, to: string) => minutes[places.indexOf(from) * 3 + places.indexOf(to)] ?? 0)

/** A question about two days around a moment, with one host in the zone of that moment and two elsewhere. */
export const anyQuestion = (around: Temporal.ZonedDateTime): fc.Arbitrary<AvailabilityQuery> =>
  fc
    .tuple(fc.constantFrom(...zonesOfNote), fc.constantFrom(...zonesOfNote), fc.integer({ min: -36, max: 12 }))
    .chain(([second, third, hours]) => {
      const from = around.toInstant().add({ hours })
      return fc
        .record({
          hosts: fc.tuple(hostIn('a', around.timeZoneId, from), hostIn('b', second, from), hostIn('c', third, from)),
          groups: sometimes(fc.array(group(['a', 'b', 'c']), { minLength: 1, maxLength: 2 })),
          service: service(third),
          travelMinutes: sometimes(travel),
          from: fc.constant(from),
          to: fc.constant(from.add({ hours: 48 })),
          now: fc.integer({ min: -4000, max: 600 }).map((minutes) => from.add({ minutes })),
        })
        .map(({ groups, travelMinutes, ...rest }) => ({
          ...rest,
          ...(groups ? { groups } : {}),
          ...(travelMinutes ? { travelMinutes } : {}),
        }))
    })

const gap = fc
  .tuple(fc.constantFrom(0, 0, 5), fc.integer({ min: 0, max: 12 }))
  .map(([least, more]) => ({ ...(least ? { least } : {}), most: least + more }))

const step: fc.Arbitrary<VisitStep> = fc
  .record({
    service: fc.record(
      {
        durationMinutes: fc.integer({ min: 5, max: 90 }),
        bufferBeforeMinutes: lengths(20),
        bufferAfterMinutes: lengths(20),
        skills: fc.subarray(skills, { maxLength: 1 }),
      },
      { requiredKeys: ['durationMinutes'] },
    ),
    groups: sometimes(
      fc.array(
        fc.oneof(
          group(['a', 'b', 'c']),
          fc
            .tuple(group(['a', 'b', 'c']), fc.constantFrom('stylist', 'chair'))
            .map(([one, keep]) => ({ ...one, required: 1 as const, keep })),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    ),
    gap: sometimes(gap),
  })
  .map(({ service, groups, gap }) => ({ service, ...(groups ? { groups } : {}), ...(gap ? { gap } : {}) }))

/** Half of the hosts of visits have long days and few rules of their own, so that several services in a row find room. */
const atEase = (host: Host): Host => ({
  id: host.id,
  hours: {
    ...host.hours,
    weekly: [...host.hours.weekly, ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '07:00', end: '21:00' }))],
  },
  busy: host.busy.slice(0, 3),
  skills,
})

/** A question about visits of one to three services, on a day and a half around a moment. */
export const anyVisit = (around: Temporal.ZonedDateTime): fc.Arbitrary<VisitQuery> =>
  fc
    .tuple(anyQuestion(around), fc.array(step, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([{ hosts, service, from, now, travelMinutes }, steps, easy]) => {
      const { stepMinutes, minimumNoticeMinutes, horizonDays, place } = service
      return {
        hosts: easy ? hosts.map(atEase) : hosts,
        steps,
        rules: {
          stepMinutes,
          zone: around.timeZoneId,
          ...(minimumNoticeMinutes === undefined ? {} : { minimumNoticeMinutes }),
          ...(horizonDays === undefined || easy ? {} : { horizonDays }),
          ...(place === undefined ? {} : { place }),
        },
        from,
        to: from.add({ hours: 36 }),
        now,
        ...(travelMinutes ? { travelMinutes } : {}),
      }
    })
