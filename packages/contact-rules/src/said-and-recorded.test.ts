import { describe, expect, it } from 'vitest'
import { call, fine, numbered, point, write } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import { address, ask, codes, person } from './law.fixture.ts'
import type { Touch } from './touch.ts'

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
