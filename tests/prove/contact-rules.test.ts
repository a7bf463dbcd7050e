import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../packages/contact-rules/src/decide.ts'
import type {
  Consent,
  Facts,
  PastTouch,
  PersonFacts,
  PointFacts,
  RegistryId,
  Suppression,
  WallWindow,
} from '../../packages/contact-rules/src/facts.ts'
import { reasonTable } from '../../packages/contact-rules/src/reasons.ts'
import { type Channel, channels, purposeOf, type SubjectType, type Touch, voices } from '../../packages/contact-rules/src/touch.ts'
import { sized } from '../setup/sizes.ts'
import { addresses, forbiddenBy, numbers } from './contact-rules-oracle.ts'

/** A million touches where the promise is proven, a few thousand in between. */
const touches = sized(6000, 1_000_000)

const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/St_Johns', 'Pacific/Honolulu']
/** Minutes at which something opens or closes somewhere, and the changes of clocks of both directions. */
const edges = [0, 90, 120, 480, 540, 600, 720, 810, 1020, 1080, 1200, 1260, 1290]
const days = [
  ...['2026-03-07', '2026-03-08', '2026-03-09', '2026-10-31', '2026-11-01', '2026-11-02', '2027-03-14', '2027-11-07'],
  ...['2026-07-03', '2026-07-04', '2026-11-26', '2026-12-25', '2027-01-18', '2027-02-09', '2026-04-03', '2027-12-31', '2026-11-03'],
]
/** The oracle tells the law as it stands since the newest row came into force, so its days begin there. */
const anyDay = fc.oneof(
  fc.constantFrom(...days),
  fc.integer({ min: 0, max: 738 }).map((count) => Temporal.PlainDate.from('2026-01-02').add({ days: count }).toString()),
)
/** Moments are built on somebody’s wall clock, so that edges are met, and then one millisecond to an hour off. */
const anyNow = fc
  .record({
    day: anyDay,
    zone: fc.constantFrom(...zones),
    minute: fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 1439 })),
    off: fc.constantFrom(-60_000, -1, 0, 0, 1, 59_999),
  })
  .map(({ day, zone, minute, off }) =>
    Temporal.PlainDate.from(day)
      .toZonedDateTime({ timeZone: zone, plainTime: { hour: Math.floor(minute / 60), minute: minute % 60 } })
      .toInstant()
      .add({ milliseconds: off }),
  )

const anyTouch: fc.Arbitrary<Touch> = fc
  .record({
    channel: fc.oneof(fc.constantFrom<Channel>('call', 'sms', 'email'), fc.constantFrom(...channels)),
    type: fc.oneof(
      fc.constantFrom<SubjectType>('campaign', 'broadcast', 'survey', 'booking', 'callback', 'missed_call', 'invoice'),
      fc.constantFrom<SubjectType>(...(Object.keys(purposeOf) as SubjectType[])),
    ),
    voice: fc.constantFrom(...voices),
    dialing: fc.constantFrom('by_hand', 'automatic'),
    writer: fc.constantFrom('person', 'machine'),
    template: fc.option(fc.boolean(), { nil: undefined }),
    language: fc.option(fc.constantFrom('en', 'es-MX', 'fr'), { nil: undefined, freq: 4 }),
  })
  .map(({ channel, type, voice, dialing, writer, template, language }) => {
    const what = { purpose: purposeOf[type], about: { type, id: 'x' }, language }
    return channel === 'call' ? { ...what, channel, voice, dialing } : { ...what, channel, writer, template }
  })

const ago = (now: Temporal.Instant, most: number) => fc.integer({ min: 0, max: most }).map((hours) => now.subtract({ hours }))
const rarely = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined, freq: 6 })
const window: fc.Arbitrary<WallWindow> = fc
  .record({
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 3 }),
    fromMinute: fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60),
    toMinute: fc.integer({ min: 1, max: 24 }).map((hour) => hour * 60),
  })
  .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute && toMinute - fromMinute !== 1440)

const anySuppression = (now: Temporal.Instant): fc.Arbitrary<Suppression> =>
  fc
    .record({
      scope: fc.constantFrom('all', 'marketing', 'texts', 'calls', 'channel'),
      channel: fc.constantFrom(...channels),
      since: ago(now, 2000),
      cause: fc.constantFrom('asked', 'link', 'complaint', 'member'),
    })
    .map(({ scope, channel, ...rest }) => (scope === 'channel' ? { ...rest, scope, channel } : { ...rest, scope }))

const anyConsent = (now: Temporal.Instant, { channel, purpose }: Touch): fc.Arbitrary<Consent> =>
  fc.record({
    channel: fc.oneof(fc.constant(channel), fc.constantFrom(...channels)),
    purpose: fc.oneof(fc.constant(purpose), fc.constantFrom('service', 'marketing', 'feedback')),
    level: fc.constantFrom('pec_oral', 'pec', 'pewc', 'pewc'),
    automated: fc.integer({ min: 0, max: 3 }).map((dice) => dice > 0),
    givenAt: ago(now, 3000),
    expiresAt: fc.option(
      fc.integer({ min: -500, max: 3000 }).map((hours) => now.add({ hours })),
      { freq: 4 },
    ),
  })

const anyPoint = (now: Temporal.Instant): fc.Arbitrary<PointFacts> =>
  fc.record({
    bounce: fc.oneof(
      { weight: 12, arbitrary: fc.constant(null) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: -50, max: 300 }).map((hours) => ({ kind: 'temporary' as const, retryAfter: now.add({ hours }) })),
      },
      { weight: 1, arbitrary: fc.constant({ kind: 'permanent' as const, at: now }) },
    ),
    number: fc.constantFrom(...numbers.map(({ number }) => number)),
    numberCountry: fc.constant('GB'),
    line: fc.constantFrom('mobile', 'landline', 'unknown'),
    givenByContact: fc.boolean(),
    lastHeardAt: fc.option(ago(now, 2000)),
    reassigned: fc.option(fc.record({ answer: fc.constantFrom('no', 'no', 'no', 'no_data', 'yes'), at: ago(now, 1000) }), { freq: 2 }),
  })

const anyPerson: fc.Arbitrary<PersonFacts> = fc.record({
  address: fc.option(
    fc
      .record({ home: fc.constantFrom(...addresses), zone: fc.option(fc.constant('America/Denver'), { freq: 2 }) })
      .map(({ home, zone }) => ({
        country: home.country,
        region: home.region,
        zone: home.region === 'NV' ? zone : null,
      })),
    { freq: 2 },
  ),
  zone: fc.option(fc.constantFrom(...zones), { freq: 2 }),
  preferences: fc.record({
    channelsOff: rarely(fc.subarray([...channels])),
    hours: rarely(fc.array(window, { minLength: 1, maxLength: 2 })),
    languages: rarely(fc.subarray(['en', 'es', 'fr-CA'])),
    atMost: rarely(fc.record({ count: fc.integer({ min: 1, max: 3 }), hours: fc.constantFrom(24, 168) })),
  }),
})

const anyPast = (now: Temporal.Instant): fc.Arbitrary<PastTouch[]> =>
  fc.array(
    fc.record({
      at: ago(now, 100),
      channel: fc.constantFrom('call', 'call', 'sms', 'email'),
      voice: fc.constantFrom('human', 'artificial', 'prerecorded', undefined),
      purpose: fc.constantFrom('marketing', 'feedback', 'service'),
      talked: fc.boolean(),
    }),
    { maxLength: 6 },
  )

const anyPolicy: fc.Arbitrary<Facts['policy']> = fc.record({
  channelsOff: rarely(fc.subarray([...channels])),
  voicesOff: rarely(fc.subarray([...voices])),
  hours: rarely(fc.array(window, { minLength: 1, maxLength: 2 })),
  quiet: rarely(fc.array(window, { minLength: 1, maxLength: 1 })),
  zone: fc.constant('America/Chicago'),
  sundaysOff: rarely(fc.boolean()),
  caps: rarely(
    fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: 4 }),
        hours: fc.constantFrom(24, 72),
        purposes: fc.constantFrom(undefined, ['service', 'marketing'] as const),
      }),
      {
        maxLength: 2,
      },
    ),
  ),
  mailNeedsConsent: rarely(fc.boolean()),
  collectsDebts: fc.boolean(),
  healthCare: fc.boolean(),
  registeredIn: fc.constantFrom(undefined, ['US-TX'], ['US-TX']),
  emergencies: rarely(fc.subarray(['US-LA', 'US-NY', 'US-FL'])),
  announceRecording: fc.boolean(),
})

const registries: RegistryId[] = ['us.national', 'us.FL', 'us.LA', 'us.OK', 'us.PA', 'us.TX', 'ca.national']

const anyQuestion = fc.record({ touch: anyTouch, now: anyNow }).chain(({ touch, now }) =>
  fc.record({
    touch: fc.constant(touch),
    now: fc.constant(now),
    facts: fc.record<Facts>({
      contact: fc.record({ state: fc.constantFrom('active', 'active', 'active', 'active', 'active', 'active', 'restricted', 'erased') }),
      point: anyPoint(now),
      subject: fc.option(
        fc.record({
          open: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
          startedBy: fc.constantFrom('contact', 'contact', 'contact', 'us'),
          since: fc.option(ago(now, 3000), { nil: undefined, freq: 6 }),
        }),
        { freq: 20 },
      ),
      suppressions: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(anySuppression(now), { maxLength: 2 }) },
      ),
      channelsSetUp: fc.constantFrom(channels, channels, channels, channels, ['email'] as const),
      person: anyPerson,
      consents: fc.array(anyConsent(now, touch), { maxLength: 3 }),
      dealings: fc.record({
        lastTransactionAt: fc.option(ago(now, 20_000), { freq: 2 }),
        lastInquiryAt: fc.option(ago(now, 6000), { freq: 2 }),
      }),
      registries: fc.oneof(
        fc.constant([]),
        fc.array(
          fc.record({
            registry: fc.constantFrom(...registries),
            listed: fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0),
            asOf: ago(now, 900),
          }),
          {
            maxLength: 4,
          },
        ),
        ago(now, 300).map((asOf) => registries.map((registry) => ({ registry, listed: false, asOf }))),
      ),
      past: fc.oneof(fc.constant([]), anyPast(now)),
      sender: fc.record({
        region: fc.constantFrom('US-NY', 'US-CA', null),
        callerIdAnswered: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
        textsRegistered: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
        personMayAnswerLater: fc.boolean(),
      }),
      heard: fc
        .record({ messenger: rarely(ago(now, 30)), instagram: ago(now, 200), whatsapp: fc.option(ago(now, 48), { nil: undefined }) })
        .map(({ messenger, instagram, whatsapp }) => ({
          instagram,
          ...(messenger ? { messenger } : {}),
          ...(whatsapp ? { whatsapp } : {}),
        })),
      policy: fc.oneof(fc.constant({ zone: 'America/Chicago' }), anyPolicy),
    }),
  }),
)

describe('any touch, any facts, any moment', () => {
  it('is allowed exactly where nothing in the law forbids it', () => {
    let yes = 0
    fc.assert(
      fc.property(anyQuestion, ({ touch, facts, now }) => {
        const decision = decide(touch, facts, now)
        const forbidden = forbiddenBy(touch, facts, now)
        if (decision.allowed) yes += 1
        if (decision.allowed !== (forbidden.length === 0)) {
          expect.fail(
            `${decision.allowed ? 'allowed' : decision.reasons.map(({ code }) => code).join(', ')}; the oracle: ${forbidden.join(', ') || 'nothing forbids it'}`,
          )
        }
      }),
      { numRuns: touches },
    )
    // Not vacuous: a good part of the touches is allowed.
    expect(yes / touches).toBeGreaterThan(0.08)
  })

  it('names the first moment at which it is allowed, and until when a yes holds', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0, max: 1, noNaN: true }), ({ touch, facts, now }, share) => {
        const decision = decide(touch, facts, now)
        const between = (end: Temporal.Instant) =>
          now.add({ milliseconds: Math.floor((end.epochMilliseconds - now.epochMilliseconds) * share) })
        if (decision.allowed) {
          const last = decision.holdsUntil.subtract({ milliseconds: 1 })
          for (const moment of [between(last), last]) expect(decide(touch, facts, moment).allowed).toBe(true)
        } else if (decision.nextAllowedAt) {
          const next = decision.nextAllowedAt
          expect(Temporal.Instant.compare(now, next)).toBe(-1)
          expect(decide(touch, facts, next).allowed).toBe(true)
          for (const moment of [between(next.subtract({ milliseconds: 1 })), next.subtract({ milliseconds: 1 })]) {
            expect(decide(touch, facts, moment).allowed).toBe(false)
          }
        } else {
          expect(decision.reasons.some(({ effect }) => effect === 'blocks')).toBe(true)
        }
      }),
      { numRuns: Math.ceil(touches / 4) },
    )
  })

  it('has reasons that explain the answer, with the effect of their code and the row they come from', () => {
    fc.assert(
      fc.property(anyQuestion, ({ touch, facts, now }) => {
        const { allowed, reasons } = decide(touch, facts, now)
        const standing = reasons.filter(({ effect }) => effect === 'blocks' || effect === 'defers')
        expect(allowed ? standing : standing.length > 0).toEqual(allowed ? [] : true)
        if (allowed) expect(reasons.some(({ effect }) => effect === 'allows')).toBe(true)
        expect(reasons.every((one) => one.effect === reasonTable[one.code].effect)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('never allows more after one more opt-out, or under stricter rules of the business', () => {
    fc.assert(
      fc.property(
        anyQuestion.chain((question) =>
          fc.record({ question: fc.constant(question), more: anySuppression(question.now), policy: anyPolicy }),
        ),
        ({ question: { touch, facts, now }, more, policy }) => {
          const before = decide(touch, facts, now).allowed
          const suppressions = [...facts.suppressions, more]
          expect(!before && decide(touch, { ...facts, suppressions }, now).allowed).toBe(false)
          const { registeredIn: _registered, ...stricter } = policy
          const bare = decide(touch, { ...facts, policy: { zone: policy.zone } }, now).allowed
          expect(!bare && decide(touch, { ...facts, policy: stricter }, now).allowed).toBe(false)
        },
      ),
      { numRuns: 1500 },
    )
  })
})
