import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { Facts, Suppression } from './facts.ts'
import { nothingElseKnown, pointOnly } from './facts.ts'
import { reasonTable } from './reasons.ts'
import { shippedRulebook } from './shipped.ts'
import type { Channel, Purpose, SubjectType, Touch } from './touch.ts'
import { channels, purposeOf, purposes } from './touch.ts'

const now = Temporal.Instant.from('2026-11-21T10:00:00Z')
const earlier = Temporal.Instant.from('2026-10-01T00:00:00Z')
const later = Temporal.Instant.from('2026-11-21T11:00:00Z')

const fine: Facts = {
  ...nothingElseKnown,
  contact: { state: 'active' },
  point: { ...pointOnly, bounce: null },
  subject: { open: true, startedBy: 'contact' },
  suppressions: [],
  channelsSetUp: ['email'],
}
const about = (type: SubjectType) => ({ type, id: '0199' })
const reply: Touch = { channel: 'email', writer: 'machine', purpose: 'reply', about: about('conversation') }
const service: Touch = { channel: 'email', writer: 'machine', purpose: 'service', about: about('booking') }
const legal: Touch = { channel: 'email', writer: 'machine', purpose: 'legal', about: about('request') }
const stopped = (scope: 'all' | 'marketing' | 'texts' | 'calls'): Suppression => ({ scope, since: earlier, cause: 'link' })
const stoppedOn = (channel: Channel): Suppression => ({ scope: 'channel', channel, since: earlier, cause: 'asked' })

const codes = (touch: Touch, facts: Partial<Facts> = {}) => decide(touch, { ...fine, ...facts }, now).reasons.map((one) => one.code)

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
      { point: { ...pointOnly, bounce: { kind: 'permanent', at: earlier } } },
      ['point_bounced', 'legal_duty'],
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
      { ...service, about: about('broadcast') },
      {},
      ['purpose_does_not_fit', 'her_own_business'],
      'use_fitting_purpose',
    ],
    [
      'a booking called legal',
      { ...legal, about: about('booking') },
      { suppressions: [stopped('all')] },
      ['purpose_does_not_fit', 'legal_duty', 'passes_opt_out'],
      'use_fitting_purpose',
    ],
  ])('%s', (_case, touch, facts, expected, step) => {
    const decision = decide(touch, { ...fine, ...facts }, now)
    expect(decision).toMatchObject({ allowed: false, stepThatWouldAllow: step })
    expect(decision.reasons.map((one) => one.code)).toEqual(expected)
    expect(decision).not.toHaveProperty('nextAllowedAt')
  })

  it.each<[Purpose, SubjectType]>([
    ['feedback', 'survey'],
    ['marketing', 'broadcast'],
    ['marketing', 'campaign'],
  ])('%s about a %s, because no rules for it are installed', (purpose, type) => {
    expect(decide({ channel: 'email', writer: 'machine', purpose, about: about(type) }, fine, now)).toEqual({
      allowed: false,
      reasons: [{ code: 'no_rulebook', effect: 'blocks', params: { channel: 'email', purpose }, authority: null, rule: null }],
      stepThatWouldAllow: 'install_rulebook',
      rulebookVersion: shippedRulebook.version,
    })
  })

  it.each(channels.filter((channel) => channel !== 'email'))('%s is not set up, and has no rules even where it is', (channel) => {
    const { purpose, about } = service
    const touch: Touch = channel === 'call' ? { purpose, about, channel, voice: 'human', dialing: 'by_hand' } : { ...service, channel }
    expect(codes(touch)).toEqual(['channel_not_set_up', 'no_rulebook', 'her_own_business'])
    expect(codes(touch, { channelsSetUp: [channel] })).toEqual(['no_rulebook', 'her_own_business'])
  })

  it('gives every reason at once, the moment only where it is all that is missing', () => {
    const resting = { point: { ...pointOnly, bounce: { kind: 'temporary', retryAfter: later } } } as const
    expect(decide(service, { ...fine, ...resting }, now)).toMatchObject({
      allowed: false,
      nextAllowedAt: later,
      stepThatWouldAllow: 'wait',
      reasons: [{ code: 'point_resting', effect: 'defers', params: { until: '2026-11-21T11:00:00Z' } }, { code: 'her_own_business' }],
    })
    const both = decide(service, { ...fine, ...resting, suppressions: [stopped('all'), stoppedOn('email')] }, now)
    expect(both.reasons.map((one) => one.code)).toEqual(['suppressed', 'suppressed', 'point_resting', 'her_own_business'])
    expect(both).not.toHaveProperty('nextAllowedAt')
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
      { point: { ...pointOnly, bounce: { kind: 'temporary', retryAfter: now } } },
      ['her_own_business'],
    ],
    [
      'what the law makes us say, past opt-out and restriction',
      legal,
      { suppressions: [stopped('all'), stoppedOn('email')], contact: { state: 'restricted' } },
      ['legal_duty', 'passes_restriction', 'passes_opt_out', 'passes_opt_out'],
    ],
    ['the last word in a closed matter', legal, { subject: { open: false, startedBy: 'contact' } }, ['legal_duty']],
  ])('%s', (_case, touch, facts, expected) => {
    const decision = decide(touch, { ...fine, ...facts }, now)
    expect(decision).toMatchObject({ allowed: true, rulebookVersion: shippedRulebook.version })
    expect(decision.reasons.map((one) => one.code)).toEqual(expected)
  })
})

describe('any touch, any facts', () => {
  const anyTouch: fc.Arbitrary<Touch> = fc.record({
    channel: fc.constantFrom(...channels.filter((channel) => channel !== 'call')),
    writer: fc.constantFrom('person', 'machine'),
    purpose: fc.constantFrom(...purposes),
    about: fc.constantFrom(...keysOf(purposeOf)).map(about),
  })
  const suppression: fc.Arbitrary<Suppression> = fc.oneof(
    fc.constantFrom(stopped('all'), stopped('marketing'), stopped('texts'), stopped('calls')),
    fc.constantFrom(...channels).map(stoppedOn),
  )
  const anyFacts: fc.Arbitrary<Facts> = fc
    .record({
      contact: fc.record({ state: fc.constantFrom('active', 'restricted', 'erased') }),
      point: fc.constantFrom(
        null,
        { ...pointOnly, bounce: null },
        { ...pointOnly, bounce: { kind: 'permanent', at: earlier } as const },
        { ...pointOnly, bounce: { kind: 'temporary', retryAfter: later } as const },
      ),
      subject: fc.option(fc.record({ open: fc.boolean(), startedBy: fc.constantFrom('contact', 'us') })),
      suppressions: fc.array(suppression, { maxLength: 3 }),
      channelsSetUp: fc.subarray([...channels]),
    })
    .map((facts) => ({ ...nothingElseKnown, ...facts }))

  it('has reasons that explain the answer, with the effect of their code', () => {
    fc.assert(
      fc.property(anyTouch, anyFacts, (touch, facts) => {
        const { allowed, reasons } = decide(touch, facts, now)
        expect(
          reasons.some((one) => one.effect === (allowed ? 'allows' : 'blocks') || one.effect === (allowed ? 'allows' : 'defers')),
        ).toBe(true)
        expect(allowed && reasons.some((one) => one.effect === 'blocks' || one.effect === 'defers')).toBe(false)
        expect(reasons.every((one) => one.effect === reasonTable[one.code].effect)).toBe(true)
      }),
    )
  })

  it('never allows more after one more opt-out', () => {
    fc.assert(
      fc.property(anyTouch, anyFacts, suppression, (touch, facts, more) => {
        const before = decide(touch, facts, now).allowed
        const after = decide(touch, { ...facts, suppressions: [...facts.suppressions, more] }, now).allowed
        expect(after && !before).toBe(false)
      }),
    )
  })
})

function keysOf<T extends object>(table: T): (keyof T)[] {
  const keys: (keyof T)[] = []
  for (const key in table) keys.push(key)
  return keys
}
