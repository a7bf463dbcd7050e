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
  readonly dialing?: 'automatic' | undefined
  readonly purposes?: readonly Purpose[] | undefined
  readonly about?: readonly SubjectType[] | undefined
  readonly onlyIf?: 'collectsDebts' | 'healthCare' | undefined
}

/** Minutes since midnight, the end not included; null: closed that day. */
export type DayHours = readonly [fromMinute: number, toMinute: number] | null

/** Names of computed holidays in `@frontdesk/deadlines`. */
export type HolidaySet = string

export type RuleBody =
  /** Monday to Sunday on her wall clock. `holidays` closes those days, observed ones too. */
  | {
      readonly kind: 'hours'
      readonly days: readonly [DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]
      readonly holidays?: HolidaySet
    }
  /** At most so many in so many hours; `unless` names the standing that lifts it. */
  | {
      readonly kind: 'cap'
      readonly count: number
      readonly hours: number
      readonly unless?: ConsentLevel
      readonly afterTalk?: boolean
      readonly exemptOnly?: boolean
    }
  /** The least consent, `automated` where the wording must name machines. `exemptLine` needs none on a known landline, within the exempt caps. */
  | {
      readonly kind: 'consent'
      readonly level: ConsentLevel
      readonly automated?: boolean
      readonly exemptLine?: boolean
      readonly given?: boolean
    }
  /** How long a relationship and an inquiry count (calendar months), and from which of them on a touch of this kind has standing. */
  | { readonly kind: 'standing'; readonly ebrMonths: number; readonly inquiryMonths: number; readonly for: 'registry' | 'consent' }
  | { readonly kind: 'registry'; readonly registry: RegistryId; readonly maxAgeDays: number; readonly exempt: ConsentLevel }
  | { readonly kind: 'reassigned'; readonly quietDays: number; readonly answerDays: number }
  | { readonly kind: 'require'; readonly codes: readonly RequirementCode[]; readonly params?: { readonly [name: string]: string } }
  | { readonly kind: 'recording'; readonly consent: 'announce' | 'one_party' }
  | { readonly kind: 'forbid' }
  | { readonly kind: 'registration'; readonly unless?: ConsentLevel }
  | { readonly kind: 'sender'; readonly needs: 'callerIdAnswered' | 'textsRegistered' }
  /** Worth knowing and keeping, decided elsewhere: clocks for records, caps of the pacing engine, what was proposed and not adopted. */
  | { readonly kind: 'record'; readonly keptBy: string }

/** Rules under one version. */
export type Rulebook = {
  readonly version: string
  readonly asOf: string
  readonly countries: readonly string[]
  readonly rules: readonly Rule[]
}
