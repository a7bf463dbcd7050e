import { describe, expect, it } from 'vitest'
import { at, call, earlier, fine, noon, numbered, point, write } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { allowed, ask, asked, bought, codes, consent, dialer, person, robot } from './law.fixture.ts'

describe('registers', () => {
  const registry = (change: object) => ({ ...consent(null), registries: fine.registries.map((one) => ({ ...one, ...change })) })

  it('are asked for, in a copy of at most 31 days', () => {
    expect(ask(person, { ...consent(null), registries: [] })).toMatchObject({ stepThatWouldAllow: 'load_registry' })
    expect(codes(person, registry({ listed: true }))).toContain('on_registry')
    expect(allowed(person, registry({}))).toBe(true)
    const old = noon.subtract({ hours: 31 * 24 })
    expect(codes(person, registry({ asOf: old }))).toContain('registry_too_old')
    expect(allowed(person, registry({ asOf: old.add({ milliseconds: 1 }) }))).toBe(true)
  })

  it('do not bind towards a customer of 18 months, an inquiry of three, or written consent', () => {
    const listed = { registries: fine.registries.map((one) => ({ ...one, listed: true })) }
    expect(allowed(person, { ...listed, ...consent('pewc') })).toBe(true)
    expect(allowed(person, { ...listed, ...consent('pec') })).toBe(false)
    const cases: [Partial<Facts>, boolean][] = [
      [bought('2025-04-20T16:00:00.001Z'), true],
      [bought('2025-04-20T16:00:00Z'), false],
      [asked('2026-07-20T16:00:00.001Z'), true],
      [asked('2026-07-20T16:00:00Z'), false],
    ]
    for (const [facts, expected] of cases) expect(allowed(person, { ...listed, ...consent(null), ...facts })).toBe(expected)
    expect(codes(person, { ...listed, ...consent(null), ...bought('2026-10-01T00:00:00Z') })).toContain('exempt_from_registry')
  })

  it('in Canada do not bind towards an inquiry of six months or any express consent', () => {
    const there = { ...numbered('+14165550123'), registries: [{ registry: 'ca.national', listed: true, asOf: earlier }] } as const
    expect(codes(person, { ...there, ...consent(null) })).toContain('on_registry')
    expect(allowed(person, { ...there, ...consent('pec_oral') })).toBe(true)
    expect(allowed(person, { ...there, ...consent(null), ...asked('2026-05-01T00:00:00Z') })).toBe(true)
    expect(allowed(person, { ...there, ...consent(null), ...asked('2026-04-01T00:00:00Z') })).toBe(false)
  })

  it('of states stand beside the national one; Indiana’s is not lifted by a relationship', () => {
    const national = { ...consent(null), registries: fine.registries.filter(({ registry: id }) => id === 'us.national') }
    expect(ask(person, { ...national, ...numbered('+13055550123') }).reasons).toContainEqual(
      expect.objectContaining({ code: 'registry_not_loaded', params: { registry: 'us.FL' }, rule: 'us-fl.registry' }),
    )
    expect(codes(person, { ...national, ...numbered('+13175550123'), ...bought('2026-10-01T00:00:00Z') })).toContain('registry_not_loaded')
  })

  it('bind offers only', () => {
    const none = { ...consent(null), registries: [] }
    for (const touch of [call('booking'), call('callback'), call('survey'), call('request')]) expect(allowed(touch, none)).toBe(true)
  })
})

describe('numbers', () => {
  const silent = (change: object) => ({
    consents: fine.consents.map((one) => ({ ...one, givenAt: at('2026-08-01T00:00:00Z') })),
    point: { ...point, lastHeardAt: null, ...change },
  })

  it('that were silent for 45 days wait for the database of reassigned ones', () => {
    const offers = [write('campaign', 'sms'), robot, dialer]
    for (const touch of offers) {
      expect(codes(touch, silent({}))).toContain('number_unconfirmed')
      expect(allowed(touch, silent({ reassigned: { answer: 'no', at: earlier } }))).toBe(true)
      expect(codes(touch, silent({ reassigned: { answer: 'no', at: at('2026-09-19T16:00:00Z') } }))).toContain('number_unconfirmed')
      expect(codes(touch, silent({ reassigned: { answer: 'no_data', at: earlier } }))).toContain('number_unconfirmed')
      expect(allowed(touch, silent({ lastHeardAt: at('2026-09-05T16:00:00.001Z') }))).toBe(true)
      expect(allowed(touch, silent({ lastHeardAt: at('2026-09-05T16:00:00Z') }))).toBe(false)
    }
    expect(codes(person, silent({}))).not.toContain('number_unconfirmed')
    expect(allowed(write('booking', 'sms'), silent({}))).toBe(true)
  })
})
