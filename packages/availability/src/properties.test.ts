import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closedPieces, explainSlot } from './explain.ts'
import { freeSlots } from './free-slots.ts'
import { blocksByTemporal, slotsByTemporal } from './temporal-oracle.fixture.ts'
import type { AvailabilityQuery, Busy, Hours } from './types.ts'

const minute = 60_000
const zones = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Beirut',
  'America/Havana',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Kiritimati',
  'Antarctica/Troll',
  'Asia/Gaza',
]

/** Two days around a transition of the zone, or around any day where it has none. */
const rangeIn = (zone: string) =>
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -36, max: 12 })).map(([which, hours]) => {
    let at = Temporal.ZonedDateTime.from(`2026-01-15T12:00[${zone}]`)
    for (let step = 0; step <= which; step++) at = at.getTimeZoneTransition('next') ?? at
    const from = at.add({ hours })
    return { from: from.toInstant(), to: from.add({ hours: 48 }).toInstant() }
  })

const quarter = fc
  .integer({ min: 0, max: 95 })
  .map((count) => `${String(Math.floor(count / 4)).padStart(2, '0')}:${String((count % 4) * 15).padStart(2, '0')}`)
const block = fc.record({ start: quarter, end: fc.oneof(quarter, fc.constant('24:00')) }).filter(({ start, end }) => start !== end)
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
const busyAround = (from: Temporal.Instant): fc.Arbitrary<Busy[]> =>
  fc.array(
    fc.tuple(fc.integer({ min: -600, max: 3400 }), fc.integer({ min: 0, max: 300 })).map(([start, length]) => ({
      startMs: Math.floor(from.epochMilliseconds / minute + start) * minute,
      endMs: Math.floor(from.epochMilliseconds / minute + start + length) * minute,
    })),
    { maxLength: 6 },
  )
const lengths = (most: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max: most }))

const question: fc.Arbitrary<AvailabilityQuery> = fc
  .tuple(fc.constantFrom(...zones), fc.constantFrom(...zones), fc.constantFrom(...zones))
  .chain(([one, two, third]) =>
    rangeIn(one).chain(({ from, to }) =>
      fc.record({
        hosts: fc.tuple(hoursIn(one, from), hoursIn(two, from), busyAround(from), busyAround(from)).map(([a, b, busyA, busyB]) => [
          { id: 'a', hours: a, busy: busyA },
          { id: 'b', hours: b, busy: busyB },
        ]),
        service: fc.record(
          {
            durationMinutes: fc.integer({ min: 1, max: 240 }),
            stepMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 50, 60, 90),
            bufferBeforeMinutes: lengths(60),
            bufferAfterMinutes: lengths(60),
            minimumNoticeMinutes: lengths(600),
            horizonDays: fc.integer({ min: 0, max: 4 }),
            zone: fc.constant(third),
          },
          { requiredKeys: ['durationMinutes', 'stepMinutes'] },
        ),
        from: fc.constant(from),
        to: fc.constant(to),
        now: fc.integer({ min: -4000, max: 600 }).map((minutes) => from.add({ minutes })),
      }),
    ),
  )

describe('any question', () => {
  it('has the same slots as a minute-by-minute search with Temporal', () => {
    fc.assert(
      fc.property(question, (query) => {
        const ours = freeSlots(query).map(({ startMs, hostIds }) => ({ startMs, hostIds: [...hostIds] }))
        expect(ours).toEqual(slotsByTemporal(query))
      }),
      { numRuns: 150 },
    )
  })

  it('never offers what overlaps a busy time with its buffers, or lies outside the hours, the notice or the range', () => {
    fc.assert(
      fc.property(question, (query) => {
        const { service } = query
        const from = query.from.epochMilliseconds
        const to = query.to.epochMilliseconds
        const slots = freeSlots(query)
        expect(slots.every((slot, index) => index === 0 || slots[index - 1]!.startMs < slot.startMs)).toBe(true)
        const open = new Map(query.hosts.map((host) => [host.id, blocksByTemporal(host.hours, from, to + 240 * minute)]))
        for (const { startMs, endMs, hostIds } of slots) {
          expect(endMs - startMs).toBe(service.durationMinutes * minute)
          expect(
            startMs >= from && startMs < to && startMs >= query.now.epochMilliseconds + (service.minimumNoticeMinutes ?? 0) * minute,
          ).toBe(true)
          for (const host of query.hosts.filter((one) => hostIds.includes(one.id))) {
            const claim = [
              startMs - (service.bufferBeforeMinutes ?? 0) * minute,
              endMs + (service.bufferAfterMinutes ?? 0) * minute,
            ] as const
            expect(host.busy.some((busy) => busy.startMs < busy.endMs && busy.startMs < claim[1] && claim[0] < busy.endMs)).toBe(false)
            const inHours = (at: number) => open.get(host.id)!.some(([start, end]) => start <= at && at < end)
            expect(inHours(startMs) && inHours(endMs - 1)).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('gives a reason exactly where it gives no start', () => {
    fc.assert(
      fc.property(question, (query) => {
        const pieces = closedPieces(query)
        const slots = freeSlots(query)
        for (const host of query.hosts) {
          const own = pieces.filter((piece) => piece.hostId === host.id)
          expect(own.every((piece, index) => piece.startMs < piece.endMs && (index === 0 || own[index - 1]!.endMs <= piece.startMs))).toBe(
            true,
          )
          expect(own.every((piece) => piece.reasons.length > 0)).toBe(true)
          const closed = (at: number) => own.some((piece) => piece.startMs <= at && at < piece.endMs)
          const starts = new Set(slots.filter((slot) => slot.hostIds.includes(host.id)).map((slot) => slot.startMs))
          // A step of one minute makes every possible start a slot, so that closed and possible must be complements.
          const possible = new Set(
            freeSlots({ ...query, hosts: [host], service: { ...query.service, stepMinutes: 1 } }).map((slot) => slot.startMs),
          )
          expect(starts.isSubsetOf(possible)).toBe(true)
          for (let at = Math.ceil(query.from.epochMilliseconds / minute) * minute; at < query.to.epochMilliseconds; at += minute) {
            if (closed(at) === possible.has(at))
              expect.fail(`${host.id} at ${new Date(at).toISOString()}: closed ${closed(at)}, possible ${possible.has(at)}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('explains a single start as it offers it', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 2879 }), (query, minutes) => {
        const { from, to, ...rest } = query
        const start = Temporal.Instant.fromEpochMilliseconds(Math.ceil(from.epochMilliseconds / minute + minutes) * minute)
        const answer = explainSlot(rest, start)
        const slot = freeSlots({ ...rest, from: start, to: start.add({ milliseconds: 1 }) })[0]
        expect(answer.open).toBe(slot !== undefined)
        expect(answer.hostIds).toEqual(slot?.hostIds ?? [])
        expect(answer.closed.map((host) => host.hostId)).toEqual(
          query.hosts.map((host) => host.id).filter((id) => !answer.hostIds.includes(id)),
        )
        expect(to.epochMilliseconds).toBeGreaterThan(from.epochMilliseconds)
      }),
      { numRuns: 500 },
    )
  })
})
