import type { RequestKind, RequestState } from '@frontdesk/contract'
import { RequestKind as Kinds, RequestState as States } from '@frontdesk/contract'
import { calendarVersion } from '@frontdesk/deadlines'
import { describe, expect, it } from 'vitest'
import { calendarsFor, clocksOf, lastDayOf, mayMove, mayPause, needsNoProof, proofMissing, regimeFor, regionOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'

const zone = 'America/New_York'
const received = (day: string) => Temporal.ZonedDateTime.from(`${day}T10:00[${zone}]`).toInstant()

/** A case whose clocks are asked for. */
const clocked = (day: string, kind: RequestKind, region: 'us' | 'canada' | 'europe', more: Partial<StoredRequest> = {}) =>
  ({
    regime: regimeFor(kind, region),
    received_at: received(day),
    zone,
    calendars: region === 'canada' ? (['ca-on'] as const) : (['us'] as const),
    extended_at: null,
    pauses: [],
    appealed_at: null,
    appeal_days: null,
    calendar_version: calendarVersion,
    ...more,
  }) as const

describe('the clock of a case', () => {
  it.each([
    ['a copy for a Californian', '2026-11-23', 'access', 'us', '2027-01-07'],
    ['an opt-out of sale', '2026-11-23', 'opt_out', 'us', '2026-12-15'],
    ['an erasure in Canada', '2026-11-23', 'erasure', 'canada', '2026-12-23'],
    ['a month that ends on a Sunday', '2027-01-31', 'access', 'europe', '2027-03-01'],
    ['a month whose day is a Sunday', '2027-09-03', 'access', 'europe', '2027-10-04'],
  ] as const)('%s, received %s, by the day of the worked example [M20]', (_what, day, kind, region, due) => {
    const clocks = clocksOf(clocked(day, kind, region), received(day))
    expect(lastDayOf(clocks.respond.before, zone).toString()).toBe(due)
  })

  it.each([
    ['over Thanksgiving', '2026-11-23', 'us', '2026-12-08', '2026-12-18'],
    ['over Canada Day', '2027-06-25', 'canada', '2027-07-12', '2027-07-20'],
    ['over Independence Day, kept on the Monday', '2027-06-25', 'us', '2027-07-12', '2027-07-20'],
    ['over the turn of the year', '2026-12-18', 'us', '2027-01-05', '2027-01-12'],
    ['over Boxing Day in Ontario', '2026-12-18', 'canada', '2027-01-06', '2027-01-12'],
  ] as const)('of a complaint %s, received %s, ends on the right days [O2] [O3] [M20]', (_what, day, place, answered, settled) => {
    const { respond, resolve } = clocksOf(clocked(day, 'complaint', place), received(day))
    expect([respond, resolve].map((due) => due && lastDayOf(due.before, zone).toString())).toEqual([answered, settled])
  })

  it('gives an extended request of a Californian 90 days, and one whose notice came too late none', () => {
    const extended = clocksOf(clocked('2026-11-23', 'access', 'us', { extended_at: received('2026-12-20') }), received('2026-12-20'))
    expect(extended.respond.day.toString()).toBe('2027-02-21')
    const late = clocksOf(clocked('2026-11-23', 'access', 'us', { extended_at: received('2027-01-20') }), received('2027-01-20'))
    expect(late.respond.day.toString()).toBe('2027-01-07')
  })

  it('stands while identity is in doubt where the law lets it, and nowhere else', () => {
    expect(mayPause('gdpr.request', 'identity_in_doubt')).toBe(true)
    expect(mayPause('ccpa.request', 'identity_in_doubt')).toBe(false)
    expect(mayPause('pipeda.request', 'identity_in_doubt')).toBe(false)
    expect(mayPause('complaint', 'waiting_for_her')).toBe(false)
  })

  it('runs anew for an appeal, by the days of the workspace [O5]', () => {
    const appealed = clocked('2026-11-23', 'access', 'us', { appealed_at: received('2026-12-10'), appeal_days: 30 })
    expect(clocksOf(appealed, received('2026-12-10')).respond.day.toString()).toBe('2027-01-09')
    const usual = { ...appealed, appeal_days: null }
    expect(clocksOf(usual, received('2026-12-10')).respond.day.toString()).toBe('2027-01-24')
  })
})

describe('whose law it is', () => {
  it.each([
    ['California', 'US', 'CA', 'us_california', 'ccpa.request', '2027-01-07'],
    ['Texas', 'US', 'TX', 'us', 'ccpa.request', '2027-01-07'],
    ['Quebec', 'CA', 'QC', 'canada', 'pipeda.request', '2026-12-23'],
    ['Germany', 'DE', null, 'europe', 'gdpr.request', '2026-12-23'],
    ['the United Kingdom', 'GB', null, 'europe', 'gdpr.request', '2026-12-23'],
    ['Brazil', 'BR', null, 'elsewhere', 'gdpr.request', '2026-12-23'],
  ] as const)('in %s is told from country and state, with its own term [Q5]', (_place, country, state, region, regime, due) => {
    expect(regionOf(country, state)).toBe(region)
    expect(regimeFor('access', region)).toBe(regime)
    const asked = { ...clocked('2026-11-23', 'access', 'us'), regime }
    expect(lastDayOf(clocksOf(asked, received('2026-11-23')).respond.before, zone).toString()).toBe(due)
  })

  it('gives the business the holidays of its province, of its country where it did not say, and weekends alone elsewhere', () => {
    expect(calendarsFor('CA', 'ca-on')).toEqual(['ca-on'])
    expect(calendarsFor('CA', 'us-la')).toEqual(['ca'])
    expect(calendarsFor('US', null)).toEqual(['us'])
    expect(calendarsFor('DE', null)).toEqual([])
    const asked = clocked('2026-12-18', 'complaint', 'us')
    const due = (calendars: StoredRequest['calendars']) => clocksOf({ ...asked, calendars }, received('2026-12-18')).respond.day.toString()
    // Boxing Day 2026 is a Saturday, and kept on Monday in Ontario.
    expect([due(calendarsFor('US', 'us-ri')), due(calendarsFor('CA', 'ca-on')), due(calendarsFor('CA', 'ca-bc'))]).toEqual([
      '2027-01-05',
      '2027-01-06',
      '2027-01-05',
    ])
  })
})

describe('the proof of who asks', () => {
  const points = (...found: readonly ('address_confirmed' | 'name' | 'phone')[]) => new Set(found)
  it.each([
    ['two points', 'ordinary', points('name', 'phone'), 'details_matched', false, []],
    ['one point', 'ordinary', points('name'), 'details_matched', false, ['points']],
    ['somebody who is known in person', 'ordinary', points(), 'in_person', false, []],
    ['three points and a signature, strictly', 'strict', points('address_confirmed', 'name', 'phone'), 'details_matched', true, []],
    [
      'three points without a signature, strictly',
      'strict',
      points('address_confirmed', 'name', 'phone'),
      'details_matched',
      false,
      ['declaration'],
    ],
    ['somebody known in person, strictly', 'strict', points(), 'in_person', false, ['points', 'declaration']],
  ] as const)('by %s [M16]', (_what, level, found, how, declared, missing) => {
    expect(proofMissing(level, { points: found, how, declared })).toEqual(missing)
  })
})

describe('the states', () => {
  const order: readonly RequestState[] = States.options
  const cases = Kinds.options.flatMap((kind) => order.flatMap((state) => order.map((to) => ({ kind, state, to }))))

  it('never go back', () => {
    for (const { kind, state, to } of cases)
      if (mayMove({ kind, state }, to)) expect(order.indexOf(to), `${kind}: ${state} → ${to}`).toBeGreaterThan(order.indexOf(state))
  })

  it('answer nobody who has not proven who she is', () => {
    for (const kind of Kinds.options) if (kind !== 'complaint') expect(mayMove({ kind, state: 'verifying' }, 'answered')).toBe(false)
    expect(needsNoProof('erasure')).toBe(false)
    expect(needsNoProof('opt_out')).toBe(true)
  })

  it('end: nothing follows on a closed request or a settled complaint', () => {
    for (const to of order) {
      expect(mayMove({ kind: 'access', state: 'closed' }, to)).toBe(false)
      expect(mayMove({ kind: 'complaint', state: 'resolved' }, to)).toBe(false)
    }
  })
})
