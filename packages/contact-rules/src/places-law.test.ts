import { describe, expect, it } from 'vitest'
import { anyConsent, at, call, fine, numbered, point, write } from './example.fixture.ts'
import { address, allowed, ask, asked, bought, codes, consent, person, robot } from './law.fixture.ts'
import type { Touch } from './touch.ts'

describe('mail', () => {
  const offer = write('broadcast')
  const none = { consents: [] }

  it('with an offer needs no consent in the United States, and one or a relationship in Canada', () => {
    expect(codes(offer, { ...none, ...address('US', 'NY') })).toEqual(['no_consent_needed'])
    expect(codes(offer, { ...none, ...address('CA', 'QC') })).toContain('consent_missing')
    expect(allowed(offer, { ...address('CA', 'QC'), consents: [anyConsent('email', { level: 'pec_oral' })] })).toBe(true)
    expect(codes(offer, { ...none, ...address('CA'), ...bought('2024-11-01T00:00:00Z') })).toEqual(['relationship_carries'])
    expect(allowed(offer, { ...none, ...address('CA'), ...bought('2024-10-01T00:00:00Z') })).toBe(false)
    expect(allowed(offer, { ...none, ...address('CA'), ...asked('2026-05-01T00:00:00Z') })).toBe(true)
    expect(allowed(offer, { ...none, ...address('CA'), ...asked('2026-04-01T00:00:00Z') })).toBe(false)
  })

  it('to an unknown country keeps the strictest rule shipped', () => {
    expect(codes(offer, none)).toContain('consent_missing')
    expect(allowed(offer, fine)).toBe(true)
  })

  it('waits for consent where the business wants it', () => {
    expect(allowed(offer, { ...none, ...address('US'), policy: { mailNeedsConsent: true } })).toBe(false)
    expect(allowed(offer, { ...address('US'), policy: { mailNeedsConsent: true } })).toBe(true)
  })
})

describe('a country without rules', () => {
  const there = { ...numbered('+442071838750', { numberCountry: 'GB' }), ...address('GB') }

  it('leaves a person, mail and chat for what is hers', () => {
    const fits: Touch[] = [
      ...[
        call('conversation'),
        call('callback'),
        call('booking'),
        call('request'),
        write('booking'),
        write('request'),
        write('conversation', 'chat'),
      ],
      ...[write('booking', 'whatsapp'), write('booking', 'sms', 'person')],
    ]
    for (const touch of fits) expect(ask(touch, there).reasons.filter(({ effect }) => effect === 'blocks')).toEqual([])
  })

  it('refuses offers, questions and machines', () => {
    const no: Touch[] = [
      ...[person, write('broadcast'), write('survey'), write('campaign', 'chat'), robot],
      ...[call('booking', 'artificial'), call('booking', 'human', 'automatic'), write('booking', 'sms')],
    ]
    for (const touch of no) expect(ask(touch, there)).toMatchObject({ allowed: false, stepThatWouldAllow: 'reach_in_person' })
  })

  it('is also one of the islands of +1, and any number that is not known', () => {
    expect(codes(person, numbered('+18765550123'))).toContain('no_rules_for_country')
    expect(ask(person, { point: { ...point, number: null } }).reasons[0]).toMatchObject({ params: { country: 'unknown' } })
  })
})

describe('who called us', () => {
  const missed = (since: string) => ({ subject: { open: true, startedBy: 'contact' as const, since: at(since) } })

  it('may be called back by a person for three months', () => {
    expect(allowed(call('missed_call'), { ...consent(null), ...missed('2026-07-20T16:00:00.001Z') })).toBe(true)
    expect(ask(call('missed_call'), missed('2026-07-20T16:00:00Z'))).toMatchObject({
      allowed: false,
      stepThatWouldAllow: 'ask_for_consent',
    })
    expect(codes(call('missed_call'), { subject: { open: true, startedBy: 'contact' } })).toContain('inquiry_over')
    expect(allowed(call('missed_call', 'artificial'), { ...consent(null), ...missed('2026-10-20T00:00:00Z') })).toBe(false)
  })
})
