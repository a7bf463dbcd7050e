import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { anyConsent, asText, at, call, earlier, fine, noon, numbered, point, write } from './example.fixture.ts'
import type { ConsentLevel, Facts } from './facts.ts'
import { shippedRulebook } from './shipped.ts'
import type { Touch } from './touch.ts'

const ask = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => asText(decide(touch, { ...fine, ...facts }, now))
const text = (moment: Temporal.Instant) => moment.toString()
const allowed = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => ask(touch, facts, now).allowed
const codes = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => ask(touch, facts, now).reasons.map(({ code }) => code)
const consent = (level: 'pec_oral' | 'pec' | 'pewc' | null, automated = true, purpose: 'service' | 'marketing' = 'marketing') => ({
  consents:
    level === null ? [] : (['call', 'sms', 'email', 'chat'] as const).map((channel) => anyConsent(channel, { level, automated, purpose })),
})
const address = (country: string, region: string | null = null) => ({
  person: { address: { country, region, zone: null }, zone: null, preferences: {} },
})
const bought = (text: string) => ({ dealings: { lastTransactionAt: at(text), lastInquiryAt: null } })
const asked = (text: string) => ({ dealings: { lastTransactionAt: null, lastInquiryAt: at(text) } })
const robot = call('campaign', 'artificial')
const tape = call('campaign', 'prerecorded')
const person = call('campaign')
const dialer = call('campaign', 'human', 'automatic')
const texas = { policy: { registeredIn: ['US-TX'] } }

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

describe('what must be said', () => {
  const said = (touch: Touch, facts: Partial<Facts> = {}) => {
    const decision = ask(touch, facts)
    return decision.allowed ? decision.requires.map(({ code }) => code) : decision.reasons
  }
  it.each<[string, Touch, Partial<Facts>, string[]]>([
    ['a person about a booking', call('booking'), {}, []],
    [
      'a person with an offer',
      person,
      {},
      ['say_who_calls', 'say_purpose', 'offer_opt_out', 'say_call_back_number', 'ring_fifteen_seconds'],
    ],
    ['an AI about a booking', call('booking', 'artificial'), {}, ['say_who_calls', 'say_it_is_a_machine', 'say_call_back_number']],
    [
      'a mail with an offer',
      write('broadcast'),
      address('US', 'NY'),
      ['name_sender', 'postal_address', 'unsubscribe_link', 'honest_subject'],
    ],
    ['a text about a booking', write('booking', 'sms'), {}, ['name_sender', 'stop_word']],
    ['a mail about a booking, in Canada', write('booking'), address('CA', 'ON'), ['name_sender', 'postal_address', 'unsubscribe_link']],
    ['a reply', write('conversation'), {}, []],
  ])('%s', (_case, touch, facts, expected) => expect(said(touch, facts)).toEqual(expected))

  it('an AI with an offer says more, and a dialer is quick', () => {
    expect(said(call('campaign', 'artificial', 'automatic'))).toEqual(
      expect.arrayContaining([
        'say_it_is_a_machine',
        'opt_out_within_two_seconds',
        'opt_out_number_on_voicemail',
        'answer_within_two_seconds',
      ]),
    )
    expect(said(person, numbered('+12065550123'))).toEqual(
      expect.arrayContaining(['say_who_within_thirty_seconds', 'hang_up_within_ten_seconds']),
    )
  })

  it('the link to unsubscribe works for the longer time where the country is not known', () => {
    const decision = ask(write('broadcast'))
    expect(decision.allowed && decision.requires.find(({ code }) => code === 'unsubscribe_link')).toMatchObject({
      params: { works_for_days: '60' },
    })
  })

  it('in her language, where she told us', () => {
    const person_ = { person: { address: null, zone: null, preferences: { languages: ['fr-CA'] } } }
    expect(said(write('booking'), person_)).toContain('write_in_language')
    expect(codes({ ...write('broadcast'), language: 'en' }, person_)).toContain('prefers_other_language')
    expect(codes({ ...write('broadcast'), language: 'fr' }, person_)).not.toContain('prefers_other_language')
  })
})

describe('recording', () => {
  const rule = (number: string, region: string | null, facts: Partial<Facts> = {}) => {
    const decision = ask(call('booking'), { ...numbered(number), sender: { ...fine.sender, region }, ...facts })
    return decision.allowed ? decision.recording?.consent : decision.reasons
  }

  it.each('CA CT DE FL IL MD MA MI MT NV NH OR PA WA'.split(' '))('is announced to and from %s', (state) => {
    const area = {
      CA: '213',
      CT: '203',
      DE: '302',
      FL: '305',
      IL: '312',
      MD: '301',
      MA: '617',
      MI: '313',
      MT: '406',
      NV: '702',
      NH: '603',
      OR: '503',
      PA: '215',
      WA: '206',
    }
    expect(rule(`+1${area[state as keyof typeof area]}5550123`, 'US-NY')).toBe('announce')
    expect(rule('+12125550123', `US-${state}`)).toBe('announce')
  })

  it('needs our own consent alone between other states, and is announced where a side is not known', () => {
    expect(rule('+12125550123', 'US-NY')).toBe('one_party')
    expect(rule('+12125550123', 'US-TX')).toBe('one_party')
    expect(rule('+12125550123', null)).toBe('announce')
    expect(rule('+18005550123', 'US-NY')).toBe('announce')
    expect(rule('+14165550123', 'US-NY')).toBe('announce')
    expect(rule('+12125550123', 'CA-ON')).toBe('announce')
    expect(rule('+442071838750', 'US-NY', { point: { ...point, number: '+442071838750', numberCountry: 'GB' } })).toBe('announce')
    expect(rule('+12125550123', 'US-NY', address('US', 'CA'))).toBe('announce')
    expect(rule('+12125550123', 'US-NY', { policy: { announceRecording: true } })).toBe('announce')
    expect(ask(write('booking'))).toMatchObject({ recording: null })
  })
})

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
