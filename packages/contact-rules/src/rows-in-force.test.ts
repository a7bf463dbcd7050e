import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { asText, at, call, fine, numbered } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { holdsAt } from './plan.ts'
import { shippedRulebook } from './shipped.ts'

const sell = call('campaign')
/** Her facts on that day: copies of registers and consents are a day old. */
const then = (number: string, moment: Temporal.Instant, change: Partial<Facts> = {}): Facts => {
  const asOf = moment.subtract({ hours: 24 })
  return {
    ...fine,
    ...numbered(number),
    policy: { registeredIn: ['US-TX'] },
    registries: fine.registries.map((one) => ({ ...one, asOf })),
    consents: fine.consents.map((one) => ({ ...one, givenAt: asOf })),
    ...change,
  }
}
const ask = (number: string, moment: Temporal.Instant, change?: Partial<Facts>) =>
  asText(decide(sell, then(number, moment, change), moment))
const rulesIn = (number: string, moment: Temporal.Instant, change?: Partial<Facts>) =>
  ask(number, moment, change).reasons.flatMap(({ effect, rule }) => (effect === 'defers' ? (rule ?? []) : []))

describe('Oregon’s hours and cap of 2026', () => {
  const portland = '+15035550123'
  const evening = (day: string) => Temporal.PlainDateTime.from(`${day}T20:30`).toZonedDateTime('America/Los_Angeles').toInstant()
  const three = (moment: Temporal.Instant): Partial<Facts> => ({
    past: [1, 2, 3].map((hours) => ({ at: moment.subtract({ hours }), channel: 'call', voice: 'human', purpose: 'marketing' })),
  })

  it('close nothing before: half past eight in the evening is open by the federal hours alone', () => {
    expect(ask(portland, evening('2025-12-30'))).toMatchObject({ allowed: true })
    expect(rulesIn(portland, at('2025-12-31T23:59:59.999Z'), three(at('2025-12-31T23:59:59.999Z')))).toEqual([])
  })

  it('close on the day, from its midnight in UTC on: still the thirty-first in Oregon, which is the stricter side', () => {
    expect(rulesIn(portland, evening('2025-12-31'))).toEqual(['us-or.hours'])
    expect(ask(portland, evening('2026-01-01'))).toMatchObject({ allowed: false, nextAllowedAt: '2026-01-02T16:00:00Z' })
    expect(rulesIn(portland, evening('2026-01-01'))).toEqual(['us-or.hours'])
    expect(rulesIn(portland, at('2026-01-01T00:00:00Z'), three(at('2026-01-01T00:00:00Z')))).toEqual(['us-or.cap'])
  })

  it('end a yes of the day before with that day: it does not outlive the change of the law', () => {
    expect(ask(portland, at('2025-12-31T23:30:00Z'))).toMatchObject({ allowed: true, holdsUntil: '2026-01-01T00:00:00Z' })
    expect(ask(portland, at('2026-01-01T00:30:00Z'))).toMatchObject({ allowed: true, holdsUntil: '2026-01-01T04:00:00Z' })
  })

  it('are looked ahead to: who asks on the last night before is told when the new hours open', () => {
    const night = Temporal.PlainDateTime.from('2025-12-31T22:00').toZonedDateTime('America/Los_Angeles').toInstant()
    expect(ask(portland, night)).toMatchObject({ allowed: false, nextAllowedAt: '2026-01-01T16:00:00Z' })
  })
})

describe('hours of a state', () => {
  it.each([
    ['FL', '+13055550123', 'America/New_York', '2021-06-29T20:30', '2021-07-01T20:30'],
    ['OK', '+14055550123', 'America/Chicago', '2022-10-30T20:30', '2022-11-01T20:30'],
    ['CT', '+12035550123', 'America/New_York', '2023-09-30T08:30', '2023-10-01T08:30'],
    ['MD', '+13015550123', 'America/New_York', '2023-12-30T20:30', '2024-01-01T20:30'],
    ['TX', '+12145550123', 'America/Chicago', '2025-08-30T08:30', '2025-09-01T08:30'],
  ])('%s close with the day of their law', (state, number, zone, before, after) => {
    const moment = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant()
    expect(rulesIn(number, moment(before))).toEqual([])
    expect(rulesIn(number, moment(after))).toContain(`us-${state.toLowerCase()}.hours`)
  })
})

const dated = shippedRulebook.rules.filter(({ from, to }) => from !== null || to !== null)

it('every row with a day waits for it, and none has ended before it began', () => {
  expect(dated.map(({ id }) => id)).toEqual(expect.arrayContaining(['us-or.hours', 'us-or.cap', 'us-tx.registration', 'us-ca.machine']))
  for (const { id, from, to } of dated) {
    const begins = from === null ? Number.NEGATIVE_INFINITY : at(`${from}T00:00:00Z`).epochMilliseconds
    const ends = to === null ? Number.POSITIVE_INFINITY : at(`${to}T12:00:00Z`).epochMilliseconds
    expect(begins, id).toBeLessThan(ends)
    if (from !== null) expect([holdsAt({ from, to }, begins - 1), holdsAt({ from, to }, begins)], id).toEqual([false, true])
    if (to !== null) expect([holdsAt({ from, to }, ends - 1), holdsAt({ from, to }, ends)], id).toEqual([true, false])
  }
})
