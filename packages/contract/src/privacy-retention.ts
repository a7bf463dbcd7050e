import { z } from 'zod'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, PlainDate, pageOf } from './values.ts'

/** What ends of old age: what was removed and could come back, mail as it went and came, conversations with their files, details of appointments, whole contacts, decisions and dealings. */
export const RetentionRuleName = z
  .enum(['removed', 'mail', 'conversation', 'booking', 'contact', 'proof'])
  .meta({ id: 'RetentionRuleName' })

const days = z.int().min(1).max(36_500)

/** Days by rule, all of them. */
export const RetentionDays = z
  .strictObject({ removed: days, mail: days, conversation: days, booking: days, contact: days, proof: days })
  .meta({ id: 'RetentionDays' })

/** Why it is kept: the relationship lasts, a law asks for it, or a right may have to be proved. */
export const RetentionCriterion = z.enum(['relationship', 'legal_obligation', 'legal_position']).meta({ id: 'RetentionCriterion' })

/** One period, its bounds and its ground. */
export const RetentionRuleState = z
  .object({
    rule: RetentionRuleName,
    days: z.int(),
    usualDays: z.int(),
    leastDays: z.int(),
    mostDays: z.int(),
    criterion: RetentionCriterion,
    law: z.object({ name: z.string(), source: z.string(), asOf: PlainDate }).nullable(),
  })
  .meta({ id: 'RetentionRuleState' })

/** How long the workspace keeps what. */
export const RetentionState = z
  .object({
    version: z.int(),
    /** Since when somebody stands behind it; null: nothing goes by itself. */
    confirmedAt: Instant.nullable(),
    nextNight: Instant,
    rules: z.array(RetentionRuleState),
    /** How everything else ends, by the retention that the inventory names. */
    otherwise: z.array(z.object({ retention: z.string(), ends: z.string(), criterion: RetentionCriterion })),
  })
  .meta({ id: 'RetentionState' })
export type RetentionState = z.output<typeof RetentionState>

/** What would go in the coming night. */
export const RetentionPreview = z
  .object({
    id: z.uuid(),
    night: Instant,
    rules: z.array(
      z.object({
        rule: RetentionRuleName,
        days: z.int(),
        /** Rows that would go, without what hangs on them. */
        due: z.int(),
        /** That would go, and that a hold keeps. */
        held: z.int(),
        /** The oldest few. */
        samples: z.array(z.object({ contactId: z.uuid().nullable(), name: z.string().nullable(), at: Instant })),
      }),
    ),
  })
  .meta({ id: 'RetentionPreview' })
export type RetentionPreview = z.output<typeof RetentionPreview>

/** The report of one night. */
export const RetentionRun = z
  .object({
    id: z.uuid(),
    /** By the calendar of the business. */
    night: PlainDate,
    state: z.enum(['running', 'done']),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    rules: z.array(
      z.object({
        rule: RetentionRuleName,
        days: z.int(),
        /** Rows that went or were emptied. */
        tables: z.array(z.object({ table: z.string(), rows: z.int() })),
        files: z.int(),
        held: z.int(),
      }),
    ),
  })
  .meta({ id: 'RetentionRun' })
export type RetentionRun = z.output<typeof RetentionRun>

/** What must not go for now, who said so, why and until when. */
export const LegalHold = z
  .object({
    id: z.uuid(),
    contactId: z.uuid().nullable(),
    rule: RetentionRuleName.nullable(),
    why: z.string(),
    /** The first day on which it no longer counts; null: until it is released. */
    until: PlainDate.nullable(),
    live: z.boolean(),
    placedBy: z.string(),
    placedAt: Instant,
    releasedAt: Instant.nullable(),
    releaseWhy: z.string().nullable(),
  })
  .meta({ id: 'LegalHold' })
export type LegalHold = z.output<typeof LegalHold>

export const PlaceLegalHoldBody = z
  .strictObject({ contactId: z.uuid().optional(), rule: RetentionRuleName.optional(), why: Line(500), until: PlainDate.optional() })
  .refine(({ contactId, rule }) => (contactId === undefined) !== (rule === undefined), 'A hold is on one contact or on one rule.')

export const retentionRoutes = routes({
  'GET /retention': { summary: 'How long what is kept, and why', access: 'member', answer: RetentionState },
  'PUT /retention': {
    summary: 'Change how long what is kept',
    description: 'A period that became shorter takes the confirmation back: look at what would go, and confirm it.',
    access: 'member',
    body: RetentionDays,
    ifMatch: true,
    answer: RetentionState,
    refusals: ['privacy/retention-period'],
  },
  'POST /retention/previews': {
    summary: 'What would go in the coming night, with counts and samples',
    access: 'member',
    status: 201,
    answer: RetentionPreview,
  },
  'POST /retention/confirmation': {
    summary: 'Confirm a preview: from now on the nights do their work',
    access: 'member',
    body: z.strictObject({ previewId: z.uuid() }),
    answer: RetentionState,
    refusals: ['privacy/preview-outdated'],
  },
  'GET /retention/runs': {
    summary: 'The reports of the nights, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(RetentionRun),
  },
  'GET /legal-holds': { summary: 'What must not go for now, newest first', access: 'member', query: PageQuery, answer: pageOf(LegalHold) },
  'POST /legal-holds': {
    summary: 'Hold back the deletion of a contact, or of all that one rule would take',
    access: 'member',
    body: PlaceLegalHoldBody,
    status: 201,
    answer: LegalHold,
  },
  'POST /legal-holds/{holdId}/release': {
    summary: 'End a hold',
    access: 'member',
    params: z.strictObject({ holdId: z.uuid() }),
    body: z.strictObject({ why: Line(500) }),
    answer: LegalHold,
  },
})
