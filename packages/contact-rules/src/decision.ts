import type { Reason, StepCode } from './reasons.ts'

/** A yes, with everything that applied. */
export type Allowed = {
  readonly allowed: true
  readonly reasons: readonly Reason[]
  /** What must be said or written with it, in the order of the strictest first. */
  readonly requires: readonly Requirement[]
  /** How a call may be recorded; null where nothing is spoken. */
  readonly recording: RecordingRule | null
  /** Until when the answer would stay the same as far as the clock decides: the next closing, the next expiry. Facts may change it sooner. */
  readonly holdsUntil: Temporal.Instant
  readonly rulebookVersion: string
}

/** A no, with everything that stands in the way. */
export type Refused = {
  readonly allowed: false
  readonly reasons: readonly Reason[]
  /** When it would be allowed, where only the moment stands in the way; at most 60 days ahead. */
  readonly nextAllowedAt?: Temporal.Instant
  /** The first step towards a yes (further reasons have their own, see `reasonTable`); null where something stands in the way that no step removes. */
  readonly stepThatWouldAllow: StepCode | null
  readonly rulebookVersion: string
}

/** The answer of the gate. */
export type Decision = Allowed | Refused

/** What a yes depends on. Whoever sends or calls carries it out; the words are the sender's, in her language. */
export const requirementCodes = [
  'say_who_calls',
  'say_purpose',
  'say_it_is_a_machine',
  'offer_opt_out',
  'opt_out_within_two_seconds',
  'opt_out_number_on_voicemail',
  'say_call_back_number',
  'ask_for_consent_first',
  'person_introduces',
  'own_voice_only',
  'say_who_within_thirty_seconds',
  'hang_up_within_ten_seconds',
  'ring_fifteen_seconds',
  'show_answered_number',
  'answer_within_two_seconds',
  'name_sender',
  'postal_address',
  'unsubscribe_link',
  'stop_word',
  'honest_subject',
  'announce_recording',
  'write_in_language',
] as const
export type RequirementCode = (typeof requirementCodes)[number]

/** One thing that must come with the touch. */
export type Requirement = {
  readonly code: RequirementCode
  readonly params: { readonly [name: string]: string }
  readonly authority: string | null
  readonly rule: string
}

/**
 * Recording and transcribing. `announce`: say it at the start, keep the mark in the recording, stop and purge on a no. `one_party`: our own consent is
 * enough in every place both sides may be in.
 */
export type RecordingRule = {
  readonly consent: 'announce' | 'one_party'
  readonly places: readonly string[]
  readonly rules: readonly string[]
}
