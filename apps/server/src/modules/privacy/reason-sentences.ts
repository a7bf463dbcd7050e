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
  contact_restricted: 'the use of her data is restricted',
  no_contact_point: 'no address is known for this channel',
  point_bounced: 'mail to this address came back',
  point_resting: 'the other side asked for a pause',
  suppressed: 'she asked not to be reached',
  subject_missing: 'what it is about is not there any more',
  subject_closed: 'what it is about is closed',
  contact_did_not_start_it: 'she has not written to us',
  purpose_does_not_fit: 'the purpose does not fit what it is about',
}

/** What stands in the way, in one sentence. */
export function whyNot(reasons: readonly Reason[]): string {
  const standing = reasons.filter(({ effect }) => effect === 'blocks' || effect === 'defers').map(({ code }) => sentences[code])
  return `Not sent, because ${standing.join(', and ')}.`
}
