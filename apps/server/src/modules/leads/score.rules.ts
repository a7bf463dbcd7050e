import type { LeadSource, ScoreRule } from '@frontdesk/contract'

/** What a score is made of: nothing else is looked at. */
export type ScoreFacts = {
  /** Questions that were answered with yes. */
  readonly yes: ReadonlySet<string>
  readonly source: LeadSource
  /** In the business's currency; null where the lead has no value, or one in another currency. */
  readonly valueMinor: number | null
  /** There is a next step whose day is not over. */
  readonly nextStepAhead: boolean
  readonly lastActivityAt: Temporal.Instant
}

/** One rule, and whether the lead meets it. */
export type ScoreReason = { readonly rule: ScoreRule; readonly met: boolean }

/** The points with every reason: rules that are met, and those that are not. `most` is what all rules with points to win give together. */
export type LeadScore = { readonly points: number; readonly most: number; readonly reasons: readonly ScoreReason[] }

/** Adds up the points of the rules that a lead meets. The same facts give the same score. */
export function scoreLead(facts: ScoreFacts, rules: readonly ScoreRule[], now: Temporal.Instant): LeadScore {
  const reasons = rules.map((rule) => ({ rule, met: meets(facts, rule.when, now) }))
  return {
    points: sum(reasons.filter(({ met }) => met).map(({ rule }) => rule.points)),
    most: sum(rules.map(({ points }) => Math.max(points, 0))),
    reasons,
  }
}

function meets(facts: ScoreFacts, when: ScoreRule['when'], now: Temporal.Instant): boolean {
  switch (when.kind) {
    case 'answer':
      return facts.yes.has(when.questionId)
    case 'source':
      return facts.source === when.source
    case 'value':
      return facts.valueMinor !== null && facts.valueMinor >= Number(when.atLeastMinor)
    case 'next_step':
      return facts.nextStepAhead
    case 'recency':
      return Temporal.Instant.compare(facts.lastActivityAt, now.subtract({ hours: 24 * when.days })) >= 0
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
