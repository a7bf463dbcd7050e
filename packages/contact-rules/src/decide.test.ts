import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { about, asText, at, call, earlier, fine, noon, point, write } from './example.fixture.ts'
import type { Facts, Suppression } from './facts.ts'
import { shippedRulebook } from './shipped.ts'
import { type Channel, channels, purposeOf, purposes, type SubjectType, type Touch } from './touch.ts'

const later = at('2026-10-20T17:00:00Z')
const reply = write('conversation')
const service = write('booking')
const legal = write('request')
const stopped = (scope: 'all' | 'marketing' | 'texts' | 'calls'): Suppression => ({ scope, since: earlier, cause: 'link' })
const stoppedOn = (channel: Channel): Suppression => ({ scope: 'channel', channel, since: earlier, cause: 'asked' })
const ask = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => decide(touch, { ...fine, ...facts }, now)
const codes = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => ask(touch, facts, now).reasons.map((one) => one.code)

describe('refusals', () => {
  it.each<[string, Touch, Partial<Facts>, string[], string | null]>([
    ['she asked us to stop', service, { suppressions: [stopped('all')] }, ['suppressed', 'her_own_business'], 'ask_her_to_opt_in'],
    [
      'she asked us to stop, and we answer her',
      reply,
      { suppressions: [stopped('all')] },
      ['suppressed', 'contact_started_it'],
      'ask_her_to_opt_in',
    ],
    ['she stopped this channel', service, { suppressions: [stoppedOn('email')] }, ['suppressed', 'her_own_business'], 'ask_her_to_opt_in'],
    [
      'her data is restricted',
      service,
      { contact: { state: 'restricted' } },
      ['contact_restricted', 'her_own_business'],
      'lift_restriction',
    ],
    ['she is erased', service, { contact: { state: 'erased' } }, ['contact_erased', 'her_own_business'], null],
    ['she is erased, whatever the law wants said', legal, { contact: { state: 'erased' } }, ['contact_erased', 'legal_duty'], null],
    ['there is no address', service, { point: null }, ['no_contact_point', 'her_own_business'], 'add_contact_point'],
    [
      'the address bounced',
      legal,
      { point: { ...point, bounce: { kind: 'permanent', at: earlier } } },
      ['point_bounced', 'legal_duty'],
      'correct_contact_point',
    ],
    [
      'the number is somebody else’s now',
      call('request'),
      { point: { ...point, reassigned: { answer: 'yes', at: earlier } } },
      ['number_reassigned', 'legal_duty'],
      'correct_contact_point',
    ],
    ['there is no such booking', service, { subject: null }, ['subject_missing'], null],
    ['there is no such request', legal, { subject: null }, ['subject_missing'], null],
    ['the booking is over', service, { subject: { open: false, startedBy: 'contact' } }, ['subject_closed'], 'reopen_subject'],
    ['the conversation is closed', reply, { subject: { open: false, startedBy: 'contact' } }, ['subject_closed'], 'reopen_subject'],
    ['a reply to what we began', reply, { subject: { open: true, startedBy: 'us' } }, ['contact_did_not_start_it'], null],
    ['mail is not set up', service, { channelsSetUp: [] }, ['channel_not_set_up', 'her_own_business'], 'set_up_channel'],
    [
      'a newsletter called service',
      { ...service, about: about('broadcast').about },
      {},
      ['purpose_does_not_fit', 'her_own_business'],
      'use_fitting_purpose',
    ],
    [
      'a text with offers called service',
      { ...write('broadcast', 'sms'), purpose: 'service' },
      {},
      ['purpose_does_not_fit', 'her_own_business'],
      'use_fitting_purpose',
    ],
    [
      'a booking called legal',
      { ...legal, about: about('booking').about },
      { suppressions: [stopped('all')] },
      ['purpose_does_not_fit', 'legal_duty', 'passes_opt_out'],
      'use_fitting_purpose',
    ],
  ])('%s', (_case, touch, facts, expected, step) => {
    const decision = ask(touch, facts)
    expect(decision).toMatchObject({ allowed: false, stepThatWouldAllow: step, rulebookVersion: shippedRulebook.version })
    expect(decision.reasons.map((one) => one.code)).toEqual(expected)
    expect(decision).not.toHaveProperty('nextAllowedAt')
  })

  it.each(Object.keys(purposeOf) as SubjectType[])('every purpose but its own for a %s', (type) => {
    for (const purpose of purposes.filter((one) => one !== purposeOf[type])) {
      expect(codes({ ...write(type), purpose })).toContain('purpose_does_not_fit')
    }
  })

  it('gives every reason at once, the moment only where it is all that is missing', () => {
    const resting = { point: { ...point, bounce: { kind: 'temporary', retryAfter: later } } } as const
    expect(asText(ask(service, resting))).toMatchObject({
      allowed: false,
      nextAllowedAt: later.toString(),
      stepThatWouldAllow: 'wait',
      reasons: [{ code: 'point_resting', effect: 'defers', params: { until: '2026-10-20T17:00:00Z' } }, { code: 'her_own_business' }],
    })
    const both = ask(service, { ...resting, suppressions: [stopped('all'), stoppedOn('email')] })
    expect(both.reasons.map((one) => one.code)).toEqual(['suppressed', 'suppressed', 'point_resting', 'her_own_business'])
    expect(both).not.toHaveProperty('nextAllowedAt')
  })

  it('a moment that never comes, rather than a promise of one', () => {
    const quiet = { policy: { hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 22 * 60, toMinute: 23 * 60 }] } }
    expect(ask(call('campaign'), quiet)).toMatchObject({
      allowed: false,
      reasons: [{ code: 'never_open' }, { code: 'business_is_quiet' }, {}, {}],
    })
    expect(codes(write('campaign'), { policy: { hours: [] } })).toContain('business_channel_off')
  })
})

describe('a business that is being closed', () => {
  it.each<[string, Touch]>([
    ['answers nobody', reply],
    ['writes about no booking', service],
    ['makes no offers', write('broadcast')],
    ['asks no questions', write('survey')],
    ['calls nobody', call('callback')],
  ])('%s', (_case, touch) => {
    const decision = ask(touch, { sender: { ...fine.sender, closing: true } })
    expect(decision).toMatchObject({ allowed: false, stepThatWouldAllow: 'reopen_business' })
    expect(decision.reasons.map(({ code }) => code)).toContain('business_closing')
  })

  it('still says what the law asks for', () => {
    expect(ask(legal, { sender: { ...fine.sender, closing: true } })).toMatchObject({ allowed: true })
  })
})

describe('permissions', () => {
  it.each<[string, Touch, Partial<Facts>, string[]]>([
    ['a reply to her open conversation', reply, {}, ['contact_started_it']],
    ['her own booking', service, {}, ['her_own_business']],
    ['a booking we made for her', service, { subject: { open: true, startedBy: 'us' } }, ['her_own_business']],
    ['her booking, although she wants no marketing', service, { suppressions: [stopped('marketing')] }, ['her_own_business']],
    ['her booking by mail, although she wants no texts', service, { suppressions: [stoppedOn('sms')] }, ['her_own_business']],
    [
      'an address that rested long enough',
      service,
      { point: { ...point, bounce: { kind: 'temporary', retryAfter: noon } } },
      ['her_own_business'],
    ],
    ['a chat, which needs no address', write('conversation', 'chat'), { point: null }, ['contact_started_it']],
    [
      'what the law makes us say, past opt-out and restriction',
      legal,
      { suppressions: [stopped('all'), stoppedOn('email')], contact: { state: 'restricted' } },
      ['legal_duty', 'passes_restriction', 'passes_opt_out', 'passes_opt_out'],
    ],
    ['the last word in a closed matter', legal, { subject: { open: false, startedBy: 'contact' } }, ['legal_duty']],
    ['an offer she agreed to', write('broadcast'), {}, ['consented']],
    [
      'an offer by mail, which needs no consent there',
      write('broadcast'),
      { consents: [], person: { address: { country: 'US', region: 'NY', zone: null }, zone: null, preferences: {} } },
      ['no_consent_needed'],
    ],
  ])('%s', (_case, touch, facts, expected) => {
    const decision = ask(touch, facts)
    expect(decision).toMatchObject({ allowed: true, rulebookVersion: shippedRulebook.version })
    expect(decision.reasons.map((one) => one.code)).toEqual(expected)
  })

  it('say until when they hold: to the end of the hours, the consent, the copy of the register, the next change of law', () => {
    const until = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => {
      const decision = ask(touch, facts, now)
      return decision.allowed ? decision.holdsUntil.toString() : decision.reasons
    }
    expect(until(call('campaign'))).toBe('2026-10-21T01:00:00Z')
    const short = fine.consents.map((one) => ({ ...one, expiresAt: at('2026-10-20T18:00:00Z') }))
    expect(until(call('campaign', 'artificial'), { consents: short })).toBe('2026-10-20T18:00:00Z')
    const registries = [{ registry: 'us.national', listed: false, asOf: at('2026-09-19T17:30:00Z') }] as const
    expect(until(call('campaign'), { consents: [], registries })).toBe('2026-10-20T17:30:00Z')
    expect(until(service, {}, at('2026-12-20T00:00:00Z'))).toBe('2027-01-31T00:00:00Z')
    expect(until(service)).toBe('2026-12-19T16:00:00Z')
  })
})

describe('how far an opt-out reaches', () => {
  const ways = ['email', 'sms', 'call by hand', 'call by dialer', 'call by machine', 'chat'] as const
  const touchOf = (way: (typeof ways)[number], type: SubjectType): Touch => {
    if (way === 'call by hand') return call(type)
    if (way === 'call by dialer') return call(type, 'human', 'automatic')
    return way === 'call by machine' ? call(type, 'artificial', 'automatic') : write(type, way)
  }
  const types = { reply: 'conversation', service: 'booking', legal: 'request', feedback: 'survey', marketing: 'campaign' } as const
  const offers = ['feedback', 'marketing']
  const calls = ['call by hand', 'call by dialer', 'call by machine']
  const machines = ['sms', 'call by dialer', 'call by machine']
  /** What each scope leaves alone, in the words of the design. */
  const passes: { readonly [scope: string]: (way: string, purpose: string) => boolean } = {
    marketing: (_way, purpose) => !offers.includes(purpose),
    texts: (way, purpose) => !machines.includes(way) && !(calls.includes(way) && offers.includes(purpose)),
    calls: (way) => !calls.includes(way),
    all: () => false,
    'channel sms': (way) => way !== 'sms',
    'channel call': (way) => !calls.includes(way),
  }

  for (const scope of Object.keys(passes)) {
    const suppression: Suppression = scope.startsWith('channel ')
      ? stoppedOn(scope.slice(8) as Channel)
      : stopped(scope as 'all' | 'marketing' | 'texts' | 'calls')
    it.each(ways.flatMap((way) => purposes.map((purpose) => [way, purpose] as const)))(`${scope}: %s, %s`, (way, purpose) => {
      const touch = touchOf(way, types[purpose])
      expect(ask(touch).allowed).toBe(true)
      expect(ask(touch, { suppressions: [suppression] }).allowed).toBe(purpose === 'legal' || passes[scope]!(way, purpose))
    })
  }

  it('leaves the callback that she asks for after "don’t call me", not one she asked for before', () => {
    const suppressions = [stopped('calls')]
    const subject = (since: string) => ({ open: true, startedBy: 'contact', since: at(since) }) as const
    expect(ask(call('callback'), { suppressions, subject: subject('2026-10-12T00:00:00Z') }).allowed).toBe(true)
    expect(ask(call('callback'), { suppressions, subject: subject('2026-10-09T00:00:00Z') }).allowed).toBe(false)
    expect(ask(call('missed_call'), { suppressions, subject: subject('2026-10-12T00:00:00Z') }).allowed).toBe(false)
    expect(ask(call('callback'), { suppressions: [stopped('all')], subject: subject('2026-10-12T00:00:00Z') }).allowed).toBe(false)
  })

  it('is told for every one of them', () => {
    const suppressions = [stopped('all'), stopped('texts'), stoppedOn('sms')]
    expect(codes(write('booking', 'sms'), { suppressions }).filter((code) => code === 'suppressed')).toHaveLength(3)
  })
})

it('knows every channel', () => {
  for (const channel of channels) {
    const touch = channel === 'call' ? call('booking') : write('booking', channel)
    expect(ask(touch).allowed).toBe(true)
    expect(codes(touch, { channelsSetUp: channels.filter((one) => one !== channel) })).toContain('channel_not_set_up')
  }
})
