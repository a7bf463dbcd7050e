import { describe, expect, it } from 'vitest'
import { closedPieces, explainSlot } from './explain.ts'
import { freeSlots } from './free-slots.ts'
import type { AvailabilityQuery, Busy, Host, HostLimit } from './types.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const ms = (text: string) => instant(text).epochMilliseconds
/** A booking in UTC on 24 April 2026, a Friday, unless another date is written. */
const booking = (from: string, to: string, place?: string): Busy => {
  const at = (time: string) => ms(time.length > 5 ? `${time}Z` : `2026-04-24T${time}Z`)
  return { startMs: at(from), endMs: at(to), booking: { startMs: at(from), endMs: at(to), ...(place ? { place } : {}) } }
}
const daily = (zone: string, start: string, end: string) => ({
  zone,
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start, end })),
})
const ann: Host = { id: 'ann', hours: daily('UTC', '09:00', '13:00'), busy: [] }
const friday: AvailabilityQuery = {
  hosts: [ann],
  service: { durationMinutes: 60, stepMinutes: 60 },
  from: instant('2026-04-24T00:00Z'),
  to: instant('2026-04-25T00:00Z'),
  now: instant('2026-04-01T12:00Z'),
}
const times = (query: AvailabilityQuery) => freeSlots(query).map((slot) => new Date(slot.startMs).toISOString().slice(11, 16))
const why = (query: AvailabilityQuery, start: string) => explainSlot(query, instant(`2026-04-24T${start}Z`)).closed[0]?.reasons

describe('what makes no sense', () => {
  it.each<[string, Partial<Host>]>([
    ['bad_host', { capacity: 0 }],
    ['bad_host', { capacity: 1.5 }],
    ['bad_host', { limits: [{ per: 'day', bookings: -1 }] }],
    ['bad_host', { limits: [{ per: 'week', minutes: 10, weekStart: 8 }] }],
    ['bad_busy', { busy: [{ ...booking('09:00', '10:00'), units: 0 }] }],
    ['bad_busy', { capacity: 2, busy: [{ ...booking('09:00', '10:00'), units: 0.5 }] }],
  ])('is refused as %s: %j', (code, change) => {
    const query = { ...friday, hosts: [{ ...ann, ...change }] }
    expect(() => freeSlots(query)).toThrow(expect.objectContaining({ name: 'AvailabilityError', code }))
    expect(() => closedPieces(query)).toThrow(expect.objectContaining({ name: 'AvailabilityError', code }))
  })

  it('is refused of the ways between places', () => {
    const service = { ...friday.service, place: 'river' }
    const hosts = [{ ...ann, busy: [booking('09:00', '10:00', 'north')] }]
    for (const travelMinutes of [() => -1, () => Number.NaN]) {
      expect(() => freeSlots({ ...friday, hosts, service, travelMinutes })).toThrow(expect.objectContaining({ code: 'bad_travel' }))
    }
  })
})

describe('limits', () => {
  const limited = (limit: HostLimit, ...busy: Busy[]) => ({ ...friday, hosts: [{ ...ann, limits: [limit], busy }] })

  it('close the day once it has all its bookings, and say how many', () => {
    const query = limited({ per: 'day', bookings: 2 }, booking('09:00', '10:00'), booking('12:00', '13:00'))
    expect(times(query)).toEqual([])
    expect(why(query, '10:00')).toEqual([
      {
        code: 'limit',
        per: 'day',
        counts: 'bookings',
        most: 2,
        used: 2,
        startMs: ms('2026-04-24T00:00Z'),
        endMs: ms('2026-04-25T00:00Z'),
      },
    ])
    expect(times(limited({ per: 'day', bookings: 3 }, booking('09:00', '10:00'), booking('12:00', '13:00')))).toEqual(['10:00', '11:00'])
  })

  it('count the minutes that the new booking would add', () => {
    expect(times(limited({ per: 'day', minutes: 120 }, booking('09:00', '10:00')))).toEqual(['10:00', '11:00', '12:00'])
    expect(times(limited({ per: 'day', minutes: 119 }, booking('09:00', '10:00')))).toEqual([])
  })

  it('know the week and the month around, also where nobody asked', () => {
    const monday = booking('2026-04-20T09:00', '2026-04-20T10:00')
    const sunday = booking('2026-04-19T09:00', '2026-04-19T10:00')
    const first = booking('2026-04-01T00:00', '2026-04-01T01:00')
    expect(times(limited({ per: 'week', bookings: 1 }, monday))).toEqual([])
    expect(times(limited({ per: 'week', bookings: 1 }, sunday))).toHaveLength(4)
    expect(times(limited({ per: 'week', bookings: 1, weekStart: 7 }, sunday))).toEqual([])
    expect(times(limited({ per: 'month', bookings: 1 }, first))).toEqual([])
    expect(times(limited({ per: 'month', bookings: 1 }, booking('2026-03-31T23:00', '2026-04-01T00:30')))).toHaveLength(4)
  })

  it('follow the calendar of the host, and count a booking where it starts', () => {
    const hours = daily('America/New_York', '00:00', '24:00')
    const late = booking('2026-04-24T03:30', '2026-04-24T05:30')
    const hosts = [{ ...ann, hours, limits: [{ per: 'day' as const, bookings: 1 }], busy: [late] }]
    // 23:30 on Thursday in New York: Friday there, from 04:00 in UTC, is empty yet.
    expect(times({ ...friday, hosts }).slice(0, 2)).toEqual(['06:00', '07:00'])
  })

  it('leave closed times out of account', () => {
    expect(times(limited({ per: 'day', bookings: 1 }, { startMs: ms('2026-04-24T09:00Z'), endMs: ms('2026-04-24T10:00Z') }))).toEqual([
      '10:00',
      '11:00',
      '12:00',
    ])
  })
})

describe('capacity', () => {
  const chairs = (...busy: Busy[]) => ({ ...friday, hosts: [{ ...ann, id: 'chairs', capacity: 3, busy }] })
  const taking = (units: number, from: string, to: string) => ({ ...booking(from, to), units })

  it('is there until bookings side by side have taken all of it', () => {
    expect(times(chairs(taking(1, '09:00', '11:00'), taking(1, '09:30', '12:00')))).toHaveLength(4)
    const query = chairs(taking(1, '09:00', '11:00'), taking(1, '09:30', '12:00'), taking(1, '10:30', '13:00'))
    expect(times(query)).toEqual(['09:00', '11:00', '12:00'])
    expect(why(query, '10:00')).toEqual([{ code: 'full', capacity: 3, startMs: ms('2026-04-24T10:30Z'), endMs: ms('2026-04-24T11:00Z') }])
  })

  it('must be there for everything that is asked for', () => {
    const busy = chairs(taking(2, '09:00', '10:00'))
    expect(times({ ...busy, service: { ...busy.service, units: 2 } })).toEqual(['10:00', '11:00', '12:00'])
    expect(times({ ...friday, service: { ...friday.service, units: 2 } })).toEqual([])
    expect(explainSlot({ ...friday, service: { ...friday.service, units: 2 } }, instant('2026-04-24T09:00Z')).closed[0]?.reasons).toEqual([
      expect.objectContaining({ code: 'full', capacity: 1 }),
    ])
  })

  it('is all gone while the room is closed', () => {
    expect(times(chairs(booking('09:00', '11:00')))).toEqual(['11:00', '12:00'])
  })
})

describe('travel', () => {
  const minutes: { [way: string]: number } = { 'north river': 30, 'river north': 60, 'south river': 0, 'north south': 90 }
  const travelMinutes = (from: string, to: string) => (from === to ? 0 : (minutes[`${from} ${to}`] ?? Number.POSITIVE_INFINITY))
  const service = { durationMinutes: 60, stepMinutes: 30, place: 'river' }
  const between = (...busy: Busy[]): AvailabilityQuery => ({ ...friday, service, travelMinutes, hosts: [{ ...ann, busy }] })

  it('needs its time before and after, and says so', () => {
    const query = between(booking('09:00', '09:30', 'north'), booking('12:30', '13:00', 'north'))
    expect(times(query)).toEqual(['10:00', '10:30'])
    expect(why(query, '09:30')).toMatchObject([{ code: 'travel', side: 'before', minutes: 30, busy: { endMs: ms('2026-04-24T09:30Z') } }])
    expect(why(query, '11:30')).toMatchObject([{ code: 'travel', side: 'after', minutes: 60, busy: { startMs: ms('2026-04-24T12:30Z') } }])
  })

  it('lies between bookings that follow each other only', () => {
    expect(times(between(booking('09:00', '09:30', 'north'), booking('09:30', '10:00', 'south')))[0]).toBe('10:00')
  })

  it('goes on across a break, which has no place', () => {
    expect(times(between(booking('09:00', '09:30', 'north'), booking('09:30', '09:40')))[0]).toBe('10:00')
  })

  it('comes on top of the buffers', () => {
    const query = between(booking('09:00', '09:30', 'north'))
    expect(times({ ...query, service: { ...service, bufferBeforeMinutes: 15 } })[0]).toBe('10:30')
  })

  it('is not needed for a call, and never ends where there is no way', () => {
    const query = between(booking('09:00', '09:30', 'north'))
    const { place: _place, ...call } = service
    expect(times({ ...query, service: call })[0]).toBe('09:30')
    expect(times(between(booking('09:00', '09:30', 'island')))).toEqual([])
    // Somebody came back from there in between.
    expect(times(between(booking('09:00', '09:30', 'island'), booking('10:00', '10:30', 'river')))[0]).toBe('10:30')
  })
})

describe('skills', () => {
  const bo: Host = { ...ann, id: 'bo', skills: ['colour', 'cut'] }
  const hosts = [{ ...ann, skills: ['cut'] }, bo]
  const nine = instant('2026-04-24T09:00Z')

  it('leave only who has all of them, and tell the others what they lack', () => {
    const query = { ...friday, hosts, service: { ...friday.service, skills: ['cut', 'colour'] } }
    expect(freeSlots(query)[0]?.hostIds).toEqual(['bo'])
    expect(explainSlot(query, nine)).toMatchObject({
      open: true,
      hostIds: ['bo'],
      closed: [{ hostId: 'ann', reasons: [{ code: 'skill', missing: ['colour'] }] }],
    })
    expect(closedPieces(query)[0]?.reasons[0]).toEqual({ code: 'skill', missing: ['colour'] })
  })

  it('are asked group by group', () => {
    const groups = [
      { members: ['ann', 'bo'], required: 1, skills: ['colour'] },
      { members: ['ann', 'bo'], required: 1, skills: ['cut'] },
    ]
    expect(freeSlots({ ...friday, hosts, groups })[0]?.hostIds).toEqual(['ann', 'bo'])
    expect(freeSlots({ ...friday, hosts: [{ ...bo, busy: [booking('09:00', '13:00')] }, hosts[0]!], groups })).toEqual([])
  })

  it('are not had by all of nobody', () => {
    const groups = [{ members: ['ann'], required: 'all' as const, skills: ['colour'] }]
    expect(freeSlots({ ...friday, hosts, groups })).toEqual([])
    expect(explainSlot({ ...friday, hosts, groups }, nine)).toMatchObject({ open: false, unfilled: [{ group: 0, required: 1, free: 0 }] })
  })
})
