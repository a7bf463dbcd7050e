import type { ConsentLevel, RegistryId, Suppression } from './facts.ts'
import type { Channel, Purpose, SubjectType, Voice } from './touch.ts'

/** What each reason carries, by its code. Instants are ISO strings, so that a stored decision reads the same in five years. */
export type ReasonParams = {
  /** It answers what the contact began and what is still open. */
  contact_started_it: { readonly type: SubjectType }
  /** It is about her own booking, order or account. */
  her_own_business: { readonly type: SubjectType }
  /** Rights, complaints, breaches and receipts must reach her. */
  legal_duty: { readonly type: SubjectType }
  /** She agreed to it. */
  consented: { readonly level: ConsentLevel; readonly channel: Channel; readonly since: string }
  /** The law takes a purchase or an inquiry for her consent. */
  relationship_carries: { readonly level: ConsentLevel; readonly since: string }
  /** The law asks for no consent for this. */
  no_consent_needed: { readonly channel: Channel; readonly place: string }
  /** An opt-out is in force, and this touch passes it. */
  passes_opt_out: { readonly scope: Suppression['scope']; readonly since: string }
  /** Her data is restricted, and this touch passes that. */
  passes_restriction: Nothing
  /** The register does not bind us towards her: a business relationship, an inquiry or her consent. */
  exempt_from_registry: { readonly registry: RegistryId; readonly level: ConsentLevel }

  channel_not_set_up: { readonly channel: Channel }
  /** No rules for this purpose on this channel are installed, and without rules nothing is sent. */
  no_rulebook: { readonly channel: Channel; readonly purpose: Purpose }
  /** No rules for the country she may be in: only a person, mail and chat, and no offers. */
  no_rules_for_country: { readonly country: string; readonly channel: Channel; readonly purpose: Purpose }
  contact_erased: Nothing
  contact_restricted: Nothing
  /** She is under the age that the business set, and this is marketing. */
  under_age: Nothing
  /** The business closes: only what the law asks for goes out. */
  business_closing: Nothing
  no_contact_point: { readonly channel: Channel }
  point_bounced: { readonly channel: Channel; readonly at: string }
  /** The other side asked for a pause; try again after `until`. */
  point_resting: { readonly channel: Channel; readonly until: string }
  suppressed: { readonly scope: Suppression['scope']; readonly since: string; readonly cause: Suppression['cause'] }
  subject_missing: { readonly type: SubjectType }
  subject_closed: { readonly type: SubjectType }
  /** A reply needs something to reply to: the contact did not start this. */
  contact_did_not_start_it: { readonly type: SubjectType }
  /** She called too long ago to be called back. */
  inquiry_over: { readonly since: string }
  /** The purpose follows from the object; this one has another. */
  purpose_does_not_fit: { readonly type: SubjectType; readonly purpose: Purpose; readonly fitting: Purpose }

  consent_missing: { readonly channel: Channel; readonly needed: ConsentLevel; readonly have: ConsentLevel; readonly place: string }
  /** The law of that place forbids this kind of call altogether. */
  voice_forbidden: { readonly voice: Voice; readonly place: string }
  on_registry: { readonly registry: RegistryId }
  registry_not_loaded: { readonly registry: RegistryId }
  registry_too_old: { readonly registry: RegistryId; readonly at: string }
  /** The number belongs to somebody else now. */
  number_reassigned: { readonly at: string }
  /** She has not been heard from on this number for so long that it may belong to somebody else. */
  number_unconfirmed: Nothing
  /** Telephone sellers must be registered in that state. */
  not_registered_in: { readonly place: string }
  texts_not_registered: Nothing
  /** The operator of the channel lets us write only for so many hours after her own last message. */
  window_closed: { readonly channel: Channel; readonly hours: string }
  caller_id_unanswered: Nothing
  emergency: { readonly place: string }

  /** `place` names the law that closes now; several may. */
  outside_hours: { readonly place: string; readonly zone: string; readonly until: string }
  day_closed: { readonly place: string; readonly day: string; readonly until: string }
  /** No moment of the next 60 days is open in every place she may be in. */
  never_open: { readonly places: string }
  cap_reached: { readonly place: string; readonly count: string; readonly hours: string; readonly until: string }
  business_is_quiet: { readonly until: string }
  business_cap_reached: { readonly count: string; readonly hours: string; readonly until: string }
  business_channel_off: { readonly channel: Channel }
  prefers_other_times: { readonly until: string }
  prefers_less_often: { readonly count: string; readonly hours: string; readonly until: string }
  prefers_other_channel: { readonly channel: Channel }
  prefers_other_language: { readonly languages: string }
}
type Nothing = { readonly [name: string]: never }

export type ReasonCode = keyof ReasonParams

/** `blocks` and `defers` stand in the way, `allows` carries the yes, `notes` is worth knowing. */
export type Effect = 'blocks' | 'defers' | 'allows' | 'notes'

/** One reason of a decision, as data; its words are the reader's. `authority` names the source where it is a law, `rule` the row of the rulebook. */
export type Reason = {
  readonly [C in ReasonCode]: {
    readonly code: C
    readonly effect: Effect
    readonly params: ReasonParams[C]
    readonly authority: string | null
    readonly rule: string | null
  }
}[ReasonCode]

/** What would take a reason out of the way. */
export type StepCode =
  | 'set_up_channel'
  | 'install_rulebook'
  | 'add_contact_point'
  | 'correct_contact_point'
  | 'wait'
  | 'ask_her_to_opt_in'
  | 'lift_restriction'
  | 'reopen_subject'
  | 'reopen_business'
  | 'use_fitting_purpose'
  | 'ask_for_consent'
  | 'reach_in_person'
  | 'load_registry'
  | 'check_number'
  | 'register_business'
  | 'register_texts'
  | 'use_answered_number'
  | 'end_emergency'
  | 'change_own_rules'
  | 'use_other_channel'
  | 'use_her_language'

/** The effect of every code and the step that would remove it; null where none would. The one table both the rules and the words are checked against. */
export const reasonTable = {
  contact_started_it: { effect: 'allows', step: null },
  her_own_business: { effect: 'allows', step: null },
  legal_duty: { effect: 'allows', step: null },
  consented: { effect: 'allows', step: null },
  relationship_carries: { effect: 'allows', step: null },
  no_consent_needed: { effect: 'allows', step: null },
  passes_opt_out: { effect: 'notes', step: null },
  passes_restriction: { effect: 'notes', step: null },
  exempt_from_registry: { effect: 'notes', step: null },
  contact_erased: { effect: 'blocks', step: null },
  subject_missing: { effect: 'blocks', step: null },
  contact_did_not_start_it: { effect: 'blocks', step: null },
  never_open: { effect: 'blocks', step: 'reach_in_person' },
  purpose_does_not_fit: { effect: 'blocks', step: 'use_fitting_purpose' },
  no_rulebook: { effect: 'blocks', step: 'install_rulebook' },
  channel_not_set_up: { effect: 'blocks', step: 'set_up_channel' },
  contact_restricted: { effect: 'blocks', step: 'lift_restriction' },
  under_age: { effect: 'blocks', step: null },
  business_closing: { effect: 'blocks', step: 'reopen_business' },
  suppressed: { effect: 'blocks', step: 'ask_her_to_opt_in' },
  no_contact_point: { effect: 'blocks', step: 'add_contact_point' },
  point_bounced: { effect: 'blocks', step: 'correct_contact_point' },
  number_reassigned: { effect: 'blocks', step: 'correct_contact_point' },
  subject_closed: { effect: 'blocks', step: 'reopen_subject' },
  no_rules_for_country: { effect: 'blocks', step: 'reach_in_person' },
  voice_forbidden: { effect: 'blocks', step: 'reach_in_person' },
  consent_missing: { effect: 'blocks', step: 'ask_for_consent' },
  inquiry_over: { effect: 'blocks', step: 'ask_for_consent' },
  on_registry: { effect: 'blocks', step: 'ask_for_consent' },
  registry_not_loaded: { effect: 'blocks', step: 'load_registry' },
  registry_too_old: { effect: 'blocks', step: 'load_registry' },
  number_unconfirmed: { effect: 'blocks', step: 'check_number' },
  not_registered_in: { effect: 'blocks', step: 'register_business' },
  texts_not_registered: { effect: 'blocks', step: 'register_texts' },
  caller_id_unanswered: { effect: 'blocks', step: 'use_answered_number' },
  window_closed: { effect: 'blocks', step: 'use_other_channel' },
  emergency: { effect: 'blocks', step: 'end_emergency' },
  business_channel_off: { effect: 'blocks', step: 'change_own_rules' },
  prefers_other_channel: { effect: 'blocks', step: 'use_other_channel' },
  prefers_other_language: { effect: 'blocks', step: 'use_her_language' },
  point_resting: { effect: 'defers', step: 'wait' },
  outside_hours: { effect: 'defers', step: 'wait' },
  day_closed: { effect: 'defers', step: 'wait' },
  cap_reached: { effect: 'defers', step: 'wait' },
  business_is_quiet: { effect: 'defers', step: 'wait' },
  business_cap_reached: { effect: 'defers', step: 'wait' },
  prefers_other_times: { effect: 'defers', step: 'wait' },
  prefers_less_often: { effect: 'defers', step: 'wait' },
} as const satisfies { readonly [C in ReasonCode]: { readonly effect: Effect; readonly step: StepCode | null } }

/** Makes a reason with the effect its code has. */
export function reason<C extends ReasonCode>(
  code: C,
  params: ReasonParams[C],
  { authority = null, rule = null }: { readonly authority?: string | null; readonly rule?: string | null } = {},
) {
  return { code, effect: reasonTable[code].effect, params, authority, rule }
}
