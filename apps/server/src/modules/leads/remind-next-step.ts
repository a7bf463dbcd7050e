import type { LeadId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { reference } from '../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../platform/jobs/index.ts'
import { mailMember } from '../../platform/mail/index.ts'
import { workspaceFacts } from '../accounts/index.ts'
import { contactFacts } from '../contacts/index.ts'
import { nextStepWords } from './next-step.words.ts'
import { todayOf } from './read-leads.ts'
import { leadSurroundings } from './surroundings.ts'

const leadId = z.uuid().transform((id) => id as LeadId)

/** When the day's next steps are told, by the clock of the business. */
const MORNING = Temporal.PlainTime.from('08:00')

/** Reminds, on the morning of its day, of what was planned next with a lead. */
export const remindNextStepJob: Job<{ leadId: LeadId }> = defineJob({
  name: 'leads.remind-next-step',
  endsWithClosing: true,
  payload: z.strictObject({ leadId }),
  fields: { leadId: reference('contact', 'detach') },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => remindNextStep(tx, payload.leadId))
  },
})

/** Plans the reminder of a next step. One that is for today or earlier, once the morning is over, needs none: whoever wrote it down knows. */
export async function planReminder(tx: WorkspaceTx, id: LeadId, dueOn: Temporal.PlainDate | null): Promise<void> {
  if (dueOn === null) return
  const { zone } = await workspaceFacts(tx)
  const startAfter = dueOn.toZonedDateTime({ timeZone: zone, plainTime: MORNING }).toInstant()
  if (Temporal.Instant.compare(startAfter, tx.now) > 0) await enqueue(tx, remindNextStepJob, { leadId: id }, { startAfter })
}

/**
 * Writes to whoever works on the lead, once for a day. Not where it was closed, given to nobody, or the step was moved to a later day, which has a job of its own; nor to a representative who does not see
 * the contact any more.
 */
async function remindNextStep(tx: WorkspaceTx, id: LeadId): Promise<void> {
  const due = await tx.db
    .updateTable('lead')
    .set((lead) => ({ next_step_reminded_on: lead.ref('next_step_on') }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('next_step', 'is not', null)
    .where('next_step_on', '<=', await todayOf(tx))
    .where(sql<boolean>`next_step_reminded_on is distinct from next_step_on`)
    .where('owner_member_id', 'is not', null)
    .returning(['contact_id', 'owner_member_id', 'next_step'])
    .executeTakeFirst()
  if (!due || due.owner_member_id === null || due.next_step === null) return
  const contact = await contactFacts(tx, due.contact_id)
  const member = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'email', 'role'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', due.owner_member_id)
    .where('removed_at', 'is', null)
    .where('deactivated_at', 'is', null)
    .executeTakeFirst()
  if (!member || (member.role === 'representative' && contact.ownerMemberId !== member.id)) return
  const business = await workspaceFacts(tx)
  const t = translator(nextStepWords, business.locale)
  const facts = { name: contact.name, step: due.next_step }
  const page = `${leadSurroundings.get().publicUrl()}/w/${business.slug}/leads/${id}`
  await mailMember(tx, {
    memberId: member.id,
    news: 'tasks_mine',
    aboutContactId: contact.contactId,
    to: { name: member.name, address: member.email },
    subject: t('subject', facts),
    text: [t('what', facts), due.next_step, `${t('open', facts)}\n${page}`].join('\n\n'),
    automatic: true,
  })
}
