/**
 * How many touches one core decides in a second: calls, texts and mails of every kind to numbers all over both countries, with consents, registers, opt-outs and a month of
 * past touches, spread over a week of moments. Pure decisions; what a permit costs in the database is measured beside it.
 */
import type { Facts, SubjectType, Touch } from '@frontdesk/contact-rules'
import { channels, decide, nothingElseKnown, pointOnly, purposeOf, shippedRulebook } from '@frontdesk/contact-rules'
import { callers, measurePermits } from './gate/permits.ts'

const start = Temporal.Instant.from('2026-10-19T12:00:00Z')
const areas =
  '305 448 212 213 405 214 206 541 205 504 601 401 801 215 605 203 207 364 312 602 808 416 367 709 604 907 617 303 404 615'.split(' ')
const types: readonly SubjectType[] = ['campaign', 'broadcast', 'booking', 'conversation', 'survey', 'booking', 'callback', 'request']
const questions = 20_000

/** A small generator with a fixed seed, so that every run measures the same corpus (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const roll = dice(20261129)
const one = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T
const ago = (hours: number) => start.subtract({ hours: Math.floor(roll() * hours) })

function touch(): Touch {
  const type = one(types)
  const what = { purpose: purposeOf[type], about: { type, id: '0199' } }
  const way = roll()
  if (way < 0.5) return { ...what, channel: 'call', voice: one(['human', 'human', 'artificial']), dialing: one(['by_hand', 'automatic']) }
  return { ...what, channel: way < 0.8 ? 'sms' : 'email', writer: 'machine' }
}

function facts(): Facts {
  const asOf = ago(200)
  return {
    ...nothingElseKnown,
    contact: { state: 'active' },
    point: {
      ...pointOnly,
      bounce: null,
      number: `+1${one(areas)}555${String(Math.floor(roll() * 10_000)).padStart(4, '0')}`,
      givenByContact: roll() < 0.7,
      lastHeardAt: roll() < 0.5 ? ago(1500) : null,
    },
    subject: { open: true, startedBy: 'contact', since: ago(100) },
    suppressions: roll() < 0.1 ? [{ scope: one(['marketing', 'texts', 'calls']), cause: 'asked', since: ago(2000) }] : [],
    channelsSetUp: channels,
    person: {
      address: roll() < 0.5 ? { country: 'US', region: one(['NY', 'TX', 'FL', 'CA', 'WA']), zone: null } : null,
      zone: roll() < 0.2 ? 'America/Chicago' : null,
      preferences: {},
    },
    consents: (['call', 'sms', 'email'] as const)
      .filter(() => roll() < 0.6)
      .map((channel) => ({ channel, purpose: 'marketing', level: 'pewc', automated: true, givenAt: ago(1000), expiresAt: null })),
    dealings: { lastTransactionAt: roll() < 0.5 ? ago(9000) : null, lastInquiryAt: null },
    registries: (['us.national', 'us.FL', 'us.TX', 'us.OK', 'us.LA', 'us.MA', 'us.PA', 'ca.national'] as const).map((registry) => ({
      registry,
      listed: roll() < 0.2,
      asOf,
    })),
    past: Array.from({ length: Math.floor(roll() * 6) }, () => ({
      at: ago(31 * 24),
      channel: one(['call', 'sms', 'email']),
      voice: 'human' as const,
      purpose: one(['marketing', 'service']),
    })),
    sender: { region: 'US-NY', callerIdAnswered: true, textsRegistered: true, personMayAnswerLater: false },
    heard: {},
    policy,
  }
}

const policy = {
  zone: 'America/New_York',
  hours: [{ weekdays: [1, 2, 3, 4, 5, 6], fromMinute: 540, toMinute: 1140 }],
  caps: [{ count: 3, hours: 24 }],
  registeredIn: ['US-TX'],
}

const corpus = Array.from({ length: questions }, () => ({
  touch: touch(),
  facts: facts(),
  now: start.add({ seconds: Math.floor(roll() * 7 * 86_400) }),
}))

/** Decisions a second over the whole corpus, and how many were a yes. */
function round(): { readonly perSecond: number; readonly yes: number } {
  let yes = 0
  const from = performance.now()
  for (const { touch: asked, facts: known, now } of corpus) if (decide(asked, known, now).allowed) yes += 1
  return { perSecond: (questions * 1000) / (performance.now() - from), yes }
}

const cold = round()
for (let warm = 0; warm < 5; warm++) round()
const rounds = Array.from({ length: 15 }, round).sort((a, b) => a.perSecond - b.perSecond)
const middle = rounds[7]?.perSecond ?? Number.NaN
console.log(
  `${shippedRulebook.rules.length} rules, ${questions} touches, ${Math.round((cold.yes / questions) * 100)} % allowed: ` +
    `${Math.round(cold.perSecond)} a second when nothing is remembered yet, then ${Math.round(middle)} ` +
    `(${Math.round(rounds[0]?.perSecond ?? Number.NaN)} to ${Math.round(rounds.at(-1)?.perSecond ?? Number.NaN)})`,
)
const permits = await measurePermits()
console.log(
  `with PostgreSQL, ${callers} callers: ${permits.permitsPerSecond} permits a second asked, stored and used, ${permits.batchPerSecond} in lists of 500; ${permits.given} of ${permits.asked} given; ` +
    `one costs ${permits.nodeMs.toFixed(2)} ms of this process and ${permits.postgresMs.toFixed(2)} ms of PostgreSQL`,
)
console.log(
  JSON.stringify({
    bench: 'gate',
    metrics: {
      decisions_per_s: Math.round(middle),
      permits_per_s: permits.permitsPerSecond,
      batch_permits_per_s: permits.batchPerSecond,
      permit_node_ms: permits.nodeMs,
      permit_postgres_ms: permits.postgresMs,
    },
  }),
)
