import { describe, expect, it } from 'vitest'
import { at, call, fine, noon, write } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { allowed, ask, codes, person, text } from './law.fixture.ts'
import { shippedRulebook } from './shipped.ts'

describe('the business and she herself', () => {
  const prefers = (preferences: Facts['person']['preferences']) => ({ person: { address: null, zone: 'America/New_York', preferences } })
  const workdays = { weekdays: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1020 }

  it('may close channels, voices and days, but not the law’s own notices', () => {
    expect(codes(call('booking'), { policy: { channelsOff: ['call'] } })).toContain('business_channel_off')
    expect(codes(call('booking', 'artificial'), { policy: { voicesOff: ['artificial'] } })).toContain('business_channel_off')
    expect(allowed(call('request'), { policy: { channelsOff: ['call'] } })).toBe(true)
    const sunday = at('2026-10-18T17:00:00Z')
    expect(allowed(person, {}, sunday)).toBe(true)
    expect(ask(person, { policy: { sundaysOff: true } }, sunday)).toMatchObject({ nextAllowedAt: text(at('2026-10-19T12:00:00Z')) })
    const thanksgiving = at('2026-11-26T17:00:00Z')
    const fresh = { registries: fine.registries.map((one) => ({ ...one, asOf: at('2026-11-20T00:00:00Z') })) }
    expect(allowed(person, fresh, thanksgiving)).toBe(true)
    expect(ask(person, { ...fresh, policy: { holidaysOff: true } }, thanksgiving)).toMatchObject({
      nextAllowedAt: text(at('2026-11-27T13:00:00Z')),
    })
    expect(allowed(call('booking'), { policy: { sundaysOff: true } }, sunday)).toBe(true)
  })

  it('may narrow hours, never widen them', () => {
    expect(ask(person, { policy: { hours: [workdays] } }, at('2026-10-20T21:00:00Z'))).toMatchObject({
      nextAllowedAt: text(at('2026-10-21T13:00:00Z')),
    })
    const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 }
    expect(allowed(person, { policy: { hours: [always] } }, at('2026-10-20T11:00:00Z'))).toBe(false)
    const night = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 1140, toMinute: 600 }
    expect(ask(write('broadcast'), { policy: { quiet: [night], zone: 'America/New_York' } }, at('2026-10-20T23:00:00Z'))).toMatchObject({
      nextAllowedAt: text(at('2026-10-21T14:00:00Z')),
    })
  })

  it('may block a state in an emergency', () => {
    expect(ask(person, { policy: { emergencies: ['US-NY'] } })).toMatchObject({ stepThatWouldAllow: 'end_emergency' })
    expect(allowed(call('booking'), { policy: { emergencies: ['US-NY'] } })).toBe(true)
  })

  it('has wishes of her own about channels, times and how often', () => {
    expect(codes(write('booking'), prefers({ channelsOff: ['email'] }))).toContain('prefers_other_channel')
    expect(allowed(write('conversation'), prefers({ channelsOff: ['email'] }))).toBe(true)
    expect(ask(write('broadcast'), prefers({ hours: [workdays] }), at('2026-10-20T21:00:00Z'))).toMatchObject({
      nextAllowedAt: text(at('2026-10-21T13:00:00Z')),
    })
    expect(allowed(write('booking'), prefers({ hours: [workdays] }), at('2026-10-20T21:00:00Z'))).toBe(true)
    const week = prefers({ atMost: { count: 1, hours: 168 } })
    const past = [{ at: noon.subtract({ hours: 10 }), channel: 'email', purpose: 'marketing' }] as const
    expect(ask(person, { ...week, past })).toMatchObject({
      nextAllowedAt: text(at('2026-10-27T12:00:00Z')),
    })
  })
})

it('every row of law has a source, a day, a certainty, and says how doubt was settled', () => {
  const ids = new Set<string>()
  for (const rule of shippedRulebook.rules) {
    expect(ids.has(rule.id), rule.id).toBe(false)
    ids.add(rule.id)
    // A name, not a dash; and a whole sentence for whoever reads the list.
    for (const text of [rule.law, rule.source]) expect(text, rule.id).toMatch(/^\S.{3,}\S$/)
    expect(rule.does, rule.id).toMatch(/^\S.{10,}\.$/)
    const day = Temporal.PlainDate.from(rule.asOf, { overflow: 'reject' })
    expect(day.toString(), rule.id).toBe(rule.asOf)
    expect(Temporal.PlainDate.compare(day, Temporal.PlainDate.from('2026-01-01')), rule.id).toBe(1)
    if (rule.certainty === '?') expect(rule.strict, rule.id).toMatch(/^\S.{10,}\.$/)
  }
})
