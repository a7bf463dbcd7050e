import type { Facts } from './facts.ts'
import { reachOf } from './reach.ts'
import type { Reason } from './reasons.ts'
import { reason } from './reasons.ts'
import type { Touch } from './touch.ts'
import { purposeOf } from './touch.ts'

/** One rule of the house looks at a touch and says what it has to say: nothing where it does not apply. */
export type HouseRule = (touch: Touch, facts: Facts, now: Temporal.Instant) => readonly Reason[]

/** What holds everywhere, whatever the law of the place: these need no date. */
export const houseRules: readonly HouseRule[] = [contactIsThere, noOptOut, pointWorks, purposeFollowsSubject, subjectCarriesIt]

function contactIsThere(touch: Touch, { contact }: Facts): readonly Reason[] {
  if (contact.state === 'erased') return [reason('contact_erased', {})]
  if (contact.state !== 'restricted') return []
  // Restriction of processing (GDPR Art. 18(2)) leaves room for the defence of her rights, which is what legal notices are.
  const from = { authority: 'GDPR Art. 18' }
  return [touch.purpose === 'legal' ? reason('passes_restriction', {}, from) : reason('contact_restricted', {}, from)]
}

function noOptOut(touch: Touch, { suppressions, subject }: Facts): readonly Reason[] {
  return suppressions
    .filter((suppression) => reachOf(suppression, touch, subject))
    .map((suppression) => {
      const { scope, cause } = suppression
      const since = suppression.since.toString()
      return touch.purpose === 'legal' ? reason('passes_opt_out', { scope, since }) : reason('suppressed', { scope, since, cause })
    })
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
