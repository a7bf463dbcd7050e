import type { Case } from './case.ts'
import type { Decision, RecordingRule, Requirement } from './decision.ts'
import type { Facts } from './facts.ts'
import { houseRules, needsPoint } from './house-rules.ts'
import { lawRules } from './law-rules.ts'
import { ownRules } from './own-rules.ts'
import { recordingOf } from './plan.ts'
import { horizonMs, type Prepared, planFor, prepare, whereOf } from './prepare.ts'
import type { Effect, Reason, StepCode } from './reasons.ts'
import { reason, reasonTable } from './reasons.ts'
import type { Rulebook } from './rulebook.ts'
import { shippedRulebook } from './shipped.ts'
import { timeRules } from './time-rules.ts'
import type { Touch } from './touch.ts'

/**
 * May we reach this person in this way now, and why? All rules are asked and the strictest wins. Without a rule that carries a yes the answer is no,
 * so that a missing rule can never open the gate.
 */
export function decide(touch: Touch, facts: Facts, now: Temporal.Instant, rulebook: Rulebook = shippedRulebook): Decision {
  const of = prepare(rulebook)
  const one = judge(of, touch, facts, now.epochMilliseconds)
  const rulebookVersion = rulebook.version
  if (one.reasons.every(carries)) {
    return {
      allowed: true,
      reasons: sorted(one.reasons),
      requires: requiresOf(one),
      recording: touch.channel === 'call' ? recordingFor(one) : null,
      holdsUntil: Temporal.Instant.fromEpochMilliseconds(one.holdsUntil),
      rulebookVersion,
    }
  }
  const next = nextMoment(of, one)
  if (next === 'never') one.reasons.push(reason('never_open', { places: one.where.names }))
  const reasons = sorted(one.reasons)
  return {
    allowed: false,
    reasons,
    ...(typeof next === 'number' ? { nextAllowedAt: Temporal.Instant.fromEpochMilliseconds(next) } : {}),
    stepThatWouldAllow: firstStep(reasons),
    rulebookVersion,
  }
}

/** Everything the rules say about a touch at one instant. */
function judge(of: Prepared, touch: Touch, facts: Facts, atMs: number): Case {
  const where = whereOf(of, touch, facts)
  const plan = planFor(of, where, touch, atMs)
  const nextEra = of.eras.find((ms) => ms > atMs) ?? Number.POSITIVE_INFINITY
  const holdsUntil = Math.min(atMs + horizonMs, nextEra)
  const one: Case = {
    of,
    touch,
    facts,
    atMs,
    where,
    plan,
    reasons: [],
    resumeAt: 0,
    holdsUntil,
    exemptLine: false,
    known: { standings: {} },
  }
  for (const rule of houseRules) rule(one)
  for (const rule of ownRules) rule(one)
  // Without a number or address nothing is known of where she is, and nothing can go out anyway.
  if (facts.point !== null || !needsPoint(touch.channel)) {
    for (const rule of lawRules) rule(one)
    for (const rule of timeRules) rule(one)
  }
  const { channel, purpose } = touch
  if (!one.reasons.some(({ effect }) => effect !== 'notes')) one.reasons.push(reason('no_rulebook', { channel, purpose }))
  return one
}

const stands = ({ effect }: Reason): boolean => effect === 'blocks' || effect === 'defers'
const carries = (one: Reason): boolean => !stands(one)

/** When a touch would be allowed for which only the moment is missing. It is asked again at that moment, because other rules may hold by then. */
function nextMoment(of: Prepared, { touch, facts, atMs, reasons, resumeAt }: Case): number | 'never' | undefined {
  let standing = reasons
  let moment = resumeAt
  for (let at = atMs; ; ) {
    // What blocks only later (a copy grows old, a number silent) means that no moment comes in time.
    if (standing.some(({ effect }) => effect === 'blocks')) return at === atMs ? undefined : 'never'
    if (moment <= at || moment > atMs + horizonMs) return 'never'
    at = moment
    const then = judge(of, touch, facts, at)
    if (then.reasons.every(carries)) return at
    standing = then.reasons
    moment = then.resumeAt
  }
}

const strictness = { blocks: 0, defers: 1, allows: 2, notes: 3 } as const satisfies { readonly [E in Effect]: number }
const sorted = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.length < 2 ? reasons : reasons.toSorted((a, b) => strictness[a.effect] - strictness[b.effect])

function firstStep(reasons: readonly Reason[]): StepCode | null {
  const steps = reasons.filter(stands).map(({ code }) => reasonTable[code].step)
  return steps.includes(null) ? null : (steps[0] ?? null)
}

function requiresOf({ plan, facts, touch }: Case): readonly Requirement[] {
  const { languages } = facts.person.preferences
  if (!languages || languages.length === 0 || touch.language !== undefined) return plan.requires
  const inHers = { code: 'write_in_language', params: { languages: languages.join(', ') }, authority: null, rule: 'preferences' } as const
  return [...plan.requires, inHers]
}

function recordingFor({ of, where, plan, facts: { sender, policy }, atMs }: Case): RecordingRule {
  const known = plan.recordings.get(sender.region)
  const rule = known ?? recordingOf(of.rulebook, where, sender.region, atMs)
  if (!known) plan.recordings.set(sender.region, rule)
  return policy.announceRecording && rule.consent !== 'announce' ? { ...rule, consent: 'announce' } : rule
}
