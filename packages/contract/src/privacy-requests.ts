import { z } from 'zod'
import { EditContactBody } from './contacts.ts'
import { idOf } from './ids.ts'
import { ChosenGround, ErasureMode } from './privacy-erasure.ts'
import { OfficeAddress, PrivacyOffice, RequestFigures } from './privacy-office.ts'
import { PrivacyRequest, PrivacyRequestCase } from './privacy-request-case.ts'
import {
  ObjectedUse,
  ProofPoint,
  RefusalGround,
  RequestFor,
  RequestKind,
  RequestPauseReason,
  RequestRegion,
  RequestWay,
} from './privacy-request-terms.ts'
import { fileToSave, routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, pageOf, Text } from './values.ts'

const ofRequest = z.strictObject({ requestId: z.uuid() })
const words = Text(10_000).pipe(z.string().min(1, 'Please fill this in.'))
/** What an upheld objection to a use ends. */
const ends = z.array(ObjectedUse).min(1, 'Choose at least one.').max(6).optional()
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
      receivedBy: RequestWay.exclude(['portal', 'agent']).default('member'),
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
      z.strictObject({ changes: EditContactBody.omit({ livesIn: true }), whatWasWrong: Line(500), contactVersion: z.int() }),
    ),
    refusals: ['http/conflict', 'contacts/point-taken', 'contacts/not-a-phone-number', 'privacy/place-not-served', 'http/version-mismatch'],
  },
  'POST /requests/{requestId}/restriction': change('Keep her data and do not use it', z.strictObject({ ground: ChosenGround })),
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
  'POST /requests/{requestId}/answer': {
    ...change('Answer; she gets it by mail at the address on file', z.strictObject({ text: words, ends })),
    description: 'Answering an objection to a use upholds it: `ends` says what of it ends for good, everything unless said.',
  },
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
    z.strictObject({ outcome: z.enum(['upheld', 'changed']), text: words, ends }),
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
