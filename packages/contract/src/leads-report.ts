import { z } from 'zod'
import { idOf } from './ids.ts'
import { LeadSource } from './leads-shapes.ts'
import { routes } from './routes.ts'
import { Money, PlainDate } from './values.ts'

const counts = {
  won: z.int(),
  lost: z.int(),
  /** What was won is worth, one sum a currency. */
  wonValue: z.array(Money),
}

/** What was won and lost between two days of the business, both included. */
export const LeadReport = z
  .object({
    from: PlainDate,
    to: PlainDate,
    bySource: z.array(z.object({ source: LeadSource, ...counts })),
    /** Nobody: leads that nobody worked on. */
    byPerson: z.array(z.object({ memberId: idOf('member').nullable(), ...counts })),
    byReason: z.array(z.object({ reason: z.string(), lost: z.int() })),
  })
  .meta({ id: 'LeadReport' })
export type LeadReport = z.output<typeof LeadReport>

export const leadReportRoutes = routes({
  'GET /pipelines/{pipelineId}/report': {
    summary: 'What was won and lost in a pipeline, by source, by person and by reason; the last 90 days unless said otherwise',
    access: 'member',
    params: z.strictObject({ pipelineId: z.uuid() }),
    query: z.strictObject({ from: PlainDate.optional(), to: PlainDate.optional() }),
    answer: LeadReport,
  },
})
