import { describe, expect, it } from 'vitest'
import { at, call, fine, noon, numbered, write } from './example.fixture.ts'
import { allowed, ask, bought, codes, dialer, person, text } from './law.fixture.ts'

describe('caps', () => {
  const past = (count: number, change: object = {}, every = 1) => ({
    past: Array.from({ length: count }, (_, n) => ({
      at: noon.subtract({ hours: 1 + n * every }),
      channel: 'call' as const,
      voice: 'human' as const,
      purpose: 'marketing' as const,
      ...change,
    })),
  })

  it.each(['+13055550123', '+14055550123', '+13015550123', '+15035550123'])('three in 24 hours: %s', (number) => {
    expect(allowed(person, { ...numbered(number), ...past(2) })).toBe(true)
    expect(ask(person, { ...numbered(number), ...past(3) })).toMatchObject({
      allowed: false,
      stepThatWouldAllow: 'wait',
      // On the Pacific the first of the three is a day old before the hours begin.
      nextAllowedAt: number === '+15035550123' ? '2026-10-21T15:00:00Z' : text(noon.add({ hours: 21 })),
    })
    expect(allowed(person, { ...numbered(number), past: [...past(2, { channel: 'sms' }).past, ...past(1).past] })).toBe(false)
    expect(allowed(person, { ...numbered(number), ...past(3, { purpose: 'service' }) })).toBe(true)
    expect(allowed(call('booking'), { ...numbered(number), ...past(5) })).toBe(true)
  })

  it('Oregon’s is lifted by a relationship', () => {
    expect(allowed(person, { ...numbered('+15035550123'), ...past(3), ...bought('2026-01-01T00:00:00Z') })).toBe(true)
    expect(allowed(person, { ...numbered('+13055550123'), ...past(3), ...bought('2026-01-01T00:00:00Z') })).toBe(false)
  })

  it('begin with the day of their law', () => {
    const day = at('2025-10-20T16:00:00Z')
    const three = {
      ...past(3),
      past: [1, 2, 3].map((hours) => ({ at: day.subtract({ hours }), channel: 'call' as const, purpose: 'marketing' as const })),
    }
    const then = { ...numbered('+15035550123'), consents: [], ...three, registries: fine.registries.map((one) => ({ ...one, asOf: day })) }
    expect(codes(person, then, day)).not.toContain('cap_reached')
  })

  it('Maine lets a machine dial once in eight hours', () => {
    expect(allowed(dialer, { ...numbered('+12075550123'), ...past(1) })).toBe(false)
    expect(allowed(dialer, { ...numbered('+12075550123'), ...past(1, { at: noon.subtract({ hours: 8 }) }) })).toBe(true)
    expect(allowed(person, { ...numbered('+12075550123'), ...past(1) })).toBe(true)
  })

  it('Regulation F: seven calls in seven days, and seven days after a conversation', () => {
    const debts = { policy: { collectsDebts: true } }
    expect(allowed(call('invoice'), { ...past(7, {}, 12) })).toBe(true)
    expect(allowed(call('invoice'), { ...debts, ...past(6, {}, 12) })).toBe(true)
    expect(allowed(call('invoice'), { ...debts, ...past(7, {}, 12) })).toBe(false)
    expect(ask(call('invoice'), { ...debts, ...past(1, { talked: true }) })).toMatchObject({
      nextAllowedAt: text(noon.add({ hours: 167 })),
    })
    expect(allowed(call('booking'), { ...debts, ...past(7, {}, 12) })).toBe(true)
  })

  it('of the business count calls, texts and mails together', () => {
    const mixed = [past(1), past(1, { channel: 'sms' }), past(1, { channel: 'email' })].flatMap((one) => one.past)
    const policy = { caps: [{ count: 3, hours: 24 }] }
    for (const touch of [person, write('campaign', 'sms'), write('broadcast'), write('survey')]) {
      expect(ask(touch, { past: mixed, policy })).toMatchObject({ allowed: false, nextAllowedAt: text(noon.add({ hours: 23 })) })
      expect(allowed(touch, { past: mixed.slice(1), policy })).toBe(true)
    }
    expect(allowed(write('booking'), { past: mixed, policy })).toBe(true)
    const all = { caps: [{ count: 3, hours: 24, purposes: ['service', 'marketing', 'feedback'] as const }] }
    expect(allowed(write('booking'), { past: mixed, policy: all })).toBe(false)
    expect(allowed(write('request'), { past: mixed, policy: all })).toBe(true)
  })
})
