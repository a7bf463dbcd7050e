import type { CalendarId } from '@frontdesk/deadlines'
import type { RequirementCode } from './decision.ts'
import type { ConsentLevel, RegistryId } from './facts.ts'
import type { Channel, Purpose, SubjectType, Voice } from './touch.ts'

/** ISO 3166: a country (`US`) or a part of it (`US-FL`). `*` is the house itself, everywhere. */
export type Place = '*' | 'US' | 'CA' | `US-${string}` | `CA-${string}`

/** How sure we are: primary text read, secondary text read, widely known and not re-read, uncertain or conflicting. */
export type Certainty = 'V' | 'S' | 'K' | '?'

/**
 * One rule of law as data. A change of law is a new row with its own `from`, never an edit of an old one, so that a decision can be made again with the
 * rules of its day.
 */
export type Rule = {
  /** Unique and lasting: `us.hours`, `us-fl.cap`. */
  readonly id: string
  readonly place: Place
  readonly law: string
  readonly source: string
  /** When we last looked (ISO date). */
  readonly asOf: string
  readonly certainty: Certainty
  /** In force from this day on, and before that one (ISO dates); null is without end. */
  readonly from: string | null
  readonly to: string | null
  /** What Frontdesk does, in one sentence for `docs/comply/rules.md`. */
  readonly does: string
  /** Where sources differ: what was uncertain, and the strict side we took. */
  readonly strict?: string | undefined
  readonly applies: Applies
} & RuleBody

/** Which touches a rule looks at; what is left out does not narrow it. */
export type Applies = {
  readonly channels?: readonly Channel[] | undefined
  readonly voices?: readonly Voice[] | undefined
  /** Calls that a machine selects and dials. */
  readonly dialing?: 'automatic' | undefined
  readonly purposes?: readonly Purpose[] | undefined
  readonly about?: readonly SubjectType[] | undefined
  readonly onlyIf?: 'collectsDebts' | 'healthCare' | undefined
}

/** Minutes since midnight, the end not included; null: closed that day. */
export type DayHours = readonly [fromMinute: number, toMinute: number] | null
export type WeekHours = readonly [DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]

export type RuleBody =
  | HoursRule
  | CapRule
  | ConsentRule
  | StandingRule
  | RegistryRule
  | ReassignedRule
  | RequireRule
  | WindowRule
  | RecordingLaw
  | PlainRule

/** Monday to Sunday on her wall clock. `holidays` closes the days on which those fall or are kept. */
export type HoursRule = { readonly kind: 'hours'; readonly week: WeekHours; readonly holidays?: CalendarId }

/** At most so many in so many elapsed hours. */
export type CapRule = {
  readonly kind: 'cap'
  readonly count: number
  readonly hours: number
  /** What is counted: calls and texts with offers or questions, unless given. */
  readonly counts?: Pick<Applies, 'channels' | 'voices' | 'purposes'>
  /** A relationship of that kind lifts it. */
  readonly unless?: 'ebr'
  /** Only calls in which she was spoken to count. */
  readonly talked?: true
  /** Holds only where the call needs no consent because of its line. */
  readonly exemptOnly?: true
}

export type ConsentRule = {
  readonly kind: 'consent'
  readonly level: ConsentLevel
  /** The wording must name automatic dialing and machine voices, or automatic texts. */
  readonly automated?: true
  /** A number she gave us herself, or wrote to us from, is enough. */
  readonly given?: true
  /** None is needed on a line that was looked up as a landline, within the exempt caps. */
  readonly exemptLine?: true
}

/** How long a purchase and an inquiry count, in calendar months. */
export type StandingRule = {
  readonly kind: 'standing'
  readonly of: 'registry' | 'consent'
  readonly ebrMonths: number
  readonly inquiryMonths: number
}

/** A register of people who do not want to be called. */
export type RegistryRule = {
  readonly kind: 'registry'
  readonly registry: RegistryId
  readonly maxAgeDays: number
  /** Who may be called although listed. */
  readonly exempt: readonly ConsentLevel[]
}

/** After so many days of silence the number must be asked for, and the answer counts so many days. */
export type ReassignedRule = { readonly kind: 'reassigned'; readonly silentDays: number; readonly answerDays: number }

export type RequireRule = {
  readonly kind: 'require'
  readonly codes: readonly RequirementCode[]
  readonly params?: { readonly [name: string]: string }
}

/** The operator of a channel lets us write for so many hours after her own last message. */
export type WindowRule = {
  readonly kind: 'window'
  readonly hours: number
  /** For so many where a person writes and the operator approved us for it. */
  readonly personHours?: number
  /** What a person may write about in that longer time; anything unless given. */
  readonly personPurposes?: readonly Purpose[]
  /** An approved template may go at any time. */
  readonly templates?: true
}

export type RecordingLaw = { readonly kind: 'recording'; readonly consent: 'announce' | 'one_party' }

export type PlainRule =
  | { readonly kind: 'forbid' }
  /** Telephone sellers must be registered there. */
  | { readonly kind: 'registration' }
  | { readonly kind: 'sender'; readonly needs: 'callerIdAnswered' | 'textsRegistered' }
  /** Worth knowing and keeping, carried out elsewhere or not adopted. */
  | { readonly kind: 'note' }

/** Rules under one version. */
export type Rulebook = {
  readonly version: string
  /** The day on which the sources were last looked at as a whole. */
  readonly asOf: string
  /** Countries it has rules for (ISO 3166). Elsewhere only a person, mail and chat, and no offers. */
  readonly countries: readonly ('US' | 'CA')[]
  readonly rules: readonly Rule[]
}
