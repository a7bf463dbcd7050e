import type { Facts, Suppression } from './facts.ts'
import type { Reason, ReasonCode, ReasonParams } from './reasons.ts'
import { reasonTable } from './reasons.ts'
import type { Channel, Purpose, Touch } from './touch.ts'
import { purposeOf } from './touch.ts'

/** One rule looks at a touch and says what it has to say: nothing where it does not apply. */
export type Rule = (touch: Touch, facts: Facts, now: Temporal.Instant) => readonly Reason[]

/** Rules under one version, and the purposes on channels they were written for. What is not covered is refused. */
export type Rulebook = {
  readonly version: string
  readonly covers: (channel: Channel, purpose: Purpose) => boolean
  readonly rules: readonly Rule[]
}

/** Email about what the contact began, what is hers, and what the law makes us say. */
export const coreRulebook: Rulebook = {
  version: '2026-11-21.core.1',
  covers: (channel, purpose) => channel === 'email' && (purpose === 'reply' || purpose === 'service' || purpose === 'legal'),
  rules: [contactIsThere, noOptOut, pointWorks, purposeFollowsSubject, subjectCarriesIt],
}

/** Makes a reason with the effect its code has. */
export function reason<C extends ReasonCode>(code: C, params: ReasonParams[C], authority: string | null = null) {
  return { code, effect: reasonTable[code].effect, params, authority }
}

function contactIsThere(touch: Touch, { contact }: Facts): readonly Reason[] {
  if (contact.state === 'erased') return [reason('contact_erased', {})]
  if (contact.state !== 'restricted') return []
  // Restriction of processing (GDPR Art. 18(2)) leaves room for the defence of her rights, which is what legal notices are.
  const authority = 'GDPR Art. 18'
  return [touch.purpose === 'legal' ? reason('passes_restriction', {}, authority) : reason('contact_restricted', {}, authority)]
}

function noOptOut(touch: Touch, { suppressions }: Facts): readonly Reason[] {
  return suppressions
    .filter((suppression) => concerns(suppression, touch))
    .map((suppression) => {
      const { scope, cause } = suppression
      const since = suppression.since.toString()
      return touch.purpose === 'legal' ? reason('passes_opt_out', { scope, since }) : reason('suppressed', { scope, since, cause })
    })
}

function concerns(suppression: Suppression, touch: Touch): boolean {
  switch (suppression.scope) {
    case 'all':
      return true
    case 'marketing':
      return touch.purpose === 'marketing'
    case 'channel':
      return suppression.channel === touch.channel
  }
}

function pointWorks({ channel }: Touch, { point }: Facts, now: Temporal.Instant): readonly Reason[] {
  if (!point) return [reason('no_contact_point', { channel })]
  if (point.bounce?.kind === 'permanent') return [reason('point_bounced', { channel, at: point.bounce.at.toString() })]
  if (point.bounce && Temporal.Instant.compare(now, point.bounce.retryAfter) < 0) {
    return [reason('point_resting', { channel, until: point.bounce.retryAfter.toString() })]
  }
  return []
}

function purposeFollowsSubject({ purpose, about: { type } }: Touch): readonly Reason[] {
  const fitting = purposeOf[type]
  return purpose === fitting ? [] : [reason('purpose_does_not_fit', { type, purpose, fitting })]
}

function subjectCarriesIt({ purpose, about: { type } }: Touch, { subject }: Facts): readonly Reason[] {
  if (!subject) return [reason('subject_missing', { type })]
  // The last word in a legal matter may come after it was closed: the answer itself closes it.
  if (purpose === 'legal') return [reason('legal_duty', { type })]
  if (!subject.open) return [reason('subject_closed', { type })]
  if (purpose === 'service') return [reason('her_own_business', { type })]
  if (purpose !== 'reply') return []
  return [subject.startedBy === 'contact' ? reason('contact_started_it', { type }) : reason('contact_did_not_start_it', { type })]
}
