import { describe, expect, it } from 'vitest'
import { anyConsent, at, call, earlier, fine, noon, numbered, point, write } from './example.fixture.ts'
import type { ConsentLevel } from './facts.ts'
import { address, allowed, ask, bought, codes, consent, dialer, person, robot, tape, texas, text } from './law.fixture.ts'
import type { Touch } from './touch.ts'

describe('consent', () => {
  it.each<[string, Touch, string, ConsentLevel, boolean]>([
    ['an AI voice with an offer', robot, '+12125550123', 'pewc', true],
    ['a recording with an offer', tape, '+12125550123', 'pewc', true],
    ['an AI voice with an offer, in the Fifth Circuit as well', robot, '+15045550123', 'pewc', true],
    ['a text with an offer', write('campaign', 'sms'), '+12125550123', 'pewc', true],
    ['a text with an offer that a person types', write('campaign', 'sms', 'person'), '+12125550123', 'pewc', true],
    ['an AI voice about a booking', call('booking', 'artificial'), '+12125550123', 'pec_oral', true],
    ['an AI voice in California', call('booking', 'artificial'), '+12135550123', 'pec_oral', true],
    ['an AI voice with an offer in Canada', robot, '+14165550123', 'pec_oral', true],
    ['an AI voice about a booking in Canada', call('booking', 'artificial'), '+14165550123', 'pec_oral', true],
    ['a dialed call with an offer in Florida', dialer, '+13055550123', 'pewc', true],
    ['a dialed call with an offer in Oklahoma', dialer, '+14055550123', 'pewc', true],
    ['a dialed call with an offer in Maryland', dialer, '+13015550123', 'pewc', true],
    ['any call with an offer in Connecticut', person, '+12035550123', 'pewc', false],
    ['a message with an offer in a chat', write('campaign', 'chat'), '+12125550123', 'pec', false],
  ])('%s', (_case, touch, number, needed, automated) => {
    const levels = ['pec_oral', 'pec', 'pewc'] as const
    const where = { ...numbered(number), ...(touch.channel === 'chat' ? address('US', 'NY') : {}) }
    expect(codes(touch, { ...where, consents: [] })).toContain('consent_missing')
    for (const level of levels) {
      const enough = levels.indexOf(level) >= levels.indexOf(needed as (typeof levels)[number])
      expect(codes(touch, { ...where, ...consent(level) }).includes('consent_missing'), level).toBe(!enough)
      if (automated) expect(codes(touch, { ...where, ...consent(level, false) })).toContain('consent_missing')
    }
  })

  it('to news is none to offers, consent to offers is one to news', () => {
    expect(allowed(robot, consent('pewc', true, 'service'))).toBe(false)
    expect(allowed(call('booking', 'artificial'), consent('pewc', true, 'service'))).toBe(true)
    expect(allowed(call('booking', 'artificial'), consent('pewc', true, 'marketing'))).toBe(true)
  })

  it('ends with its day, begins with its own, and holds on its own channel', () => {
    const only = (change: object) => ({ consents: [anyConsent('call', change)] })
    expect(allowed(robot, only({ expiresAt: noon }))).toBe(false)
    expect(allowed(robot, only({ expiresAt: noon.add({ milliseconds: 1 }) }))).toBe(true)
    expect(allowed(robot, only({ givenAt: noon.add({ milliseconds: 1 }) }))).toBe(false)
    expect(allowed(robot, { consents: [anyConsent('sms')] })).toBe(false)
  })

  it('is never a business relationship where a machine speaks', () => {
    for (const number of ['+12125550123', '+14165550123']) {
      expect(allowed(robot, { ...numbered(number), consents: [], ...bought('2026-10-01T00:00:00Z') })).toBe(false)
      expect(allowed(person, { ...numbered(number), consents: [], ...bought('2026-10-01T00:00:00Z') })).toBe(true)
    }
  })

  it('to be told by text is a number she gave or wrote from', () => {
    const number = (change: object) => ({ ...consent(null), point: { ...point, givenByContact: false, lastHeardAt: null, ...change } })
    for (const type of ['booking', 'conversation', 'survey'] as const) {
      expect(codes(write(type, 'sms'), number({}))).toContain('consent_missing')
      expect(codes(write(type, 'sms'), number({ givenByContact: true }))).not.toContain('consent_missing')
      expect(allowed(write(type, 'sms'), number({ lastHeardAt: earlier }))).toBe(true)
    }
    expect(allowed(write('request', 'sms'), number({}))).toBe(true)
  })

  it('is not needed for news to a landline, three times in 30 days; health care once a day', () => {
    const machine = call('booking', 'prerecorded')
    const landline = { ...consent(null), point: { ...point, line: 'landline' as const } }
    const before = (...hours: readonly number[]) => ({
      past: hours.map((one) => ({
        at: noon.subtract({ hours: one }),
        channel: 'call' as const,
        voice: 'prerecorded' as const,
        purpose: 'service' as const,
      })),
    })
    expect(allowed(machine, landline)).toBe(true)
    expect(allowed(machine, { ...landline, ...before(1, 2) })).toBe(true)
    expect(ask(machine, { ...landline, ...before(1, 2, 600) })).toMatchObject({ nextAllowedAt: text(noon.add({ hours: 120 })) })
    expect(allowed(machine, { ...landline, ...before(1), policy: { healthCare: true } })).toBe(false)
    expect(allowed(machine, { ...landline, ...before(30, 50), policy: { healthCare: true } })).toBe(true)
    expect(allowed(machine, { ...landline, ...numbered('+12135550123', { line: 'landline' }) })).toBe(false)
    expect(allowed(machine, { ...landline, point: { ...point, line: 'mobile' } })).toBe(false)
    expect(allowed(call('campaign', 'prerecorded'), landline)).toBe(false)
  })
})

describe('voices and sellers', () => {
  it('some states forbid', () => {
    expect(codes(robot, numbered('+14055550123'))).toContain('voice_forbidden')
    expect(codes(tape, numbered('+14055550123'))).not.toContain('voice_forbidden')
    for (const touch of [robot, tape]) expect(codes(touch, numbered('+12065550123'))).toContain('voice_forbidden')
    expect(codes(call('booking', 'artificial'), numbered('+12065550123'))).not.toContain('voice_forbidden')
  })

  it('are registered in Texas, from the day of the law on', () => {
    for (const touch of [person, write('campaign', 'sms')]) {
      expect(ask(touch, numbered('+12145550123'))).toMatchObject({ allowed: false, stepThatWouldAllow: 'register_business' })
      expect(codes(touch, { ...numbered('+12145550123'), ...texas })).not.toContain('not_registered_in')
      expect(codes(touch, numbered('+12145550123'), at('2025-08-31T23:59:59Z'))).not.toContain('not_registered_in')
      expect(codes(touch, numbered('+12145550123'), at('2025-09-01T00:00:00Z'))).toContain('not_registered_in')
    }
    expect(allowed(call('booking'), numbered('+12145550123'))).toBe(true)
  })

  it('show a number that is answered, and send registered texts', () => {
    const sender = { ...fine.sender, callerIdAnswered: false, textsRegistered: false }
    expect(codes(person, { sender })).toContain('caller_id_unanswered')
    expect(codes(call('booking'), { sender })).not.toContain('caller_id_unanswered')
    expect(codes(write('booking', 'sms'), { sender })).toContain('texts_not_registered')
  })
})
