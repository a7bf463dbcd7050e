import { z } from 'zod'
import { idOf } from './ids.ts'
import { RequestReviewer } from './privacy-request-case.ts'
import { fileToSave, routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** What kind of request it is. `own_claim` and `safety` come from the business itself. */
export const LegalRequestKind = z
  .enum(['subpoena', 'court_order', 'warrant', 'authority_request', 'civil_claim', 'own_claim', 'safety'])
  .meta({ id: 'LegalRequestKind' })

/** Why data may be disclosed at all: one of these, or not. */
export const LegalReason = z
  .enum(['law_requires', 'court_proceedings', 'enforce_terms', 'protect_rights', 'protect_safety', 'crime_reported'])
  .meta({ id: 'LegalReason' })

/** How far it is; only forward, but a changed scope is checked anew. */
export const LegalRequestState = z
  .enum(['received', 'checking', 'valid', 'disclosed', 'refused', 'closed'])
  .meta({ id: 'LegalRequestState' })

/** Why nothing is disclosed. */
export const LegalRefusal = z.enum(['not_valid', 'no_jurisdiction', 'too_wide', 'no_data', 'withdrawn']).meta({ id: 'LegalRefusal' })

/** The four questions whose answers make a request valid. */
export const LegalChecklist = z
  .strictObject({ authority: z.boolean(), jurisdiction: z.boolean(), signature: z.boolean(), scope: z.boolean() })
  .meta({ id: 'LegalChecklist' })

/** One request for data by an authority or a court. */
export const LegalRequest = z
  .object({
    id: z.uuid(),
    number: z.int(),
    kind: LegalRequestKind,
    reason: LegalReason,
    state: LegalRequestState,
    authority: z.string(),
    jurisdiction: z.string(),
    reference: z.string().nullable(),
    receivedAt: Instant,
    dueOn: PlainDate.nullable(),
    /** People it is about. */
    people: z.int(),
    /** The people may not be told before then; null: they may. */
    gagUntil: PlainDate.nullable(),
    version: z.int(),
  })
  .meta({ id: 'LegalRequest' })
export type LegalRequest = z.output<typeof LegalRequest>

/** The whole case. */
export const LegalRequestCase = LegalRequest.extend({
  asked: z.string(),
  complaintNumber: z.int().nullable(),
  gagSource: z.string().nullable(),
  subjects: z.array(
    z.object({
      contactId: idOf('contact').nullable(),
      name: z.string().nullable(),
      notice: z.enum(['none', 'waiting', 'sent', 'unreachable', 'withheld']),
      toldAt: Instant.nullable(),
    }),
  ),
  tables: z.array(z.string()),
  from: Instant.nullable(),
  until: Instant.nullable(),
  checks: z.array(
    z.object({
      by: z.string(),
      at: Instant,
      answers: LegalChecklist,
      note: z.string(),
      self: z.boolean(),
      outside: z.boolean(),
      counts: z.boolean(),
    }),
  ),
  /** Who was invited from outside to be the second one who checks. */
  reviewers: z.array(RequestReviewer),
  /** Since when somebody alone looks at her own check again, and from when on it counts. */
  selfReview: z.object({ grounds: z.string(), from: Instant }).nullable(),
  /** Whether this reader is the one whose check is missing. */
  mayCheck: z.enum(['yes', 'somebody_else', 'self_review', 'wait', 'no']),
  refusal: LegalRefusal.nullable(),
  outcome: z.string().nullable(),
  extract: z.enum(['none', 'making', 'ready']),
  disclosedAt: Instant.nullable(),
  steps: z.array(z.object({ id: z.uuid(), step: z.string(), note: z.string().nullable(), at: Instant, by: z.string() })),
}).meta({ id: 'LegalRequestCase' })
export type LegalRequestCase = z.output<typeof LegalRequestCase>

const ofRequest = z.strictObject({ legalRequestId: z.uuid() })
const words = Text(10_000).pipe(z.string().min(1, 'Please fill this in.'))
const change = <Body extends z.ZodObject>(summary: string, body: Body) =>
  ({ summary, access: 'member', params: ofRequest, body, answer: LegalRequestCase, refusals: ['http/conflict'] }) as const

export const RecordLegalRequestBody = z.strictObject({
  kind: LegalRequestKind,
  reason: LegalReason,
  authority: Line(200),
  jurisdiction: Line(200),
  reference: Line(200).optional(),
  asked: words,
  receivedAt: Instant.optional(),
  dueOn: PlainDate.optional(),
  /** The number of the complaint it comes from, where there is one. */
  complaintNumber: z.int().min(1).optional(),
  gagUntil: PlainDate.optional(),
  gagSource: Line(200).optional(),
})

export const legalRoutes = routes({
  'GET /legal-requests': {
    summary: 'Requests by authorities and courts, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(LegalRequest),
  },
  'GET /legal-requests/counts': {
    summary: 'How many there were by year and kind, and what became of them; no names',
    access: 'member',
    answer: z.object({
      years: z.array(
        z.object({
          year: z.int(),
          kind: LegalRequestKind,
          received: z.int(),
          disclosed: z.int(),
          refused: z.int(),
          people: z.int(),
        }),
      ),
    }),
  },
  'POST /legal-requests': {
    summary: 'Record a request, or one of your own out of a complaint',
    access: 'member',
    body: RecordLegalRequestBody,
    status: 201,
    answer: LegalRequestCase,
  },
  'GET /legal-requests/{legalRequestId}': { summary: 'One request', access: 'member', params: ofRequest, answer: LegalRequestCase },
  'PUT /legal-requests/{legalRequestId}/scope': {
    ...change(
      'Say whose data it is about, which kinds, and of which time: as little as it asks for. A changed scope is checked anew',
      z.strictObject({
        contactIds: z.array(idOf('contact')).min(1, 'Choose at least one person.').max(50),
        tables: z.array(z.string().max(63)).min(1, 'Choose at least one kind of data.').max(200),
        from: Instant.nullable().default(null),
        until: Instant.nullable().default(null),
      }),
    ),
    ifMatch: true,
  },
  'POST /legal-requests/{legalRequestId}/checks': {
    ...change(
      'Answer the four questions. Two people have to say yes to all of them',
      z.strictObject({ answers: LegalChecklist, note: words }),
    ),
    refusals: ['http/conflict', 'privacy/second-person-needed'],
  },
  'POST /legal-requests/{legalRequestId}/self-review': change(
    'Begin to look at your own check again, where nobody else can: written grounds, and the second yes a day later',
    z.strictObject({ grounds: words }),
  ),
  'POST /legal-requests/{legalRequestId}/reviewers': change(
    'Invite somebody from outside to be the second one who answers the four questions, by mail, for this request alone and fourteen days',
    z.strictObject({ name: Line(200), email: EmailAddress, locale: Locale.optional() }),
  ),
  'POST /legal-requests/{legalRequestId}/reviewers/{reviewerId}/revocation': {
    summary: 'Take an invitation back; its link ends at once',
    access: 'member',
    params: ofRequest.extend({ reviewerId: z.uuid() }),
    answer: LegalRequestCase,
    refusals: ['http/conflict'],
  },
  'GET /legal-requests/{legalRequestId}/rows': {
    summary: 'Read what the scope holds, and nothing else. Each look is in the audit log, without what was seen',
    access: 'member',
    params: ofRequest,
    query: z.strictObject({ table: z.string().max(63).optional() }),
    answer: z.object({
      tables: z.array(z.object({ table: z.string(), rows: z.int() })),
      rows: z.array(z.record(z.string(), z.unknown())),
    }),
    refusals: ['http/conflict'],
  },
  'POST /legal-requests/{legalRequestId}/disclosure': {
    ...change('Disclose: the extract is made, the hand-over is recorded, the people are told unless that is forbidden', z.strictObject({})),
    refusals: ['http/conflict', 'privacy/second-person-needed'],
  },
  'GET /legal-requests/{legalRequestId}/extract': {
    summary: 'The extract as a file, for thirty days',
    access: 'member',
    params: ofRequest,
    download: true,
    answer: fileToSave,
    refusals: ['http/conflict'],
  },
  'POST /legal-requests/{legalRequestId}/refusal': change(
    'Disclose nothing, and why',
    z.strictObject({ ground: LegalRefusal, note: words }),
  ),
  'POST /legal-requests/{legalRequestId}/gag': change(
    'Write down until when the people may not be told, and who says so; without a day they may be',
    z.strictObject({ until: PlainDate.nullable(), source: Line(200).nullable() }),
  ),
  'POST /legal-requests/{legalRequestId}/close': change('Close it', z.strictObject({ note: words })),
})
