import { z } from 'zod'
import { idOf } from './ids.ts'
import { Erasure } from './privacy-erasure.ts'
import {
  ProofLevel,
  ProofPoint,
  RefusalGround,
  RequestFor,
  RequestKind,
  RequestPauseReason,
  RequestRegion,
  RequestState,
  RequestWay,
  VerifiedHow,
} from './privacy-request-terms.ts'
import { Instant, Locale, PlainDate } from './values.ts'

/** What is due next: by the end of `day` in the business's zone. */
export const RequestDue = z
  .object({
    what: z.enum(['acknowledge', 'respond', 'resolve']),
    day: PlainDate,
    before: Instant,
    overdue: z.boolean(),
    paused: RequestPauseReason.nullable(),
  })
  .meta({ id: 'RequestDue' })

/** One request or complaint in the queue. */
export const PrivacyRequest = z
  .object({
    id: z.uuid(),
    number: z.int(),
    kind: RequestKind,
    state: RequestState,
    receivedBy: RequestWay,
    forWhom: RequestFor,
    requesterName: z.string().nullable(),
    contactId: idOf('contact').nullable(),
    ownerMemberId: idOf('member').nullable(),
    receivedAt: Instant,
    /** Null once nothing is due any more. */
    due: RequestDue.nullable(),
    proofLevel: ProofLevel,
    verifiedHow: VerifiedHow.nullable(),
    closedAt: Instant.nullable(),
    version: z.int(),
  })
  .meta({ id: 'PrivacyRequest' })
export type PrivacyRequest = z.output<typeof PrivacyRequest>

/** What can be done with a case now. */
export const RequestAct = z
  .enum([
    'verify',
    'ask_more_proof',
    'extend',
    'pause',
    'resume',
    'copy',
    'hand_over',
    'erase',
    'rectify',
    'restrict',
    'review',
    'answer',
    'refuse',
    'appeal',
    'invite_reviewer',
    'start_self_review',
    'decide_appeal',
    'escalate',
    'resolve',
    'close',
    'refile',
  ])
  .meta({ id: 'RequestAct' })
export type RequestAct = z.output<typeof RequestAct>

/** What a case did to the data. `planned` waits: an erasure until the answer has left, a hand-over until she confirmed where to. */
export const RequestWork = z
  .object({
    id: z.uuid(),
    kind: z.enum([
      'copy',
      'erasure',
      'rectification',
      'restriction',
      'restriction_lifted',
      'objection_upheld',
      'opt_out',
      'review',
      'hand_over',
    ]),
    state: z.enum(['planned', 'running', 'done', 'failed']),
    /** Grounds of a review, the ground of a restriction, the host that data is handed to, what an upheld objection ended (divided by spaces). */
    details: z.string().nullable(),
    /** What came of it: of a review `confirmed` or `changed`; of a hand-over what the other side said. */
    outcome: z.string().nullable(),
    at: Instant,
    finishedAt: Instant.nullable(),
    by: z.string(),
    /** Of a copy: how far it is, and until when it can be fetched. */
    copy: z.object({ exportId: z.uuid(), progress: z.int(), expiresAt: Instant.nullable(), downloadedAt: Instant.nullable() }).nullable(),
    /** Of an erasure: how far it is, and its receipt. */
    erasure: Erasure.nullable(),
  })
  .meta({ id: 'RequestWork' })
export type RequestWork = z.output<typeof RequestWork>

/** Somebody from outside who looks at one case again, for a while. */
export const RequestReviewer = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    invitedAt: Instant,
    expiresAt: Instant,
    decidedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'RequestReviewer' })
export type RequestReviewer = z.output<typeof RequestReviewer>

/** The whole case. */
export const PrivacyRequestCase = PrivacyRequest.extend({
  requesterEmail: z.string().nullable(),
  details: z.string().nullable(),
  locale: Locale,
  region: RequestRegion,
  /** The clock that runs, as the rulebook names it, and the version of the calendars it was counted with. */
  regime: z.string(),
  calendarVersion: z.string(),
  /** The last day for the notice of an extension; null where there is none to have. */
  extendBefore: PlainDate.nullable(),
  extensionBecause: z.string().nullable(),
  verifiedAt: Instant.nullable(),
  evidence: z.string().nullable(),
  /** Why the strict proof is asked for: what is sensitive about her data, or what a member wrote. */
  proofBecause: z.string().nullable(),
  /** What matched so far. */
  matched: z.array(ProofPoint),
  /** When she signed the declaration that it is her. */
  declaredAt: Instant.nullable(),
  /** The agent who asks for her, and what shows that she authorised it. */
  agentName: z.string().nullable(),
  agentEmail: z.string().nullable(),
  agentAuthority: z.string().nullable(),
  answer: z.string().nullable(),
  refusalGround: RefusalGround.nullable(),
  appealReason: z.string().nullable(),
  appealOutcome: z.enum(['upheld', 'changed']).nullable(),
  /** The second look came from the same person, with written grounds and a day's pause. */
  selfReviewed: z.boolean(),
  outcome: z.string().nullable(),
  closedAt: Instant.nullable(),
  steps: z.array(z.object({ step: z.string(), at: Instant, by: z.string() })),
  notes: z.array(z.object({ id: z.uuid(), text: z.string().nullable(), at: Instant, by: z.string() })),
  pauses: z.array(z.object({ reason: RequestPauseReason, from: Instant, until: Instant.nullable() })),
  /** On what grounds it may be refused now. */
  grounds: z.array(RefusalGround),
  /** Why the law of this clock lets it stand; none where it does not. */
  pauseReasons: z.array(RequestPauseReason),
  work: z.array(RequestWork),
  files: z.array(z.object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int() })),
  reviewers: z.array(RequestReviewer),
  /** From when a self-review may be decided. */
  selfReviewFrom: Instant.nullable(),
  acts: z.array(RequestAct),
}).meta({ id: 'PrivacyRequestCase' })
export type PrivacyRequestCase = z.output<typeof PrivacyRequestCase>
