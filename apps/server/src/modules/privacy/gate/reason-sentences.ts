import type { Reason, ReasonCode } from '@frontdesk/contact-rules'

/** Each reason that stands in the way, in plain English, for refusals of the API and the outbox. Screens say the codes in the reader's language. */
const sentences: Readonly<Record<ReasonCode, string>> = {
  contact_started_it: 'she began this conversation',
  her_own_business: 'it is about her own booking or order',
  legal_duty: 'the law asks for it',
  passes_opt_out: 'it passes her opt-out',
  passes_restriction: 'it passes the restriction of her data',
  channel_not_set_up: 'this channel is not set up',
  no_rulebook: 'there are no rules for this purpose on this channel yet',
  contact_erased: 'her data was erased',
  under_age: 'she is under the age that the business set, and this is an offer',
  business_closing: 'the business is being closed',
  contact_restricted: 'the use of her data is restricted',
  no_contact_point: 'no address is known for this channel',
  point_bounced: 'mail to this address came back',
  point_resting: 'the other side asked for a pause',
  suppressed: 'she asked not to be reached',
  subject_missing: 'what it is about is not there any more',
  subject_closed: 'what it is about is closed',
  contact_did_not_start_it: 'she has not written to us',
  purpose_does_not_fit: 'the purpose does not fit what it is about',
  consented: 'she agreed to it',
  relationship_carries: 'there is a business relationship',
  no_consent_needed: 'the law asks for no consent',
  exempt_from_registry: 'the do-not-call register does not bind us towards her',
  no_rules_for_country: 'we have no rules for her country, so that only a person, mail or chat may reach her, and not with offers',
  inquiry_over: 'she called too long ago to be called back',
  consent_missing: 'she has not agreed to it in the form the law asks for',
  voice_forbidden: 'the law where she may be forbids this kind of call',
  on_registry: 'her number is on a do-not-call register',
  registry_not_loaded: 'the do-not-call register is not loaded',
  registry_too_old: 'the copy of the do-not-call register is too old',
  number_reassigned: 'the number belongs to somebody else now',
  number_unconfirmed: 'the number may belong to somebody else by now',
  not_registered_in: 'the business is not registered as a telephone seller there',
  texts_not_registered: 'our texts are not registered with the carriers',
  window_closed: 'the operator of this channel lets us write only for a while after her own message',
  caller_id_unanswered: 'the number we would show is not answered by us',
  emergency: 'there is an emergency where she may be',
  outside_hours: 'it is outside the calling hours where she may be',
  day_closed: 'the law where she may be closes this day',
  never_open: 'no moment is open in every place she may be in',
  cap_reached: 'she was reached as often as the law lets us',
  business_is_quiet: 'these are quiet hours of the business',
  business_cap_reached: 'she was reached as often as the business wants to',
  business_channel_off: 'the business switched this off',
  prefers_other_times: 'she prefers other times',
  prefers_less_often: 'she wants to hear from us less often',
  prefers_other_channel: 'she prefers another channel',
  prefers_other_language: 'she prefers another language',
}

/** What stands in the way, in one sentence. */
export function whyNot(reasons: readonly Reason[]): string {
  const standing = reasons.filter(({ effect }) => effect === 'blocks' || effect === 'defers').map(({ code }) => sentences[code])
  return `Not sent, because ${standing.join(', and ')}.`
}
