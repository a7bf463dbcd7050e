import type { OptOutScope } from './opt-out.ts'
import type { WorkspacePolicy } from './policy.ts'
import type { Channel, Purpose, Touch, Voice } from './touch.ts'

/**
 * What the gate knows at the moment of sending. Whoever asks fetches all of it; what is not known is said so (`null` or an empty list), and never
 * guessed in favour of sending: `nothingElseKnown` is the strict start.
 */
export type Facts = {
  /** `underAge`: under the age that the business set; she gets no marketing. */
  readonly contact: { readonly state: 'active' | 'restricted' | 'erased'; readonly underAge?: boolean | undefined }
  /** The address or number on the channel asked; null where the contact has none. */
  readonly point: PointFacts | null
  /** The object the touch hangs on; null where it does not exist in this workspace, or belongs to another contact. */
  readonly subject: SubjectFacts | null
  /** Those that are in force for this contact or this point. */
  readonly suppressions: readonly Suppression[]
  /** Channels on which this workspace can send. */
  readonly channelsSetUp: readonly Channel[]
  readonly person: PersonFacts
  /** Live consents for this point, or for the contact where a channel has no point. Withdrawn ones are left out. */
  readonly consents: readonly Consent[]
  readonly dealings: Dealings
  /** What the do-not-call registries that are loaded say about this number. A registry that is not in the list is not loaded. */
  readonly registries: readonly RegistryFact[]
  /** What went out to this contact, on every channel and from every room, in the last 31 days; the order does not matter. */
  readonly past: readonly PastTouch[]
  readonly sender: SenderFacts
  /** Her last message to us on a channel whose operator lets us answer only for so long. A channel that is left out was never heard from. */
  readonly heard: { readonly [C in Channel]?: Temporal.Instant }
  readonly policy: WorkspacePolicy
}

/** A contact point. A bounce is a fact of the point, not an opt-out: nothing gets through it, a legal notice neither. */
export type PointFacts = {
  readonly bounce:
    | null
    | { readonly kind: 'permanent'; readonly at: Temporal.Instant }
    | { readonly kind: 'temporary'; readonly retryAfter: Temporal.Instant }
  /** The number in E.164 where the point is a phone. */
  readonly number: string | null
  /** Country of a number outside of +1 (ISO 3166), as its metadata says. For +1 the rules look at the area code themselves. */
  readonly numberCountry: string | null
  /** A ported number keeps its area code and changes its kind, so only a fresh look-up says `landline`. */
  readonly line: 'mobile' | 'landline' | 'voip' | 'unknown'
  /** She gave it to us herself (booking, form, chat, phone): prior express consent to be told about what she gave it for. */
  readonly givenByContact: boolean
  /** The last call, text or mail that came from this point. */
  readonly lastHeardAt: Temporal.Instant | null
  /** The answer of the Reassigned Numbers Database; null where it was not asked. */
  readonly reassigned: null | { readonly answer: 'yes' | 'no' | 'no_data'; readonly at: Temporal.Instant }
}

/** `open`: there is still something to tell about it, as its room sees it; a booking cancelled just now is open for the note that says so. */
export type SubjectFacts = {
  readonly open: boolean
  readonly startedBy: 'contact' | 'us'
  /** When it began: her request for a callback, her missed call, her message. */
  readonly since?: Temporal.Instant | undefined
}

/** An opt-out in force, as far as she meant it (`reachOf` says what each scope stops). */
export type Suppression = {
  readonly since: Temporal.Instant
  readonly cause: 'asked' | 'link' | 'complaint' | 'member'
} & ({ readonly scope: Exclude<OptOutScope, 'channel'> } | { readonly scope: 'channel'; readonly channel: Channel })

/** Where she may be, and what she prefers. Every place counts: the narrowest window of all of them is the one that holds. */
export type PersonFacts = {
  readonly address: null | {
    /** ISO 3166. */
    readonly country: string
    /** The part of an ISO 3166-2 code after the dash: `FL`, `QC`; null where it is not known. */
    readonly region: string | null
    /** IANA zone of the postal code, where that is known. */
    readonly zone: string | null
  }
  /** The IANA zone she told us or booked in. It adds a candidate, it never replaces one. */
  readonly zone: string | null
  readonly preferences: Preferences
}

/** What she asked for herself. It binds `feedback` and `marketing`; `channelsOff` also `service`. */
export type Preferences = {
  readonly channelsOff?: readonly Channel[] | undefined
  /** When she wants to hear from us, on her wall clock; none means at any time. */
  readonly hours?: readonly WallWindow[] | undefined
  /** BCP 47 tags she reads or speaks. */
  readonly languages?: readonly string[] | undefined
  readonly atMost?: Cap | undefined
}

/** A stretch of a wall clock: ISO weekdays 1 (Monday) to 7, minutes since midnight, the end not included. */
export type WallWindow = { readonly weekdays: readonly number[]; readonly fromMinute: number; readonly toMinute: number }

/** At most `count` touches in `hours` elapsed hours. */
export type Cap = { readonly count: number; readonly hours: number }

/**
 * Consent and what comes before it, weakest first: established business relationship, inquiry, prior express consent given orally, prior express consent,
 * prior express written consent. The first two only exempt from do-not-call lists; they never permit a machine's voice.
 */
export const consentLevels = ['none', 'ebr', 'inquiry', 'pec_oral', 'pec', 'pewc'] as const
export type ConsentLevel = (typeof consentLevels)[number]

/** One live consent of the ledger. */
export type Consent = {
  readonly channel: Channel
  /** What she agreed to be told; consent to `marketing` covers `feedback` and `service` on the same way. */
  readonly purpose: Purpose
  readonly level: 'pec_oral' | 'pec' | 'pewc'
  /** The wording named automatic dialing and artificial or prerecorded voices (or automatic texts). */
  readonly automated: boolean
  readonly givenAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
}

/** The clocks of the business relationship and of an inquiry. */
export type Dealings = {
  /** Her last purchase, visit or payment. */
  readonly lastTransactionAt: Temporal.Instant | null
  /** Her last question, application or call to us. */
  readonly lastInquiryAt: Temporal.Instant | null
}

/** `us.national`, `us.FL`, `ca.national`. */
export type RegistryId = 'us.national' | 'ca.national' | `us.${string}`
export type RegistryFact = { readonly registry: RegistryId; readonly listed: boolean; readonly asOf: Temporal.Instant }

/** One touch that went out. */
export type PastTouch = {
  readonly at: Temporal.Instant
  readonly channel: Channel
  readonly voice?: Voice | undefined
  readonly purpose: Purpose
  /** She answered and was spoken to. */
  readonly talked?: boolean | undefined
}

/** Who we are to her phone. */
export type SenderFacts = {
  /** The business is being closed; it says nothing any more but what the law asks for. */
  readonly closing?: boolean | undefined
  /** ISO 3166-2 of the place we call from, for the recording rule; null counts as a place where everybody must agree. */
  readonly region: string | null
  /** The number shown is ours and is answered, so that somebody can ask it for silence. */
  readonly callerIdAnswered: boolean
  /** Brand and campaign are registered with the carriers (10DLC, toll-free verification). */
  readonly textsRegistered: boolean
  /** The operator of Messenger and Instagram approved us for answers by a person after the first day (its tag HUMAN_AGENT). */
  readonly personMayAnswerLater: boolean
}

/** A touch with its facts, as a decision was made on. */
export type Question = { readonly touch: Touch; readonly facts: Facts }

/** Everything beyond the bare gate, not known: the strict start for whoever gathers facts. */
export const nothingElseKnown = {
  person: { address: null, zone: null, preferences: {} },
  consents: [],
  dealings: { lastTransactionAt: null, lastInquiryAt: null },
  registries: [],
  past: [],
  sender: { region: null, callerIdAnswered: false, textsRegistered: false, personMayAnswerLater: false },
  heard: {},
  policy: {},
} as const satisfies Partial<Facts>

/** A point of which only the bounce is known. */
export const pointOnly = {
  number: null,
  numberCountry: null,
  line: 'unknown',
  givenByContact: false,
  lastHeardAt: null,
  reassigned: null,
} as const satisfies Partial<PointFacts>
