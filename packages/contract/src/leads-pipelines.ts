import { z } from 'zod'
import { idOf } from './ids.ts'
import { Lead } from './leads-shapes.ts'
import { routes } from './routes.ts'
import { Cursor, Instant, Line, Money } from './values.ts'

/** `open` stages are the columns of the board; each pipeline has one for what was won and one for what was lost. */
export const StageKind = z.enum(['open', 'won', 'lost'])
export const Stage = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: StageKind,
    /** How many of a hundred leads here are won, as the business guesses. */
    probability: z.int(),
  })
  .meta({ id: 'Stage' })
export type Stage = z.output<typeof Stage>

export const LostReason = z.object({ id: z.uuid(), label: z.string() }).meta({ id: 'LostReason' })

/** The way leads go. Every business has one from the start. */
export const Pipeline = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    /** Where leads go that name no pipeline. */
    isDefault: z.boolean(),
    /** In their order: the open ones, then won and lost. */
    stages: z.array(Stage),
    lostReasons: z.array(LostReason),
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'Pipeline' })
export type Pipeline = z.output<typeof Pipeline>

const probability = z.int().min(0).max(100)

/** Stages and reasons are written whole, in their order: what has an id stays, what has none is new, what is left out is put away. */
export const EditPipelineBody = z.strictObject({
  name: Line(80).optional(),
  stages: z
    .array(z.strictObject({ id: z.uuid().optional(), name: Line(60), probability }))
    .min(1, 'A pipeline needs a stage.')
    .max(20)
    .optional(),
  wonName: Line(60).optional(),
  lostName: Line(60).optional(),
  lostReasons: z
    .array(z.strictObject({ id: z.uuid().optional(), label: Line(80) }))
    .min(1, 'Leave at least one reason.')
    .max(30)
    .optional(),
})

/** One column of the board. */
export const BoardColumn = z
  .object({
    stageId: z.uuid(),
    count: z.int(),
    /** What all its leads are worth, one sum a currency. */
    sums: z.array(Money),
    items: z.array(Lead),
    /** Goes on with `GET /leads?stageId=…&sort=board`. */
    next: Cursor.nullable(),
  })
  .meta({ id: 'BoardColumn' })
export type BoardColumn = z.output<typeof BoardColumn>

export const Board = z
  .object({
    pipeline: Pipeline,
    columns: z.array(BoardColumn),
    /** How many were won and lost, of all time. */
    won: z.int(),
    lost: z.int(),
  })
  .meta({ id: 'Board' })
export type Board = z.output<typeof Board>

const params = z.strictObject({ pipelineId: z.uuid() })

export const pipelineRoutes = routes({
  'GET /pipelines': {
    summary: 'The pipelines with their stages and the reasons why leads are lost',
    access: 'member',
    answer: z.object({ items: z.array(Pipeline) }),
  },
  'POST /pipelines': {
    summary: 'Add a pipeline; it begins with the usual stages',
    access: 'member',
    body: z.strictObject({ name: Line(80) }),
    status: 201,
    answer: Pipeline,
  },
  'GET /pipelines/{pipelineId}': { summary: 'One pipeline', access: 'member', params, answer: Pipeline },
  'PATCH /pipelines/{pipelineId}': {
    summary: 'Change a pipeline; stages and reasons are written whole, and a stage in which open leads stand stays',
    access: 'member',
    params,
    body: EditPipelineBody,
    answer: Pipeline,
    ifMatch: true,
    refusals: ['leads/stage-in-use'],
  },
  'DELETE /pipelines/{pipelineId}': {
    summary: 'Put a pipeline away; not the one that new leads go to, and none with open leads',
    access: 'member',
    params,
    answer: Pipeline,
    refusals: ['leads/pipeline-in-use'],
  },
  'POST /pipelines/{pipelineId}/restore': { summary: 'Bring a pipeline back', access: 'member', params, answer: Pipeline },
  'GET /pipelines/{pipelineId}/board': {
    summary: 'The open leads of a pipeline by stage: how many, what they are worth, and the first of each',
    access: 'member',
    params,
    query: z.strictObject({ ownerMemberId: idOf('member').optional(), limit: z.coerce.number().int().min(1).max(100).default(25) }),
    answer: Board,
  },
})
