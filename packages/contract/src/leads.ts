import { z } from 'zod'
import { idOf } from './ids.ts'
import { formRoutes } from './leads-forms.ts'
import { pipelineRoutes } from './leads-pipelines.ts'
import { qualificationRoutes } from './leads-qualification.ts'
import { leadReportRoutes } from './leads-report.ts'
import { routingRoutes } from './leads-routing.ts'
import { Lead, LeadSource } from './leads-shapes.ts'
import { routes } from './routes.ts'
import { Currency, Line, PageQuery, PlainDate, pageOf, Text } from './values.ts'

/** What a lead may be worth: minor units and their currency. */
const value = z.strictObject({ minor: z.string().regex(/^\d{1,15}$/, 'Write the amount in minor units, like 14000.'), currency: Currency })
const facts = {
  title: Line(120).nullish(),
  value: value.nullish(),
  nextStep: z.strictObject({ text: Line(200), dueOn: PlainDate.nullish() }).nullish(),
}

export const CreateLeadBody = z.strictObject({
  contactId: idOf('contact'),
  /** Left out: the one that new leads go to. */
  pipelineId: z.uuid().optional(),
  /** Left out: the first one. */
  stageId: z.uuid().optional(),
  source: LeadSource.default('other'),
  /** Left out: whoever looks after the contact. */
  ownerMemberId: idOf('member').nullish(),
  ...facts,
})
export const EditLeadBody = z.strictObject({ ...facts, source: LeadSource.optional() })

export const LeadListQuery = PageQuery.extend({
  pipelineId: z.uuid().optional(),
  stageId: z.uuid().optional(),
  contactId: idOf('contact').optional(),
  ownerMemberId: idOf('member').optional(),
  state: z.enum(['open', 'won', 'lost', 'all']).default('open'),
  /** Only those whose next step is overdue. */
  overdue: z.literal('yes').optional(),
  /** `board`: from top to bottom of a stage; `recent`: newest first. */
  sort: z.enum(['recent', 'board']).default('recent'),
})

const params = z.strictObject({ leadId: idOf('lead') })

export const leadsRoutes = routes({
  ...pipelineRoutes,
  ...qualificationRoutes,
  ...routingRoutes,
  ...leadReportRoutes,
  ...formRoutes,
  'GET /leads': {
    summary: 'Leads, narrowed by pipeline, stage, contact, owner, state or an overdue next step',
    access: 'member',
    query: LeadListQuery,
    answer: pageOf(Lead),
  },
  'POST /leads': {
    summary: 'Add a lead; a contact has one open lead a pipeline, and a second one is refused and names the first',
    access: 'member',
    body: CreateLeadBody,
    status: 201,
    answer: Lead,
    refusals: ['leads/open-lead-exists', 'leads/owner-cannot-see'],
  },
  'GET /leads/{leadId}': { summary: 'One lead', access: 'member', params, answer: Lead },
  'PATCH /leads/{leadId}': {
    summary: 'Change a lead; only what is sent',
    access: 'member',
    params,
    body: EditLeadBody,
    answer: Lead,
    ifMatch: true,
  },
  'DELETE /leads/{leadId}': {
    summary: 'Take a lead away that was made by mistake; reopening brings it back',
    access: 'member',
    params,
    answer: Lead,
  },
  'POST /leads/{leadId}/move': {
    summary:
      'Put an open lead into a stage of its pipeline, below another lead or on top; of two who move at once both get what they asked for',
    access: 'member',
    params,
    body: z.strictObject({ stageId: z.uuid(), belowLeadId: idOf('lead').nullish() }),
    answer: Lead,
    refusals: ['leads/closed'],
  },
  'POST /leads/{leadId}/win': { summary: 'A lead was won', access: 'member', params, answer: Lead, refusals: ['leads/closed'] },
  'POST /leads/{leadId}/lose': {
    summary: 'A lead was lost, with the reason',
    access: 'member',
    params,
    body: z.strictObject({ reasonId: z.uuid(), note: Text(500).nullish() }),
    answer: Lead,
    refusals: ['leads/closed'],
  },
  'POST /leads/{leadId}/reopen': {
    summary: 'Open a lead again that was won, lost or taken away; it stands where it stood',
    access: 'member',
    params,
    answer: Lead,
    refusals: ['leads/not-closed', 'leads/open-lead-exists'],
  },
  'POST /leads/{leadId}/assign': {
    summary: 'Say who works on a lead, or that nobody does',
    access: 'member',
    params,
    body: z.strictObject({ ownerMemberId: idOf('member').nullable() }),
    answer: Lead,
    refusals: ['leads/owner-cannot-see'],
  },
})

export type LeadListQuery = z.output<typeof LeadListQuery>
