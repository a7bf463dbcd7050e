import { z } from 'zod'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Line } from './values.ts'

/** `rotation`: one after the other; `load`: whoever has the fewest open leads; `nobody`: somebody takes it herself. */
export const RoutingWay = z.enum(['nobody', 'rotation', 'load'])

/** Whom a member is given first; an empty list asks nothing. Where nobody serves a contact, everybody takes part. */
const serves = {
  memberId: idOf('member'),
  /** ISO 3166: a country (`CA`), or a state or province (`US-NY`). By what is known of the contact, or where her number was issued. */
  regions: z.array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'Write places like US-NY or CA.')).max(100),
  /** ISO 639: `es`. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, 'Write languages like es or fr.')).max(20),
  tags: z.array(Line(60)).max(20),
}

const answerMinutes = z.int().min(1).max(2400).nullable()

/** Who is given the new leads of a pipeline that come without an owner, and how long they may wait. */
export const Routing = z
  .object({
    pipelineId: z.uuid(),
    version: z.int(),
    way: RoutingWay,
    /** Whoever worked on an earlier lead of the same contact comes first. */
    previousFirst: z.boolean(),
    members: z.array(z.object(serves)),
    /** After so many minutes of opening hours without a first answer the managers are told; null: they are not. */
    answerMinutes,
    /** Whoever writes to the business's inbox for the first time becomes a lead here. In one pipeline at most: turning it on here turns it off elsewhere. */
    fromMail: z.boolean(),
    /** Where that mail is sent on to; null where nothing comes in, or the mailbox has no room for it. */
    inboxAddress: z.string().nullable(),
  })
  .meta({ id: 'LeadRouting' })
export type Routing = z.output<typeof Routing>

export const RoutingBody = z.strictObject({
  way: RoutingWay,
  previousFirst: z.boolean(),
  members: z
    .array(
      z.strictObject({
        memberId: serves.memberId,
        regions: serves.regions.default([]),
        languages: serves.languages.default([]),
        tags: serves.tags.default([]),
      }),
    )
    .max(100),
  answerMinutes,
  fromMail: z.boolean().default(false),
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
