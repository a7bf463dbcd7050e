import { type Case, type HouseRule, holdUntil, iso, waitUntil } from './case.ts'
import { monthsLater } from './months.ts'
import { isPhone } from './places.ts'
import { reachOf } from './reach.ts'
import { reason } from './reasons.ts'
import { purposeOf } from './touch.ts'

/** What holds everywhere, whatever the law of the place. */
export const houseRules: readonly HouseRule[] = [
  contactIsThere,
  noMarketingToChildren,
  businessIsOpen,
  noOptOut,
  pointWorks,
  purposeFollowsSubject,
  subjectCarriesIt,
  channelWorks,
]

function contactIsThere({ touch, facts: { contact }, reasons }: Case): void {
  if (contact.state === 'erased') reasons.push(reason('contact_erased', {}))
  if (contact.state !== 'restricted') return
  // Restriction of processing (GDPR Art. 18(2)) leaves room for the defence of her rights, which is what legal notices are.
  const from = { authority: 'GDPR Art. 18' }
  reasons.push(touch.purpose === 'legal' ? reason('passes_restriction', {}, from) : reason('contact_restricted', {}, from))
}

/** Whatever she or somebody else ticked: offers are not for her (COPPA; CCPA § 1798.120(c)). */
function noMarketingToChildren({ touch, facts: { contact }, reasons }: Case): void {
  if (contact.underAge && touch.purpose === 'marketing')
    reasons.push(reason('under_age', {}, { authority: '16 CFR 312; Cal. Civ. Code § 1798.120(c)' }))
}

/** From closing on, a business has nothing to say but what the law asks for. */
function businessIsOpen({ touch, facts: { sender }, reasons }: Case): void {
  if (sender.closing && touch.purpose !== 'legal') reasons.push(reason('business_closing', {}))
}

function noOptOut({ touch, facts: { suppressions, subject }, reasons }: Case): void {
  for (const suppression of suppressions) {
    if (!reachOf(suppression, touch, subject)) continue
    const { scope, cause } = suppression
    const since = iso(suppression.since.epochMilliseconds)
    reasons.push(touch.purpose === 'legal' ? reason('passes_opt_out', { scope, since }) : reason('suppressed', { scope, since, cause }))
  }
}

/** Channels that go to an address or number of the contact; the others have their own way to her. */
export const needsPoint = (channel: Case['touch']['channel']): boolean => channel === 'email' || isPhone(channel)

function pointWorks(one: Case): void {
  const { touch, facts, reasons, atMs } = one
  const { channel } = touch
  const { point } = facts
  if (!point) {
    if (needsPoint(channel)) reasons.push(reason('no_contact_point', { channel }))
    return
  }
  if (point.reassigned?.answer === 'yes') {
    const from = { authority: '47 CFR 64.1200(m)', rule: 'us.reassigned' }
    reasons.push(reason('number_reassigned', { at: point.reassigned.at.toString() }, from))
  }
  if (point.bounce?.kind === 'permanent') reasons.push(reason('point_bounced', { channel, at: point.bounce.at.toString() }))
  else if (point.bounce && atMs < point.bounce.retryAfter.epochMilliseconds) {
    waitUntil(one, point.bounce.retryAfter.epochMilliseconds)
    reasons.push(reason('point_resting', { channel, until: point.bounce.retryAfter.toString() }))
  }
}

function purposeFollowsSubject({ touch: { purpose, about }, reasons }: Case): void {
  const fitting = purposeOf[about.type]
  if (purpose !== fitting) reasons.push(reason('purpose_does_not_fit', { type: about.type, purpose, fitting }))
}

function subjectCarriesIt(one: Case): void {
  const {
    touch: {
      purpose,
      about: { type },
    },
    facts: { subject },
    reasons,
  } = one
  if (!subject) reasons.push(reason('subject_missing', { type }))
  // The last word in a legal matter may come after it was closed: the answer itself closes it.
  else if (purpose === 'legal') reasons.push(reason('legal_duty', { type }))
  else if (!subject.open) reasons.push(reason('subject_closed', { type }))
  else if (purpose === 'service') reasons.push(reason('her_own_business', { type }))
  else if (purpose === 'reply') answersHer(one, subject)
}

function answersHer(one: Case, subject: NonNullable<Case['facts']['subject']>): void {
  const { type } = one.touch.about
  if (subject.startedBy !== 'contact') {
    one.reasons.push(reason('contact_did_not_start_it', { type }))
    return
  }
  if (type === 'missed_call') {
    const end = subject.since ? monthsLater(subject.since.epochMilliseconds, inquiryMonths(one)) : Number.NEGATIVE_INFINITY
    if (one.atMs >= end) {
      one.reasons.push(reason('inquiry_over', { since: subject.since?.toString() ?? '' }, { authority: '47 CFR 64.1200(f)(5)' }))
      return
    }
    holdUntil(one, end)
  }
  one.reasons.push(reason('contact_started_it', { type }))
}

/** The shortest inquiry period of her places, or of all where they have none: after it a missed call is not hers to be answered any more. */
function inquiryMonths({ of, plan }: Case): number {
  const hers = plan.standings.filter((rule) => rule.of === 'registry')
  const any = of.rulebook.rules.flatMap((rule) => (rule.kind === 'standing' && rule.of === 'registry' ? [rule] : []))
  return Math.min(...(hers.length > 0 ? hers : any).map((rule) => rule.inquiryMonths))
}

function channelWorks({ touch: { channel }, facts: { channelsSetUp }, reasons }: Case): void {
  if (!channelsSetUp.includes(channel)) reasons.push(reason('channel_not_set_up', { channel }))
}
