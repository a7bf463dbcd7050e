import type { Room } from '../../platform/room/index.ts'
import { mergeSteps } from '../contacts/index.ts'
import { captureMailSubscribers } from './capture-mail.ts'
import { clearHeldJob, clearHeldSchedule } from './decide-submission.ts'
import { escalateLeadJob } from './escalate-lead.ts'
import { formInventory } from './form.tables.ts'
import { leadInventory } from './lead.tables.ts'
import { linkHeldSubscribers } from './link-held.ts'
import { mergeLeads } from './merge-leads.ts'
import { firstTouchSubscribers } from './note-first-touch.ts'
import { pipelineInventory } from './pipeline.tables.ts'
import { formPages } from './public/form-pages.ts'
import { remindNextStepJob } from './remind-next-step.ts'
import { mountedRoutes } from './routes.ts'
import { routingInventory } from './routing.tables.ts'

export { assignLead } from './assign-lead.ts'
export { loseLead, reopenLead, winLead } from './close-lead.ts'
export { type CreateLead, createLead } from './create-lead.ts'
export { leadsPolicy } from './leads.policy.ts'
export { moveLead } from './move-lead.ts'
export { answerQuestion } from './qualify-lead.ts'
export { loadPipeline } from './read-pipelines.ts'
export { leadSurroundings } from './surroundings.ts'
export { createForm } from './write-form.ts'

/** Fills the ports of rooms to the left that this room answers. */
export function provideLeadsPorts(): void {
  mergeSteps.provide('leads', mergeLeads)
}

export const leadsRoom: Room = {
  name: 'leads',
  migrations: new URL('./migrations', import.meta.url),
  inventory: [...pipelineInventory, ...leadInventory, ...routingInventory, ...formInventory],
  routes: mountedRoutes,
  jobs: [escalateLeadJob, remindNextStepJob, clearHeldJob],
  schedules: [clearHeldSchedule],
  subscribers: [...captureMailSubscribers, ...firstTouchSubscribers, ...linkHeldSubscribers],
  pages: formPages,
}
