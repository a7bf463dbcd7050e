import { z } from 'zod'
import { TimelineActor } from './contacts-timeline.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, PageQuery, PlainDate, pageOf } from './values.ts'

/** What kind of act it was: somebody looked at data, changed them, or took a copy out. */
export const AuditKind = z.enum(['seen', 'changed', 'exported']).meta({ id: 'AuditKind' })
export type AuditKind = z.infer<typeof AuditKind>

/** One thing that was done: who, what, to which object, and when. */
export const AuditLine = z
  .object({
    id: z.uuid(),
    at: Instant,
    actor: TimelineActor,
    kind: AuditKind,
    /** `noun.verb_in_past`. */
    action: z.string(),
    object: z.object({ type: z.string(), id: z.string() }),
    result: z.enum(['done', 'refused', 'failed']),
    /** Its place in the sealed chain; null for the last second, and for what stands on the timeline alone. */
    sequence: z.int().nullable(),
  })
  .meta({ id: 'AuditLine' })
export type AuditLine = z.output<typeof AuditLine>

/** What a walk over the whole chain found. */
export const AuditCheck = z
  .object({
    intact: z.boolean(),
    sealed: z.int(),
    unsealed: z.int(),
    head: z.enum(['matches', 'missing', 'forged']),
    firstBad: z.object({ sequence: z.int(), reason: z.enum(['missing', 'changed']) }).nullable(),
    checkedAt: Instant,
  })
  .meta({ id: 'AuditCheck' })
export type AuditCheck = z.output<typeof AuditCheck>

/** The query of both lists. Days are of the business's calendar; `to` is the last one that counts. */
export const AuditQuery = PageQuery.extend({
  kind: AuditKind.optional(),
  memberId: idOf('member').optional(),
  from: PlainDate.optional(),
  to: PlainDate.optional(),
})

export const auditRoutes = routes({
  'GET /audit': { summary: 'Who did what in this workspace, newest first', access: 'member', query: AuditQuery, answer: pageOf(AuditLine) },
  'POST /audit/check': {
    summary: 'Walk the whole chain of the audit log and compare it with its signed head',
    access: 'member',
    answer: AuditCheck,
  },
  'GET /contacts/{contactId}/audit': {
    summary: 'Who saw, changed or exported what of one contact, newest first',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    query: AuditQuery,
    answer: pageOf(AuditLine),
  },
})
