import type { Suppression } from './facts.ts'
import type { Channel, Purpose, SubjectType } from './touch.ts'

/** What each reason carries, by its code. Instants are ISO strings, so that a stored decision reads the same in five years. */
export type ReasonParams = {
  /** It answers what the contact began and what is still open. */
  contact_started_it: { readonly type: SubjectType }
  /** It is about her own booking, order or account. */
  her_own_business: { readonly type: SubjectType }
  /** Rights, complaints, breaches and receipts must reach her. */
  legal_duty: { readonly type: SubjectType }
  /** An opt-out is in force, and this touch passes it. */
  passes_opt_out: { readonly scope: Suppression['scope']; readonly since: string }
  /** Her data is restricted, and this touch passes that. */
  passes_restriction: Nothing

  channel_not_set_up: { readonly channel: Channel }
  /** No rules for this purpose on this channel are installed, and without rules nothing is sent. */
  no_rulebook: { readonly channel: Channel; readonly purpose: Purpose }
  contact_erased: Nothing
  contact_restricted: Nothing
  no_contact_point: { readonly channel: Channel }
  point_bounced: { readonly channel: Channel; readonly at: string }
  /** The other side asked for a pause; try again after `until`. */
  point_resting: { readonly channel: Channel; readonly until: string }
  suppressed: { readonly scope: Suppression['scope']; readonly since: string; readonly cause: Suppression['cause'] }
  subject_missing: { readonly type: SubjectType }
  subject_closed: { readonly type: SubjectType }
  /** A reply needs something to reply to: the contact did not start this. */
  contact_did_not_start_it: { readonly type: SubjectType }
  /** The purpose follows from the object; this one has another. */
  purpose_does_not_fit: { readonly type: SubjectType; readonly purpose: Purpose; readonly fitting: Purpose }
}
type Nothing = { readonly [name: string]: never }

export type ReasonCode = keyof ReasonParams

/** `blocks` and `defers` stand in the way, `allows` carries the yes, `notes` is worth knowing. */
export type Effect = 'blocks' | 'defers' | 'allows' | 'notes'

/** One reason of a decision, as data; its words are the reader's. `authority` names the source of the rule where it is a law. */
export type Reason = {
  readonly [C in ReasonCode]: {
    readonly code: C
    readonly effect: Effect
    readonly params: ReasonParams[C]
    readonly authority: string | null
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
  | 'use_fitting_purpose'

/** The effect of every code and the step that would remove it; null where none would. The one table both the rules and the words are checked against. */
export const reasonTable = {
  contact_started_it: { effect: 'allows', step: null },
  her_own_business: { effect: 'allows', step: null },
  legal_duty: { effect: 'allows', step: null },
  passes_opt_out: { effect: 'notes', step: null },
  passes_restriction: { effect: 'notes', step: null },
  contact_erased: { effect: 'blocks', step: null },
  subject_missing: { effect: 'blocks', step: null },
  contact_did_not_start_it: { effect: 'blocks', step: null },
  purpose_does_not_fit: { effect: 'blocks', step: 'use_fitting_purpose' },
  no_rulebook: { effect: 'blocks', step: 'install_rulebook' },
  channel_not_set_up: { effect: 'blocks', step: 'set_up_channel' },
  contact_restricted: { effect: 'blocks', step: 'lift_restriction' },
  suppressed: { effect: 'blocks', step: 'ask_her_to_opt_in' },
  no_contact_point: { effect: 'blocks', step: 'add_contact_point' },
  point_bounced: { effect: 'blocks', step: 'correct_contact_point' },
  subject_closed: { effect: 'blocks', step: 'reopen_subject' },
  point_resting: { effect: 'defers', step: 'wait' },
} as const satisfies { readonly [C in ReasonCode]: { readonly effect: Effect; readonly step: StepCode | null } }
