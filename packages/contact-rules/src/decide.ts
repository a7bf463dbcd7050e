import type { Decision } from './decision.ts'
import type { Facts } from './facts.ts'
import type { Effect, Reason, StepCode } from './reasons.ts'
import { reason, reasonTable } from './reasons.ts'
import type { Rulebook } from './rulebook.ts'
import { houseRules } from './rules.ts'
import { shippedRulebook } from './shipped.ts'
import type { Channel, Purpose, Touch } from './touch.ts'

const covers = (channel: Channel, purpose: Purpose) =>
  channel === 'email' && (purpose === 'reply' || purpose === 'service' || purpose === 'legal')

/**
 * May we reach this person in this way now, and why? All rules are asked and the strictest wins. Without a rule that carries a yes the answer is no,
 * so that a missing rule can never open the gate.
 */
export function decide(touch: Touch, facts: Facts, now: Temporal.Instant, rulebook: Rulebook = shippedRulebook): Decision {
  const found = houseRules.flatMap((rule) => rule(touch, facts, now))
  const { channel, purpose } = touch
  if (!facts.channelsSetUp.includes(channel)) found.push(reason('channel_not_set_up', { channel }))
  const carried = found.some((one) => one.effect === 'allows')
  const blocked = found.some((one) => one.effect === 'blocks' || one.effect === 'defers')
  if (!covers(channel, purpose) || (!carried && !blocked)) found.push(reason('no_rulebook', { channel, purpose }))

  const reasons = found.toSorted((a, b) => strictness[a.effect] - strictness[b.effect])
  const standing = reasons.filter((one) => one.effect === 'blocks' || one.effect === 'defers')
  if (standing.length === 0) {
    return {
      allowed: true,
      reasons,
      requires: [],
      recording: null,
      holdsUntil: now.add({ hours: 24 }),
      rulebookVersion: rulebook.version,
    }
  }
  const nextAllowedAt = latestWait(standing)
  return {
    allowed: false,
    reasons,
    ...(nextAllowedAt ? { nextAllowedAt } : {}),
    stepThatWouldAllow: firstStep(standing),
    rulebookVersion: rulebook.version,
  }
}

const strictness = { blocks: 0, defers: 1, allows: 2, notes: 3 } as const satisfies { readonly [E in Effect]: number }

/** A moment helps only where nothing but waiting is needed. */
function latestWait(standing: readonly Reason[]): Temporal.Instant | undefined {
  const moments = standing.flatMap((one) => ('until' in one.params ? Temporal.Instant.from(one.params.until) : []))
  return moments.length === standing.length ? moments.toSorted(Temporal.Instant.compare).at(-1) : undefined
}

function firstStep(standing: readonly Reason[]): StepCode | null {
  const steps = standing.map((one) => reasonTable[one.code].step)
  return steps.includes(null) ? null : (steps[0] ?? null)
}
