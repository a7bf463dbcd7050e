import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** One version of the terms under which whoever runs the server processes a business's contacts (GDPR Art. 28(3)). */
export const ProcessingTerms = z
  .object({
    version: z.string(),
    /** SHA-256 of the words of all languages: what was accepted can be shown. */
    sha256: z.string(),
    text: z.object({ en: z.array(z.string()), es: z.array(z.string()), fr: z.array(z.string()) }),
    /** Whether this business accepted this version. */
    accepted: z.boolean(),
    acceptances: z.array(z.object({ version: z.string(), sha256: z.string(), by: z.string(), at: Instant })),
  })
  .meta({ id: 'ProcessingTerms' })
export type ProcessingTerms = z.output<typeof ProcessingTerms>

/** What the business told whoever runs the server to do with its data. */
export const ProcessingInstruction = z
  .object({ id: z.uuid(), text: z.string(), by: z.string(), at: Instant })
  .meta({ id: 'ProcessingInstruction' })

/** How often members confirm what they were taught, and who is due. */
export const TeamTraining = z
  .object({
    everyMonths: z.int(),
    /** Whoever is overdue sees no personal data until she has confirmed. */
    suspendWhenOverdue: z.boolean(),
    version: z.int(),
    textVersion: z.string(),
    mine: z.object({ acknowledgedAt: Instant.nullable(), dueOn: PlainDate, overdue: z.boolean() }).nullable(),
    /** Everybody, for those who look after it. */
    members: z.array(
      z.object({
        memberId: idOf('member'),
        name: z.string(),
        acknowledgedAt: Instant.nullable(),
        dueOn: PlainDate,
        overdue: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'TeamTraining' })
export type TeamTraining = z.output<typeof TeamTraining>

/** Who may do what, as data: what the software decides by, and nothing beside it. */
export const AuthorizationPolicy = z
  .object({
    /** Of the map; another map is another version. */
    version: z.string(),
    roles: z.array(z.string()),
    permissions: z.array(z.object({ permission: z.string(), roles: z.array(z.string()), apiKeys: z.boolean() })),
    /** Versions this business has worked under, newest first. */
    versions: z.array(z.object({ version: z.string(), since: Instant })),
  })
  .meta({ id: 'AuthorizationPolicy' })
export type AuthorizationPolicy = z.output<typeof AuthorizationPolicy>

export const teamRoutes = routes({
  'GET /processing-terms': { summary: 'The processing terms, and who accepted which version', access: 'member', answer: ProcessingTerms },
  'POST /processing-terms/acceptance': {
    summary: 'Accept the processing terms for this business',
    access: 'member',
    body: z.strictObject({ version: z.string().max(40), sha256: z.string().length(64) }),
    status: 201,
    answer: ProcessingTerms,
    refusals: ['http/conflict'],
  },
  'GET /processing-instructions': {
    summary: 'What the business told whoever runs the server, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(ProcessingInstruction),
  },
  'POST /processing-instructions': {
    summary: 'Tell whoever runs the server what to do with the data; it stays on record',
    access: 'member',
    body: z.strictObject({ text: Text(5000).pipe(z.string().min(1, 'Please fill this in.')) }),
    status: 201,
    answer: ProcessingInstruction,
  },
  'GET /team-training': {
    summary: 'When who confirmed the rules for personal data, and who is due',
    access: 'member',
    answer: TeamTraining,
  },
  'PUT /team-training': {
    summary: 'How often, and whether whoever is overdue is kept from personal data',
    access: 'member',
    ifMatch: true,
    body: z.strictObject({ everyMonths: z.int().min(1).max(36), suspendWhenOverdue: z.boolean() }),
    answer: TeamTraining,
  },
  'POST /team-training/acknowledgement': {
    summary: 'Confirm that you have read the rules for personal data',
    access: 'member',
    body: z.strictObject({ textVersion: z.string().max(40) }),
    status: 201,
    answer: TeamTraining,
    refusals: ['http/conflict'],
  },
  'GET /authorization-policy': { summary: 'Who may do what, as data with its version', access: 'member', answer: AuthorizationPolicy },
})
