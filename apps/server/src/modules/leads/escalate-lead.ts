import { openHours } from '@frontdesk/availability'
import type { LeadId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { reference } from '../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../platform/jobs/index.ts'
import { mailMember } from '../../platform/mail/index.ts'
import { openingHours, workspaceFacts } from '../accounts/index.ts'
import { contactFacts } from '../contacts/index.ts'
import { routingOf } from './route-lead.ts'
import { afterOpenMinutes } from './routing.rules.ts'
import { leadSurroundings } from './surroundings.ts'
import { waitingWords } from './waiting.words.ts'

const leadId = z.uuid().transform((id) => id as LeadId)

/** Looks, once its time has come, whether a new lead was answered. */
export const escalateLeadJob: Job<{ leadId: LeadId }> = defineJob({
  name: 'leads.escalate',
  endsWithClosing: true,
  payload: z.strictObject({ leadId }),
  fields: { leadId: reference('contact', 'detach') },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => escalateLead(tx, payload.leadId))
  },
})

/** Far enough to find some minutes of opening hours after any holidays. */
const LOOK_AHEAD_DAYS = 31

/** Sets the clock of a new lead, where its pipeline has one. A business that does not open for a month is not told. */
export async function watchLead(tx: WorkspaceTx, lead: { readonly id: LeadId; readonly pipelineId: string }): Promise<void> {
  const minutes = (await routingOf(tx, lead.pipelineId))?.answer_minutes ?? null
  if (minutes === null) return
  const open = openHours(await openingHours(tx), tx.now, tx.now.add({ hours: 24 * LOOK_AHEAD_DAYS }))
  const startAfter = afterOpenMinutes(open, tx.now, minutes)
  if (startAfter) await enqueue(tx, escalateLeadJob, { leadId: lead.id }, { startAfter })
}

/** Tells those who lead the team that nobody answered: by mail, and in the desk on the card. Once a lead; not where it was answered or closed meanwhile. */
export async function escalateLead(tx: WorkspaceTx, id: LeadId): Promise<void> {
  const lead = await tx.db
    .updateTable('lead')
    .set({ escalated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('first_touch_at', 'is', null)
    .where('escalated_at', 'is', null)
    .returning(['id', 'contact_id', 'pipeline_id'])
    .executeTakeFirst()
  if (!lead) return
  await emit(tx, 'lead.changed', { leadId: lead.id, contactId: lead.contact_id })
  const contact = await contactFacts(tx, lead.contact_id)
  const business = await workspaceFacts(tx)
  const t = translator(waitingWords, business.locale)
  const minutes = (await routingOf(tx, lead.pipeline_id))?.answer_minutes ?? 0
  const facts = { name: contact.name, minutes }
  const page = `${leadSurroundings.get().publicUrl()}/w/${business.slug}/leads/${lead.id}`
  for (const { id: memberId, name, email } of await leadersOf(tx))
    await mailMember(tx, {
      memberId,
      news: 'leads_waiting',
      aboutContactId: contact.contactId,
      to: { name, address: email },
      subject: t('subject', facts),
      text: [t('what', facts), `${t('task', facts)}\n${page}`].join('\n\n'),
      automatic: true,
    })
}

/** The managers; the owners where there is none. */
async function leadersOf(tx: WorkspaceTx) {
  const members = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .execute()
  const managers = members.filter(({ role }) => role === 'manager')
  return managers.length > 0 ? managers : members.filter(({ role }) => role === 'owner')
}
