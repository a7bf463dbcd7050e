import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** What somebody asks for. A complaint goes to the privacy officer; everything else is a right. */
export const RequestKind = z
  .enum([
    'access',
    'portability',
    'rectification',
    'erasure',
    'anonymization',
    'restriction',
    'objection',
    'withdrawal',
    'opt_out',
    'human_review',
    'complaint',
  ])
  .meta({ id: 'RequestKind' })
export type RequestKind = z.output<typeof RequestKind>

/** How far it is; only forward. `resolved` and `escalated` are a complaint's. */
export const RequestState = z
  .enum([
    'received',
    'acknowledged',
    'verifying',
    'in_progress',
    'extended',
    'answered',
    'refused',
    'escalated',
    'appealed',
    'resolved',
    'closed',
  ])
  .meta({ id: 'RequestState' })
export type RequestState = z.output<typeof RequestState>

/** Where she lives, as she says: which law's clock runs. */
export const RequestRegion = z.enum(['us_california', 'us', 'canada', 'europe', 'elsewhere']).meta({ id: 'RequestRegion' })
export type RequestRegion = z.output<typeof RequestRegion>

/** Why a request may be refused. */
export const RefusalGround = z
  .enum(['identity_not_proven', 'no_data', 'law_requires_keeping', 'rights_of_others', 'unfounded', 'repeated', 'outside_law'])
  .meta({ id: 'RefusalGround' })
export type RefusalGround = z.output<typeof RefusalGround>

/** How we know that it is her: nothing was needed; she used the link sent to the address on file; a member made sure; a guardian proved to be one. */
export const VerifiedHow = z.enum(['not_needed', 'link', 'in_person', 'details_matched', 'guardian']).meta({ id: 'VerifiedHow' })
export type VerifiedHow = z.output<typeof VerifiedHow>

/** Why a clock stands, where the law lets it. */
export const RequestPauseReason = z.enum(['identity_in_doubt', 'scope_asked', 'waiting_for_her']).meta({ id: 'RequestPauseReason' })
export type RequestPauseReason = z.output<typeof RequestPauseReason>

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
    receivedBy: z.enum(['portal', 'mail', 'member']),
    forWhom: z.enum(['self', 'child']),
    requesterName: z.string().nullable(),
    contactId: idOf('contact').nullable(),
    ownerMemberId: idOf('member').nullable(),
    receivedAt: Instant,
    /** Null once nothing is due any more. */
    due: RequestDue.nullable(),
    verifiedHow: VerifiedHow.nullable(),
    version: z.int(),
  })
  .meta({ id: 'PrivacyRequest' })
export type PrivacyRequest = z.output<typeof PrivacyRequest>

/** What can be done with a case now. */
export const RequestAct = z
  .enum(['verify', 'extend', 'pause', 'resume', 'answer', 'refuse', 'appeal', 'start_self_review', 'decide_appeal', 'resolve', 'close'])
  .meta({ id: 'RequestAct' })
export type RequestAct = z.output<typeof RequestAct>

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
  acts: z.array(RequestAct),
}).meta({ id: 'PrivacyRequestCase' })
export type PrivacyRequestCase = z.output<typeof PrivacyRequestCase>

/** Who looks after requests and complaints here. Without a choice it is the first owner. */
export const PrivacyOffice = z
  .object({ officerMemberId: idOf('member').nullable(), officerName: z.string().nullable(), appealDays: z.int(), version: z.int() })
  .meta({ id: 'PrivacyOffice' })

const ofRequest = z.strictObject({ requestId: z.uuid() })
const words = Text(10_000).pipe(z.string().min(1, 'Please fill this in.'))
const change = <Body extends z.ZodObject>(summary: string, body: Body) =>
  ({ summary, access: 'member', params: ofRequest, body, answer: PrivacyRequestCase, refusals: ['http/conflict'] }) as const

export const requestsRoutes = routes({
  'GET /requests': {
    summary: 'Requests and complaints, those due first; closed ones newest first',
    access: 'member',
    query: PageQuery.extend({ list: z.enum(['open', 'done']).default('open'), contactId: idOf('contact').optional() }),
    answer: pageOf(PrivacyRequest),
  },
  'POST /requests': {
    summary: 'Record a request or complaint that somebody made by mail, on the telephone or at the counter',
    access: 'member',
    body: z.strictObject({
      kind: RequestKind,
      receivedBy: z.enum(['mail', 'member']).default('member'),
      /** Whose it is, where she is known. */
      contactId: idOf('contact').optional(),
      requesterName: Line(200).optional(),
      requesterEmail: EmailAddress.optional(),
      forWhom: z.enum(['self', 'child']).default('self'),
      region: RequestRegion.optional(),
      details: Text(10_000).optional(),
      /** When it reached the business; now unless given. */
      receivedAt: Instant.optional(),
    }),
    status: 201,
    answer: PrivacyRequest,
  },
  'GET /requests/{requestId}': {
    summary: 'One case with its steps, notes and what can be done now',
    access: 'member',
    params: ofRequest,
    answer: PrivacyRequestCase,
  },
  'POST /requests/{requestId}/owner': change('Who looks after it', z.strictObject({ memberId: idOf('member').nullable() })),
  'POST /requests/{requestId}/contact': change(
    'Say whose request it is, where the address was not on file',
    z.strictObject({ contactId: idOf('contact') }),
  ),
  'POST /requests/{requestId}/notes': change('Add a note that only the team sees', z.strictObject({ text: words })),
  'POST /requests/{requestId}/verification': change(
    'Say how you made sure that it is her; the evidence is deleted 30 days after the case is closed',
    z.strictObject({ how: z.enum(['in_person', 'details_matched', 'guardian']), evidence: Text(2000).optional() }),
  ),
  'POST /requests/{requestId}/pause': change(
    'Let the clock stand, where the law allows it for this reason',
    z.strictObject({ reason: RequestPauseReason }),
  ),
  'POST /requests/{requestId}/resume': change('Let the clock go on', z.strictObject({})),
  'POST /requests/{requestId}/extension': change(
    'Take the longer term of the law; she is told and why',
    z.strictObject({ because: words }),
  ),
  'POST /requests/{requestId}/answer': change('Answer; she gets it by mail at the address on file', z.strictObject({ text: words })),
  'POST /requests/{requestId}/refusal': change(
    'Refuse with a ground; she is told how to appeal and to whom to complain',
    z.strictObject({ ground: RefusalGround, text: words }),
  ),
  'POST /requests/{requestId}/appeal': change(
    'Record that she is not satisfied; somebody else looks at it again',
    z.strictObject({ reason: words }),
  ),
  'POST /requests/{requestId}/self-review': change(
    'Begin to look at your own decision again, where nobody else can: written grounds, and the decision a day later',
    z.strictObject({ grounds: words }),
  ),
  'POST /requests/{requestId}/appeal-decision': change(
    'Decide the appeal',
    z.strictObject({ outcome: z.enum(['upheld', 'changed']), text: words }),
  ),
  'POST /requests/{requestId}/resolution': change('Settle a complaint, with what came of it', z.strictObject({ outcome: words })),
  'POST /requests/{requestId}/close': change('Close an answered request; she gets a receipt', z.strictObject({})),
  'GET /requests/{requestId}/templates': {
    summary: 'Words to begin with, in her language',
    access: 'member',
    params: ofRequest,
    answer: z.object({ answer: z.string(), refusal: z.string(), extension: z.string(), resolution: z.string() }),
  },
  'GET /privacy-office': { summary: 'Who looks after requests and complaints', access: 'member', answer: PrivacyOffice },
  'PUT /privacy-office': {
    summary: 'Choose who looks after requests and complaints, and the days for an appeal',
    access: 'member',
    ifMatch: true,
    body: z.strictObject({ officerMemberId: idOf('member').nullable(), appealDays: z.int().min(10).max(90) }),
    answer: PrivacyOffice,
  },
})
