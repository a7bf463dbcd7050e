import { z } from 'zod'
import { Breach } from './privacy-breaches.ts'
import { LegalRequest } from './privacy-legal.ts'
import { PolicyKind } from './privacy-policies.ts'
import { Processor } from './privacy-registers.ts'
import { Registry } from './privacy-registries.ts'
import { PrivacyRequest } from './privacy-request-case.ts'
import { routes } from './routes.ts'
import { Instant, PlainDate } from './values.ts'

/** How much of one kind is open, and those that are due first. */
const todo = <Item extends z.ZodType>(item: Item) => z.object({ open: z.int(), next: z.array(item) })

/** What the gate refused for one reason: the first that stood in the way, and the step that would remove it. */
export const RefusedTouches = z
  .object({ code: z.string(), effect: z.enum(['blocks', 'defers']), remedy: z.string().nullable(), count: z.int(), people: z.int() })
  .meta({ id: 'RefusedTouches' })
export type RefusedTouches = z.output<typeof RefusedTouches>

/** What waits for somebody in the privacy room. A part is null where the reader may not see it. */
export const PrivacyOverview = z
  .object({
    /** Requests and, for those who look after them, complaints. */
    requests: todo(PrivacyRequest).extend({ overdue: z.int() }).nullable(),
    incidents: todo(Breach).nullable(),
    legalRequests: todo(LegalRequest).nullable(),
    /** Since when somebody stands behind the periods; null: nothing goes by itself, and the preview waits for a yes. */
    retention: z.object({ confirmedAt: Instant.nullable(), nextNight: Instant }).nullable(),
    /** Documents that were never published, or say something else than the house does by now. */
    policies: z.array(z.object({ kind: PolicyKind, published: z.boolean(), changes: z.int() })).nullable(),
    /** Receivers of data who get nothing as long as something is missing. */
    recipients: z.array(Processor.pick({ id: true, name: true, connection: true, stopped: true })).nullable(),
    /** Copies of registers that are too old to count. */
    registries: z.array(z.object({ registry: Registry, asOf: PlainDate })),
    /** Whether anybody is asked for consent on the booking page. */
    asksForConsent: z.boolean(),
    /** People kept apart, who are erased unless somebody says that it was a mistake. */
    held: z.object({ open: z.int(), nextDueAt: Instant.nullable() }).nullable(),
    /** What was not sent or called in the last seven days. Null for those who see their own contacts alone. */
    refused: z.object({ since: Instant, count: z.int(), reasons: z.array(RefusedTouches) }).nullable(),
  })
  .meta({ id: 'PrivacyOverview' })
export type PrivacyOverview = z.output<typeof PrivacyOverview>

export const overviewRoutes = routes({
  'GET /privacy-overview': {
    summary: 'What waits for somebody: requests, incidents, policies, retention, and what the gate refused this week',
    access: 'member',
    answer: PrivacyOverview,
  },
})
