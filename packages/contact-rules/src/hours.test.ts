import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { call, fine, numbered, write } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { allZones } from './places.ts'
import type { Touch } from './touch.ts'

/** Every state’s hours as the reference has them: Monday to Friday, Saturday, Sunday; `-` is closed, `h` closes legal holidays. One number of each. */
const states: readonly (readonly [state: string, number: string, zone: string, hours: string])[] = [
  ['FL', '+13055550123', 'America/New_York', '8-20 8-20 8-20'],
  ['OK', '+14055550123', 'America/Chicago', '8-20 8-20 8-20'],
  ['MD', '+13015550123', 'America/New_York', '8-20 8-20 8-20'],
  ['WA', '+12065550123', 'America/Los_Angeles', '8-20 8-20 8-20'],
  ['OR', '+15035550123', 'America/Los_Angeles', '8-20 8-20 8-20'],
  ['TX', '+12145550123', 'America/Chicago', '9-21 9-21 12-21'],
  ['CT', '+12035550123', 'America/New_York', '9-20 9-20 9-20'],
  ['AL', '+12055550123', 'America/Chicago', '8-20 8-20 - h'],
  ['LA', '+15045550123', 'America/Chicago', '8-20 8-20 - h'],
  ['MS', '+16015550123', 'America/Chicago', '8-20 8-20 - h'],
  ['KY', '+15025550123', 'America/New_York', '10-21 10-21 10-21'],
  ['MA', '+16175550123', 'America/New_York', '8-20 8-20 8-20'],
  ['NV', '+17025550123', 'America/Los_Angeles', '9-20 9-20 9-20'],
  ['UT', '+18015550123', 'America/Denver', '9-20 9-20 9-20 h'],
  ['MI', '+13135550123', 'America/New_York', '9-21 9-21 9-21'],
  ['MN', '+16125550123', 'America/Chicago', '9-21 9-21 9-21'],
  ['NM', '+15055550123', 'America/Denver', '9-21 9-21 9-21'],
  ['RI', '+14015550123', 'America/New_York', '9-18 10-17 - h'],
  ['PA', '+12155550123', 'America/New_York', '8-21 8-21 13:30-21 h'],
  ['WY', '+13075550123', 'America/Denver', '8-20 8-20 8-20'],
  ['IN', '+13175550123', 'America/New_York', '9-20 9-20 9-20'],
  ['NE', '+14025550123', 'America/Chicago', '8-21 8-21 8-21'],
  ['IL', '+13125550123', 'America/Chicago', '8-21 8-21 8-21'],
  ['TN', '+16155550123', 'America/Chicago', '8-21 8-21 8-21'],
  ['NY', '+12125550123', 'America/New_York', '8-21 8-21 8-21'],
  ['CA', '+12135550123', 'America/Los_Angeles', '8-21 8-21 8-21'],
  ['GA', '+14045550123', 'America/New_York', '8-21 8-21 8-21'],
  ['AZ', '+16025550123', 'America/Phoenix', '8-21 8-21 8-21'],
  ['HI', '+18085550123', 'Pacific/Honolulu', '8-21 8-21 8-21'],
  ['PR', '+17875550123', 'America/Puerto_Rico', '8-21 8-21 8-21'],
  ['ON', '+14165550123', 'America/Toronto', '9-21:30 10-18 10-18'],
  ['BC (its mountains closed)', '+16045550123', 'America/Vancouver', '9-20:30 10-17 10-17'],
  ['AB', '+14035550123', 'America/Edmonton', '9-21:30 10-18 10-18'],
  ['NS', '+19025550123', 'America/Halifax', '9-21:30 10-18 10-18'],
]

const sell = call('campaign')
const facts = (number: string): Facts => ({ ...fine, ...numbered(number), policy: { registeredIn: ['US-TX'] } })
const isOpen = (touch: Touch, number: string, moment: Temporal.ZonedDateTime) => {
  // Copies of registers and signs of life are as fresh as the moment.
  const asOf = moment.toInstant().subtract({ hours: 24 })
  const fresh = {
    ...facts(number),
    registries: fine.registries.map((one) => ({ ...one, asOf })),
    consents: fine.consents.map((one) => ({ ...one, givenAt: asOf })),
  }
  return decide(touch, fresh, moment.toInstant()).allowed
}
const wall = (day: string, minute: number, zone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 } })
const minuteOf = (clock: string) => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

/** Around both changes of the clocks, and in both halves of the year. */
const weeks = ['2026-03-02', '2026-03-09', '2026-06-22', '2026-10-26', '2026-11-16', '2027-03-08', '2027-11-01']

describe('calling hours, at both edges', () => {
  it.each(states)('%s', (_state, number, zone, hours) => {
    const [workdays = '', saturday = '', sunday = ''] = hours.split(' ')
    for (const monday of weeks) {
      for (const [days, span] of [
        [[0, 1, 3, 4], workdays],
        [[5], saturday],
        [[6], sunday],
      ] as const) {
        for (const count of days) {
          const day = Temporal.PlainDate.from(monday).add({ days: count }).toString()
          // British Columbia and Indigenous time stay apart from these weeks’ holidays; those have their own test.
          if (hours.endsWith('h') && ['2026-11-03', '2027-02-09', '2026-06-19', '2027-11-01', '2027-11-02'].includes(day)) continue
          if (span === '-') {
            for (const minute of [0, 540, 720, 1080, 1439])
              expect(isOpen(sell, number, wall(day, minute, zone)), `${day} ${minute}`).toBe(false)
            continue
          }
          const [from = '', to = ''] = span.split('-')
          const [first, last] = [minuteOf(from), minuteOf(to)]
          const answers = [first - 1, first, last - 1, last].map((minute) => isOpen(sell, number, wall(day, minute, zone)))
          expect(answers, `${day} ${span}`).toEqual([false, true, true, false])
        }
      }
    }
  })

  it('close with the second: not one before, not one after', () => {
    const eight = wall('2026-10-20', 480, 'America/New_York')
    expect([-1, 0].map((milliseconds) => isOpen(sell, '+12125550123', eight.add({ milliseconds })))).toEqual([false, true])
    const nine = wall('2026-10-20', 1260, 'America/New_York')
    expect([-1, 0].map((milliseconds) => isOpen(sell, '+12125550123', nine.add({ milliseconds })))).toEqual([true, false])
  })

  it('start at nine for machines in Illinois', () => {
    const machine = call('campaign', 'prerecorded')
    expect([539, 540].map((minute) => isOpen(machine, '+13125550123', wall('2026-10-20', minute, 'America/Chicago')))).toEqual([
      false,
      true,
    ])
  })

  it.each([
    ['AL', '+12055550123', 'America/Chicago', '2026-07-03 2026-07-04 2026-11-26 2026-04-27 2026-06-01 2026-12-25'],
    ['LA', '+15045550123', 'America/Chicago', '2026-01-08 2026-01-19 2026-02-17 2026-04-03 2026-11-03 2026-07-03'],
    ['MS', '+16015550123', 'America/Chicago', '2026-04-27 2026-07-03 2026-01-19'],
    ['RI', '+14015550123', 'America/New_York', '2026-08-10 2026-11-03 2026-01-01'],
    ['UT', '+18015550123', 'America/Denver', '2026-07-24 2026-07-03 2026-12-25'],
    ['PA', '+12155550123', 'America/New_York', '2026-11-03 2026-04-03 2026-11-26'],
  ])('%s is closed on legal holidays and on the days on which they are kept', (_state, number, zone, days) => {
    for (const day of days.split(' ')) expect(isOpen(sell, number, wall(day, 840, zone)), day).toBe(false)
    expect(isOpen(sell, number, wall('2026-10-20', 840, zone))).toBe(true)
  })

  it('bind texts and questions as well, and nothing that is hers', () => {
    const night = wall('2026-10-20', 1380, 'America/New_York')
    for (const touch of [write('broadcast', 'sms'), write('survey', 'sms'), call('survey')]) {
      expect(isOpen(touch, '+12125550123', night)).toBe(false)
    }
    const hers = [
      write('booking', 'sms'),
      call('booking'),
      call('callback'),
      call('missed_call'),
      call('request'),
      call('booking', 'artificial'),
      write('broadcast', 'email'),
    ]
    for (const touch of hers) expect(isOpen(touch, '+12125550123', night)).toBe(true)
  })
})

describe('the next moment', () => {
  const next = (touch: Touch, number: string, moment: Temporal.ZonedDateTime, more: Partial<Facts> = {}) => {
    const decision = decide(touch, { ...facts(number), ...more }, moment.toInstant())
    return decision.allowed ? 'now' : (decision.nextAllowedAt?.toString() ?? decision.reasons.map(({ code }) => code))
  }

  it('is exact over the night, a Sunday and a holiday', () => {
    expect(next(sell, '+12125550123', wall('2026-10-20', 1380, 'America/New_York'))).toBe('2026-10-21T12:00:00Z')
    expect(next(sell, '+12055550123', wall('2026-10-17', 1260, 'America/Chicago'))).toBe('2026-10-19T13:00:00Z')
    expect(next(call('campaign'), '+14015550123', wall('2026-10-09', 1100, 'America/New_York'))).toEqual(expect.any(String))
  })

  it('is eight o’clock on both sides of a change of clocks', () => {
    expect(next(sell, '+12125550123', wall('2026-10-31', 1300, 'America/New_York'))).toBe('2026-11-01T13:00:00Z')
    const spring = { registries: fine.registries.map((one) => ({ ...one, asOf: Temporal.Instant.from('2026-03-01T00:00:00Z') })) }
    const given = fine.consents.map((one) => ({ ...one, givenAt: Temporal.Instant.from('2026-03-01T00:00:00Z') }))
    expect(next(sell, '+12125550123', wall('2026-03-07', 1300, 'America/New_York'), { ...spring, consents: given })).toBe(
      '2026-03-08T12:00:00Z',
    )
  })

  it('names each law that closes, and the zone that opens last', () => {
    const decision = decide(sell, facts('+14485550123'), wall('2026-10-20', 480, 'America/New_York').toInstant())
    expect(decision.reasons.filter(({ effect }) => effect === 'defers')).toEqual([
      expect.objectContaining({ rule: 'us.hours', params: { place: 'US', zone: 'America/Chicago', until: '2026-10-20T13:00:00Z' } }),
      expect.objectContaining({ rule: 'us-fl.hours', params: { place: 'US-FL', zone: 'America/Chicago', until: '2026-10-20T13:00:00Z' } }),
    ])
    expect(decision).toMatchObject({ stepThatWouldAllow: 'wait' })
  })

  it('never comes for somebody who may be anywhere: a person looks first', () => {
    const decision = decide(sell, facts('+18005550123'), wall('2026-10-20', 840, 'America/New_York').toInstant())
    expect(decision).toMatchObject({ allowed: false, stepThatWouldAllow: 'reach_in_person' })
    expect(decision.reasons.map(({ code }) => code)).toContain('never_open')
    expect(allZones.length).toBeGreaterThan(25)
  })
})
