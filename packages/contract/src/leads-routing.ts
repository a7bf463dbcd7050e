import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'

/** `rotation`: one after the other; `load`: whoever has the fewest open leads; `nobody`: somebody takes it herself. */
export const RoutingWay = z.enum(['nobody', 'rotation', 'load'])

const answerMinutes = z.int().min(1).max(2400).nullable()

/** Who is given the new leads of a pipeline that come without an owner, and how long they may wait. */
export const Routing = z
  .object({
    pipelineId: z.uuid(),
    version: z.int(),
    way: RoutingWay,
    /** Whoever worked on an earlier lead of the same contact comes first. */
    previousFirst: z.boolean(),
    memberIds: z.array(idOf('member')),
    /** After so many minutes of opening hours without a first answer the managers are told; null: they are not. */
    answerMinutes,
  })
  .meta({ id: 'LeadRouting' })
export type Routing = z.output<typeof Routing>

export const RoutingBody = z.strictObject({
  way: RoutingWay,
  previousFirst: z.boolean(),
  memberIds: z.array(idOf('member')).max(100),
  answerMinutes,
})

const params = z.strictObject({ pipelineId: z.uuid() })

export const routingRoutes = routes({
  'GET /pipelines/{pipelineId}/routing': {
    summary: 'Who is given new leads of a pipeline, and how long they may wait for a first answer',
    access: 'member',
    params,
    answer: Routing,
  },
  'PUT /pipelines/{pipelineId}/routing': {
    summary: 'Say who is given new leads of a pipeline, and how long they may wait for a first answer',
    access: 'member',
    params,
    body: RoutingBody,
    answer: Routing,
    ifMatch: true,
  },
})
