import { describe, expect, it } from 'vitest'
import { freeSlots } from './free-slots.ts'
import type { AvailabilityQuery, Host, ServiceRules } from './types.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const ms = (text: string) => instant(text).epochMilliseconds
const nineToFive = (zone: string) => ({
  zone,
  weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '17:00' })),
})
const ann: Host = { id: 'ann', hours: nineToFive('America/New_York'), busy: [] }
const haircut: ServiceRules = { durationMinutes: 60, stepMinutes: 60 }
/** Friday, 24 April 2026, in New York; asked well before. */
const friday: AvailabilityQuery = {
  hosts: [ann],
  service: haircut,
  from: instant('2026-04-24T04:00Z'),
  to: instant('2026-04-25T04:00Z'),
  now: instant('2026-04-01T12:00Z'),
}
const times = (query: AvailabilityQuery) => freeSlots(query).map((slot) => new Date(slot.startMs).toISOString().slice(11, 16))
const wholeDay = ['13:00', '14:00', '15:00', '16:00', '17:00', '18:00', '19:00', '20:00']

describe('refusals', () => {
  const days = (count: number) => ({ to: friday.from.add({ hours: count * 24 }) })
  const hosts = (count: number) => ({ hosts: Array.from({ length: count }, (_, index) => ({ ...ann, id: `h${index}` })) })
  it.each<[string, Partial<AvailabilityQuery>]>([
    ['empty_range', { to: friday.from }],
    ['empty_range', { to: instant('2020-01-01T00:00Z') }],
    ['range_too_long', { to: friday.from.add({ hours: 366 * 24, milliseconds: 1 }) }],
    ['too_many_hosts', hosts(1001)],
    ['too_many_starts', { ...hosts(500), ...days(366), service: { durationMinutes: 5, stepMinutes: 5 } }],
    ['duplicate_host', { hosts: [ann, ann] }],
    ['unknown_zone', { hosts: [{ ...ann, hours: nineToFive('Mars/Olympus') }] }],
    ['unknown_zone', { service: { ...haircut, zone: 'Eastern' } }],
    ['bad_service', { service: { durationMinutes: 0, stepMinutes: 15 } }],
    ['bad_service', { service: { durationMinutes: 30, stepMinutes: 0 } }],
    ['bad_service', { service: { durationMinutes: 30, stepMinutes: 7.5 } }],
    ['bad_service', { service: { durationMinutes: Number.POSITIVE_INFINITY, stepMinutes: 15 } }],
    ['bad_service', { service: { ...haircut, bufferAfterMinutes: -5 } }],
    ['bad_service', { service: { ...haircut, minimumNoticeMinutes: Number.NaN } }],
    ['bad_service', { service: { ...haircut, horizonDays: -1 } }],
    ['bad_busy', { hosts: [{ ...ann, busy: [{ startMs: 2, endMs: 1 }] }] }],
    ['bad_busy', { hosts: [{ ...ann, busy: [{ startMs: Number.NaN, endMs: 1 }] }] }],
    ['bad_group', { groups: [{ members: ['ann'], required: -1 }] }],
  ])('%s', (code, change) => {
    expect(() => freeSlots({ ...friday, ...change })).toThrow(expect.objectContaining({ name: 'AvailabilityError', code }))
  })

  it('takes the largest allowed question', () => {
    const query = { ...friday, ...hosts(500), ...days(366), service: { durationMinutes: 60, stepMinutes: 60 } }
    expect(freeSlots({ ...query, hosts: query.hosts.map((host) => ({ ...host, hours: { ...host.hours, weekly: [] } })) })).toEqual([])
  })
})

describe('what stands in the way', () => {
  it.each<[string, Partial<AvailabilityQuery> & { ann?: Partial<Host> }, string[]]>([
    ['nothing', {}, wholeDay],
    [
      'a booking',
      { ann: { busy: [{ startMs: ms('2026-04-24T14:30Z'), endMs: ms('2026-04-24T15:00Z') }] } },
      wholeDay.filter((time) => time !== '14:00'),
    ],
    [
      'bookings out of order and overlapping',
      {
        ann: {
          busy: [
            { startMs: ms('2026-04-24T18:00Z'), endMs: ms('2026-04-24T21:00Z') },
            { startMs: ms('2026-04-24T13:00Z'), endMs: ms('2026-04-24T16:00Z') },
            { startMs: ms('2026-04-24T14:00Z'), endMs: ms('2026-04-24T15:00Z') },
          ],
        },
      },
      ['16:00', '17:00'],
    ],
    [
      'an empty busy time, which takes nothing',
      { ann: { busy: [{ startMs: ms('2026-04-24T14:30Z'), endMs: ms('2026-04-24T14:30Z') }] } },
      wholeDay,
    ],
    [
      'a buffer after',
      {
        service: { ...haircut, bufferAfterMinutes: 15 },
        ann: { busy: [{ startMs: ms('2026-04-24T15:00Z'), endMs: ms('2026-04-24T16:00Z') }] },
      },
      wholeDay.filter((time) => !['14:00', '15:00'].includes(time)),
    ],
    [
      'a buffer before',
      {
        service: { ...haircut, bufferBeforeMinutes: 15 },
        ann: { busy: [{ startMs: ms('2026-04-24T15:00Z'), endMs: ms('2026-04-24T16:00Z') }] },
      },
      wholeDay.filter((time) => !['15:00', '16:00'].includes(time)),
    ],
    [
      'buffers beyond the hours, which do not count',
      { service: { ...haircut, bufferBeforeMinutes: 60, bufferAfterMinutes: 60 } },
      wholeDay,
    ],
    [
      'the notice',
      { now: instant('2026-04-24T14:00Z'), service: { ...haircut, minimumNoticeMinutes: 120 } },
      ['16:00', '17:00', '18:00', '19:00', '20:00'],
    ],
    ['the past', { now: instant('2026-04-24T19:00:00.001Z') }, ['20:00']],
    ['a horizon that ends yesterday', { now: instant('2026-04-20T12:00Z'), service: { ...haircut, horizonDays: 3 } }, []],
    [
      'a horizon that ends today, in New York still the 20th',
      { now: instant('2026-04-21T03:59Z'), service: { ...haircut, horizonDays: 4 } },
      wholeDay,
    ],
    ['a closed date', { ann: { hours: { ...ann.hours, exceptions: [{ date: Temporal.PlainDate.from('2026-04-24'), blocks: [] }] } } }, []],
    [
      'other hours',
      {
        ann: {
          hours: {
            ...ann.hours,
            exceptions: [{ date: Temporal.PlainDate.from('2026-04-24'), blocks: [{ start: '18:00', end: '20:00' }] }],
          },
        },
      },
      ['22:00', '23:00'],
    ],
    ['a service longer than the hours', { service: { durationMinutes: 481, stepMinutes: 15 } }, []],
    ['a service as long as the hours', { service: { durationMinutes: 480, stepMinutes: 15 } }, ['13:00']],
    [
      'hours off the step',
      { ann: { hours: { zone: 'America/New_York', weekly: [{ weekday: 5, start: '09:10', end: '12:05' }] } } },
      ['14:00', '15:00'],
    ],
  ])('%s', (_what, { ann: change, ...query }, expected) => {
    expect(times({ ...friday, ...query, hosts: [{ ...ann, ...change }] })).toEqual(expected)
  })

  it('offers back to back what is claimed back to back', () => {
    const busy = [{ startMs: ms('2026-04-24T14:00Z'), endMs: ms('2026-04-24T15:00Z') }]
    expect(times({ ...friday, hosts: [{ ...ann, busy }] })).toEqual(wholeDay.filter((time) => time !== '14:00'))
  })

  it('lets a service run over two blocks that touch, and over midnight', () => {
    const hours = {
      zone: 'America/New_York',
      weekly: [
        { weekday: 5, start: '22:00', end: '24:00' },
        { weekday: 6, start: '00:00', end: '02:00' },
      ],
    }
    const query = { ...friday, to: instant('2026-04-25T12:00Z'), service: { durationMinutes: 240, stepMinutes: 60 } }
    expect(times({ ...query, hosts: [{ ...ann, hours }] })).toEqual(['02:00'])
  })
})

describe('steps on the wall clock', () => {
  const day = (zone: string, start: string, end: string, service: ServiceRules, date = '2026-04-24') => {
    const from = Temporal.PlainDate.from(date).toZonedDateTime(zone)
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start, end }))
    const query = {
      hosts: [{ id: 'a', hours: { zone, weekly }, busy: [] }],
      service,
      from: from.toInstant(),
      to: from.add({ days: 1 }).toInstant(),
      now: instant('2026-01-01T00:00Z'),
    }
    return freeSlots(query).map((slot) =>
      Temporal.Instant.fromEpochMilliseconds(slot.startMs).toZonedDateTimeISO(zone).toString().slice(11, 22),
    )
  }

  it.each([
    ['Asia/Kathmandu', ['09:00:00+05', '10:00:00+05']],
    ['Asia/Kolkata', ['09:00:00+05', '10:00:00+05']],
    ['Australia/Lord_Howe', ['09:00:00+10', '10:00:00+10']],
  ])('keeps the full hour in %s', (zone, expected) => {
    expect(day(zone, '09:00', '11:00', haircut)).toEqual(expected)
  })

  it('counts a step that does not divide the hour from midnight', () => {
    expect(day('UTC', '09:00', '12:00', { durationMinutes: 45, stepMinutes: 50 })).toEqual(['09:10:00+00', '10:00:00+00', '10:50:00+00'])
  })

  it('gives elapsed time on the days the clocks change', () => {
    const night = { durationMinutes: 60, stepMinutes: 30 }
    expect(day('America/New_York', '01:00', '04:00', night, '2026-03-08')).toEqual(['01:00:00-05', '01:30:00-05', '03:00:00-04'])
    expect(day('America/New_York', '01:00', '02:00', night, '2026-11-01')).toEqual(['01:00:00-04', '01:30:00-04', '01:00:00-05'])
  })

  it('follows the zone of the service where it names one', () => {
    const hours = { zone: 'Asia/Kolkata', weekly: [{ weekday: 5, start: '09:00', end: '12:00' }] }
    const query = { ...friday, from: instant('2026-04-24T00:00Z'), hosts: [{ id: 'a', hours, busy: [] }] }
    expect(times(query)).toEqual(['03:30', '04:30', '05:30'])
    expect(times({ ...query, service: { ...haircut, zone: 'America/New_York' } })).toEqual(['04:00', '05:00'])
  })
})

describe('several hosts', () => {
  const bo: Host = { id: 'bo', hours: nineToFive('America/Chicago'), busy: [] }
  const room: Host = { id: 'room', hours: { zone: 'America/New_York', weekly: [{ weekday: 5, start: '13:00', end: '24:00' }] }, busy: [] }
  const slots = (query: AvailabilityQuery) =>
    freeSlots(query).map((slot) => `${new Date(slot.startMs).toISOString().slice(11, 16)} ${slot.hostIds.join('+')}`)

  it('unites the starts of all, each with those who can take it, in the order asked', () => {
    expect(slots({ ...friday, hosts: [bo, ann] })).toEqual([
      '13:00 ann',
      ...['14:00', '15:00', '16:00', '17:00', '18:00', '19:00', '20:00'].map((time) => `${time} bo+ann`),
      '21:00 bo',
    ])
  })

  it('never offers what only the united free time would allow', () => {
    const half = (start: string, end: string) => ({ zone: 'America/New_York', weekly: [{ weekday: 5, start, end }] })
    const hosts = [
      { id: 'early', hours: half('09:00', '09:30'), busy: [] },
      { id: 'late', hours: half('09:30', '10:00'), busy: [] },
    ]
    expect(freeSlots({ ...friday, hosts })).toEqual([])
  })

  it('offers a start only where every group can be filled, and leaves out who is in none', () => {
    const groups = [
      { members: ['ann', 'bo'], required: 1 },
      { members: ['room'], required: 'all' as const },
    ]
    const query = { ...friday, hosts: [ann, bo, room, { ...ann, id: 'cy' }], groups }
    expect(slots(query)).toEqual(['17:00 ann+bo+room', '18:00 ann+bo+room', '19:00 ann+bo+room', '20:00 ann+bo+room', '21:00 bo+room'])
    expect(slots({ ...query, groups: [{ members: ['ann', 'bo'], required: 'all' }] })).toHaveLength(7)
    expect(slots({ ...query, groups: [{ members: ['ann', 'nobody'], required: 'all' }] })).toEqual([])
  })

  it('offers nothing without hosts', () => {
    expect(freeSlots({ ...friday, hosts: [] })).toEqual([])
  })
})
