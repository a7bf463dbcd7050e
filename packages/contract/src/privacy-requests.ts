import { z } from 'zod'
import { EditContactBody } from './contacts.ts'
import { idOf } from './ids.ts'
import { Erasure, ErasureMode, RestrictionGround } from './privacy-erasure.ts'
import { fileToSave, routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** What somebody asks for. `objection` is to direct marketing, `objection_use` to any other use on grounds of her own situation. A complaint goes to the privacy officer; everything else is a right. */
export const RequestKind = z
  .enum([
    'access',
    'portability',
    'rectification',
    'erasure',
    'anonymization',
    'restriction',
    'objection',
    'objection_use',
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
  .enum([
    'identity_not_proven',
    'no_data',
    'law_requires_keeping',
    'rights_of_others',
    'compelling_grounds',
    'unfounded',
    'repeated',
    'outside_law',
  ])
  .meta({ id: 'RefusalGround' })
export type RefusalGround = z.output<typeof RefusalGround>

/** How it reached us. */
export const RequestWay = z.enum(['portal', 'mail', 'phone', 'letter', 'in_person', 'member']).meta({ id: 'RequestWay' })
export type RequestWay = z.output<typeof RequestWay>

/** Who asks: she herself, a guardian for a child, or an agent whom she authorised. */
export const RequestFor = z.enum(['self', 'child', 'agent']).meta({ id: 'RequestFor' })
export type RequestFor = z.output<typeof RequestFor>

/** A fact that whoever asks named and that stands in what is kept about her. `address_confirmed`: she used the link sent to the address on file. */
export const ProofPoint = z
  .enum(['address_confirmed', 'name', 'phone', 'birth_date', 'postal_address', 'appointment', 'payment', 'other'])
  .meta({ id: 'ProofPoint' })
export type ProofPoint = z.output<typeof ProofPoint>

/** How much proof is asked for. `ordinary`: the link to the address on file, or two matching points; `strict`: three matching points and a signed declaration. */
export const ProofLevel = z.enum(['none', 'ordinary', 'strict']).meta({ id: 'ProofLevel' })
export type ProofLevel = z.output<typeof ProofLevel>

/** Where the business is, as far as it moves a deadline: a province of Canada or a state whose holidays we know. */
export const BusinessRegion = z
  .enum([
    'us-al',
    'us-la',
    'us-ms',
    'us-pa',
    'us-ri',
    'us-ut',
    'ca-ab',
    'ca-bc',
    'ca-mb',
    'ca-nb',
    'ca-nl',
    'ca-ns',
    'ca-nt',
    'ca-nu',
    'ca-on',
    'ca-pe',
    'ca-qc',
    'ca-sk',
    'ca-yt',
  ])
  .meta({ id: 'BusinessRegion' })
export type BusinessRegion = z.output<typeof BusinessRegion>

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
    kind: z.enum(['copy', 'erasure', 'rectification', 'restriction', 'restriction_lifted', 'opt_out', 'review', 'hand_over']),
    state: z.enum(['planned', 'running', 'done', 'failed']),
    /** Grounds of a review, the ground of a restriction, the host that data is handed to. */
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

const OfficeAddress = {
  /** Where people write to, as the public pages show it; the business's own where none is given. */
  publishedEmail: EmailAddress.nullable(),
  publishedAddress: Text(500).nullable(),
  /** An OpenPGP public key for confidential mail. */
  pgpKey: Text(20_000).nullable(),
  region: BusinessRegion.nullable(),
} as const

/** Who looks after requests and complaints here. Without a choice it is the first owner. */
export const PrivacyOffice = z
  .object({
    officerMemberId: idOf('member').nullable(),
    officerName: z.string().nullable(),
    /** Whether somebody was chosen. */
    chosen: z.boolean(),
    /** Who may be chosen and may look after a case: owners and privacy officers. */
    able: z.array(z.object({ memberId: idOf('member'), name: z.string() })),
    appealDays: z.int(),
    ...OfficeAddress,
    /** The country of the business, whose regions can be chosen. */
    country: z.string().nullable(),
    /** The path of the public portal. */
    portalPath: z.string(),
    /** An address of this server at which every mail opens a case; null where no mail comes in. */
    mailbox: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'PrivacyOffice' })
export type PrivacyOffice = z.output<typeof PrivacyOffice>

/** What a year of requests came to (11 CCR 7102 asks large businesses to publish it). */
export const RequestFigures = z
  .object({
    year: z.int(),
    kinds: z.array(
      z.object({
        kind: RequestKind,
        received: z.int(),
        complied: z.int(),
        refused: z.int(),
        open: z.int(),
        /** Median days from receipt to the answer; null where none was answered. */
        medianDays: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'RequestFigures' })

const ofRequest = z.strictObject({ requestId: z.uuid() })
const words = Text(10_000).pipe(z.string().min(1, 'Please fill this in.'))
const change = <Body extends z.ZodObject>(summary: string, body: Body) =>
  ({ summary, access: 'member', params: ofRequest, body, answer: PrivacyRequestCase, refusals: ['http/conflict'] }) as const

export const requestsRoutes = routes({
  'GET /requests': {
    summary: 'Requests and complaints, those due first; closed ones newest first',
    access: 'member',
    query: PageQuery.extend({
      /** `overdue` and `mine` are open ones; `complaints` are open and done. */
      list: z.enum(['open', 'mine', 'overdue', 'complaints', 'done']).default('open'),
      contactId: idOf('contact').optional(),
    }),
    answer: pageOf(PrivacyRequest),
  },
  'POST /requests': {
    summary: 'Record a request or complaint that somebody made by mail, on the telephone or at the counter',
    access: 'member',
    body: z.strictObject({
      kind: RequestKind,
      receivedBy: RequestWay.exclude(['portal']).default('member'),
      /** Whose it is, where she is known. */
      contactId: idOf('contact').optional(),
      requesterName: Line(200).optional(),
      requesterEmail: EmailAddress.optional(),
      forWhom: RequestFor.default('self'),
      agentName: Line(200).optional(),
      agentEmail: EmailAddress.optional(),
      /** What shows that she authorised the agent, such as a signed permission. */
      agentAuthority: Text(2000).optional(),
      region: RequestRegion.optional(),
      locale: Locale.optional(),
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
    z.strictObject({
      how: z.enum(['in_person', 'details_matched', 'guardian']),
      /** What she named and what stands in her data. Two for ordinary proof, three for the strict one. */
      matched: z
        .array(ProofPoint.exclude(['address_confirmed']))
        .max(7)
        .default([]),
      /** A declaration that she signed is there, on paper. */
      declaration: z.boolean().default(false),
      evidence: Text(2000).optional(),
    }),
  ),
  'POST /requests/{requestId}/kind': {
    ...change(
      'Take it up as another kind, where it was read wrongly: answers the new case; the old one is closed',
      z.strictObject({ kind: RequestKind }),
    ),
    description: 'The new case keeps the day of receipt. It can be done until something was answered.',
  },
  'POST /requests/{requestId}/proof-level': change(
    'Ask for the strict proof: three matching points and a signed declaration',
    z.strictObject({ because: Line(300) }),
  ),
  'POST /requests/{requestId}/copy': change(
    'Make the copy of her data; she fetches it behind her own link, for thirty days',
    z.strictObject({}),
  ),
  'POST /requests/{requestId}/erasure': {
    ...change(
      'Answer, and erase or anonymize her once the answer has left; cannot be undone',
      z.strictObject({ text: words, mode: ErasureMode.optional(), neverContactAgain: z.boolean().default(false) }),
    ),
    description:
      'The receipt stays with the case and stands behind her link. Appointments ahead are cancelled with it; a legal hold makes it wait.',
  },
  'POST /requests/{requestId}/rectification': {
    ...change(
      'Correct her data as she asked',
      z.strictObject({ changes: EditContactBody, whatWasWrong: Line(500), contactVersion: z.int() }),
    ),
    refusals: ['http/conflict', 'contacts/point-taken', 'contacts/not-a-phone-number', 'http/version-mismatch'],
  },
  'POST /requests/{requestId}/restriction': change('Keep her data and do not use it', z.strictObject({ ground: RestrictionGround })),
  'POST /requests/{requestId}/review': change(
    'Record that a person looked at the automated decision again, and what came of it',
    z.strictObject({ outcome: z.enum(['confirmed', 'changed']), grounds: words }),
  ),
  'POST /requests/{requestId}/hand-over': change(
    'Hand her data to another provider: the address that she named, which she confirms behind her own link',
    z.strictObject({
      endpoint: z
        .url('Write the address like https://provider.example/import.')
        .max(500)
        .startsWith('https://', 'Only encrypted addresses, which begin with https://.')
        .meta({ examples: ['https://provider.example/import'] }),
    }),
  ),
  'POST /requests/{requestId}/reviewers': {
    summary: 'Invite somebody from outside to look at this case again: sees it alone, for fourteen days',
    access: 'member',
    params: ofRequest,
    body: z.strictObject({ name: Line(200), email: EmailAddress, locale: Locale.optional() }),
    answer: PrivacyRequestCase,
    refusals: ['http/conflict'],
  },
  'POST /requests/{requestId}/reviewers/{reviewerId}/revocation': {
    summary: 'Take the invitation back; the link ends at once',
    access: 'member',
    params: z.strictObject({ requestId: z.uuid(), reviewerId: z.uuid() }),
    body: z.strictObject({}),
    answer: PrivacyRequestCase,
    refusals: ['http/conflict'],
  },
  'GET /requests/{requestId}/files/{fileId}': {
    summary: 'A file that was sent with the request',
    access: 'member',
    params: z.strictObject({ requestId: z.uuid(), fileId: z.uuid() }),
    answer: fileToSave,
    download: true,
  },
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
  'POST /requests/{requestId}/escalation': change(
    'Take a complaint further to the owner of the business',
    z.strictObject({ reason: words }),
  ),
  'POST /requests/{requestId}/resolution': change('Settle a complaint, with what came of it', z.strictObject({ outcome: words })),
  'POST /requests/{requestId}/close': change('Close an answered request; she gets a receipt', z.strictObject({})),
  'GET /requests/{requestId}/templates': {
    summary: 'Words to begin with, in her language',
    access: 'member',
    params: ofRequest,
    answer: z.object({ answer: z.string(), refusal: z.string(), extension: z.string(), resolution: z.string() }),
  },
  'GET /request-figures': {
    summary: 'How many requests of which kind a year brought, and how they were answered',
    access: 'member',
    query: z.strictObject({ year: z.coerce.number().int().min(2020).max(2200).optional() }),
    answer: RequestFigures,
  },
  'GET /privacy-office': { summary: 'Who looks after requests and complaints', access: 'member', answer: PrivacyOffice },
  'PUT /privacy-office': {
    summary: 'Choose who looks after requests and complaints, and the days for an appeal',
    access: 'member',
    ifMatch: true,
    body: z.strictObject({ officerMemberId: idOf('member').nullable(), appealDays: z.int().min(10).max(90), ...OfficeAddress }).partial({
      publishedEmail: true,
      publishedAddress: true,
      pgpKey: true,
      region: true,
    }),
    answer: PrivacyOffice,
  },
})
