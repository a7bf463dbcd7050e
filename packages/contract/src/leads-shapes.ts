import { z } from 'zod'
import { idOf } from './ids.ts'
import { Instant, Money, PlainDate } from './values.ts'

/** Where a lead came from. */
export const leadSources = ['form', 'booking', 'message', 'call', 'walk_in', 'referral', 'advert', 'import', 'api', 'other'] as const
export const LeadSource = z.enum(leadSources).meta({ id: 'LeadSource' })
export type LeadSource = z.output<typeof LeadSource>

/** How a lead stands: `merged` went with a contact that was merged into another one with an open lead of its own; `removed` was made by mistake. */
export const leadStates = ['open', 'won', 'lost', 'merged', 'removed'] as const
export const LeadState = z.enum(leadStates).meta({ id: 'LeadState' })
export type LeadState = z.output<typeof LeadState>

/** What is to be done next, and by which day of the business. */
export const NextStep = z.object({ text: z.string(), dueOn: PlainDate.nullable() }).meta({ id: 'NextStep' })

/** One chance of business with one contact. */
export const Lead = z
  .object({
    id: idOf('lead'),
    version: z.int(),
    pipelineId: z.uuid(),
    stageId: z.uuid(),
    state: LeadState,
    contact: z.object({ id: idOf('contact'), name: z.string() }),
    title: z.string().nullable(),
    ownerMemberId: idOf('member').nullable(),
    value: Money.nullable(),
    source: LeadSource,
    nextStep: NextStep.nullable(),
    /** The day of the next step is over. */
    overdue: z.boolean(),
    lostReason: z.object({ id: z.uuid(), label: z.string() }).nullable(),
    lostNote: z.string().nullable(),
    createdAt: Instant,
    enteredStageAt: Instant,
    /** When somebody first wrote to her, called her or booked with her after the lead was made. */
    firstTouchAt: Instant.nullable(),
    /** When the managers were told that nobody had answered in time. */
    escalatedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Lead' })
export type Lead = z.output<typeof Lead>
