import { describe, expect, it } from 'vitest'
import { expandHours } from './expand-hours.ts'
import { normalise } from './intervals.ts'
import { openHours } from './open-hours.ts'
import { blocksByTemporal } from './temporal-oracle.fixture.ts'
import type { Block, Hours } from './types.ts'
import { zoneClock } from './zone-clock.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const daily = (zone: string, ...blocks: Block[]): Hours => ({
  zone,
  weekly: everyDay.flatMap((weekday) => blocks.map((block) => ({ weekday, ...block }))),
})
const block = (text: string): Block => {
  const [start = '', end = ''] = text.split('-')
  return { start, end }
}
const dayMs = 86_400_000

/** The hours of one local date alone, as UTC times. */
function onDate(zone: string, date: string, ...blocks: string[]): string[] {
  const day = Temporal.PlainDate.from(date)
  const hours = { zone, weekly: [], exceptions: [{ date: day, blocks: blocks.map(block) }] }
  const start = day.toZonedDateTime(zone).toInstant()
  return openHours(hours, start.subtract({ hours: 30 }), start.add({ hours: 54 })).map(
    ({ startMs, endMs }) => `${new Date(startMs).toISOString().slice(5, 16)} ${new Date(endMs).toISOString().slice(5, 16)}`,
  )
}

describe('refusals', () => {
  it.each([
    ['bad_time', { start: '9:00', end: '17:00' }],
    ['bad_time', { start: '24:00', end: '02:00' }],
    ['bad_time', { start: '09:00', end: '24:01' }],
    ['bad_time', { start: '09:00:30', end: '10:00' }],
    ['bad_time', { start: '09:60', end: '17:00' }],
    ['bad_time', { start: '09:00', end: '09:00' }],
    ['bad_time', { start: '', end: '17:00' }],
  ])('%s: %j', (code, hours) => {
    expect(() => onDate('UTC', '2026-04-24', `${hours.start}-${hours.end}`)).toThrow(expect.objectContaining({ code }))
  })

  it.each([0, 8, 1.5, Number.NaN, -1])('refuses weekday %s', (weekday) => {
    const hours = { zone: 'UTC', weekly: [{ weekday, start: '09:00', end: '10:00' }] }
    const from = Temporal.Instant.from('2026-04-24T00:00Z')
    expect(() => openHours(hours, from, from.add({ hours: 24 }))).toThrow(expect.objectContaining({ code: 'bad_weekday' }))
  })

  it('refuses an unknown zone, an empty range and a range over 366 days', () => {
    const from = Temporal.Instant.from('2026-04-24T00:00Z')
    const day = from.add({ hours: 24 })
    expect(() => openHours(daily('Mars/Olympus', block('09:00-17:00')), from, day)).toThrow(
      expect.objectContaining({ code: 'unknown_zone' }),
    )
    expect(() => openHours(daily('UTC'), from, from)).toThrow(expect.objectContaining({ code: 'empty_range' }))
    expect(() => openHours(daily('UTC'), from, from.add({ hours: 367 * 24 }))).toThrow(expect.objectContaining({ code: 'range_too_long' }))
  })
})

// Worked out with another implementation of the tz database (Python's zoneinfo), not with Temporal.
describe('known days', () => {
  it.each([
    ['Africa/Cairo', '2026-04-24', ['09:00-17:00'], ['04-24T06:00 04-24T14:00']],
    ['Australia/Lord_Howe', '2026-10-04', ['00:00-06:00', '09:00-17:00'], ['10-03T13:30 10-03T19:00', '10-03T22:00 10-04T06:00']],
    ['Australia/Lord_Howe', '2026-04-05', ['01:45-06:00', '09:00-17:00'], ['04-04T14:45 04-04T19:30', '04-04T22:30 04-05T06:30']],
    ['Australia/Lord_Howe', '2026-04-05', ['00:00-01:45'], ['04-04T13:00 04-04T15:15']],
    ['Australia/Lord_Howe', '2026-10-04', ['01:45-02:15'], ['10-03T15:15 10-03T15:45']],
    ['America/Santiago', '2026-09-06', ['00:00-06:00', '09:00-17:00'], ['09-06T04:00 09-06T09:00', '09-06T12:00 09-06T20:00']],
    ['America/Santiago', '2026-04-04', ['09:00-17:00', '20:00-24:00'], ['04-04T12:00 04-04T20:00', '04-04T23:00 04-05T04:00']],
    ['Asia/Beirut', '2026-03-29', ['00:00-06:00', '09:00-17:00'], ['03-28T22:00 03-29T03:00', '03-29T06:00 03-29T14:00']],
    ['America/Havana', '2026-03-08', ['00:00-06:00', '09:00-17:00'], ['03-08T05:00 03-08T10:00', '03-08T13:00 03-08T21:00']],
    ['America/Havana', '2026-11-01', ['00:00-06:00', '09:00-17:00'], ['11-01T04:00 11-01T11:00', '11-01T14:00 11-01T22:00']],
    [
      'America/New_York',
      '2026-03-08',
      ['00:00-06:00', '08:00-12:00', '13:00-18:00'],
      ['03-08T05:00 03-08T10:00', '03-08T12:00 03-08T16:00', '03-08T17:00 03-08T22:00'],
    ],
    ['America/New_York', '2026-11-01', ['00:00-06:00'], ['11-01T04:00 11-01T11:00']],
    ['Europe/London', '2026-03-29', ['00:00-06:00'], ['03-29T00:00 03-29T05:00']],
    ['Europe/London', '2026-10-25', ['00:00-06:00'], ['10-24T23:00 10-25T06:00']],
  ])('%s %s %j', (zone, date, blocks, expected) => {
    expect(onDate(zone, date, ...blocks)).toEqual(expected)
  })

  it('moves a start inside the gap forward, takes the first of two starts and the last of two ends', () => {
    expect(onDate('America/New_York', '2026-03-08', '02:30-06:00')).toEqual(['03-08T07:30 03-08T10:00'])
    expect(onDate('America/New_York', '2026-11-01', '01:30-06:00')).toEqual(['11-01T05:30 11-01T11:00'])
    expect(onDate('America/New_York', '2026-11-01', '00:00-01:30')).toEqual(['11-01T04:00 11-01T06:30'])
  })
})

describe('blocks and exceptions', () => {
  it('lets a block end at midnight or cross it', () => {
    expect(onDate('UTC', '2026-04-24', '18:00-24:00')).toEqual(['04-24T18:00 04-25T00:00'])
    expect(onDate('UTC', '2026-04-24', '18:00-00:00')).toEqual(['04-24T18:00 04-25T00:00'])
    expect(onDate('UTC', '2026-04-24', '22:00:00-02:00:00')).toEqual(['04-24T22:00 04-25T02:00'])
    expect(onDate('UTC', '2026-04-24', '00:00-24:00')).toEqual(['04-24T00:00 04-25T00:00'])
  })

  it('closes a date without cutting the night shift of the evening before, and lets the later of two exceptions hold', () => {
    const friday = Temporal.PlainDate.from('2026-04-24')
    const hours: Hours = {
      ...daily('UTC', block('09:00-17:00'), block('22:00-02:00')),
      exceptions: [
        { date: friday, blocks: [block('10:00-11:00')] },
        { date: friday, blocks: [] },
      ],
    }
    const from = Temporal.Instant.from('2026-04-24T00:00Z')
    expect(openHours(hours, from, from.add({ hours: 24 }))).toEqual([
      { startMs: from.epochMilliseconds, endMs: from.add({ hours: 2 }).epochMilliseconds },
    ])
  })
})

describe('every zone, every transition of 2026 and 2027', () => {
  const rules = [
    '09:00-17:00',
    '00:00-06:00',
    '08:00-12:00 13:00-18:00',
    '22:00-02:00',
    '00:00-24:00',
    '01:30-02:30',
    '02:15-02:45',
    '23:00-23:30 00:15-00:45',
  ]
  const from = Temporal.Instant.from('2026-01-01T00:00Z')
  const to = Temporal.Instant.from('2028-01-01T00:00Z')

  it('finds no difference from Temporal', () => {
    const differences: string[] = []
    let compared = 0
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      let at = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next')
      for (; at && Temporal.Instant.compare(at.toInstant(), to) < 0; at = at.getTimeZoneTransition('next')) {
        const fromMs = at.epochMilliseconds - 3 * dayMs
        const toMs = at.epochMilliseconds + 3 * dayMs
        for (const rule of rules) {
          const hours = daily(zone, ...rule.split(' ').map(block))
          const ours = expandHours(hours, zoneClock(zone, fromMs - 3 * dayMs, toMs + 3 * dayMs), fromMs, toMs)
          const theirs = normalise(
            blocksByTemporal(hours, fromMs, toMs).flatMap(([start, end]) => [Math.max(start, fromMs), Math.min(end, toMs)]),
          )
          compared++
          if (JSON.stringify(ours) !== JSON.stringify(theirs)) differences.push(`${zone} ${at} ${rule}: ${ours} instead of ${theirs}`)
        }
      }
    }
    expect(differences).toEqual([])
    expect(compared).toBeGreaterThan(3000)
  })

  it('follows a whole skipped day (Apia, 30 December 2011)', () => {
    expect(onDate('Pacific/Apia', '2011-12-31', '09:00-17:00')).toEqual(['12-30T19:00 12-31T03:00'])
  })
})
