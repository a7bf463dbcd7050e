import type { EditLeadBody, Lead, LeadId, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadLead, lockLead } from './read-leads.ts'
import { planReminder } from './remind-next-step.ts'
import { tellLead } from './tell-lead.ts'

export type EditLead = z.output<typeof EditLeadBody> & { readonly leadId: LeadId; readonly version: number }

/** Changes what is sent of a lead. Throws 404 and `http/version-mismatch` with the current values. */
export async function editLead(
  tx: WorkspaceTx,
  by: Principal,
  { leadId, version, title, value, source, nextStep }: EditLead,
): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const lead = await lockLead(tx, by, leadId)
  if (lead.version !== version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this lead since you opened it. Nothing was saved; look at the current values and try again.',
      current: await loadLead(tx, by, lead.id),
    })
  await tx.db
    .updateTable('lead')
    .set({
      version: lead.version + 1,
      updated_at: tx.now,
      ...(title === undefined ? {} : { title }),
      ...(source === undefined ? {} : { source }),
      ...(value === undefined ? {} : { value_minor: value === null ? null : Number(value.minor), currency: value?.currency ?? null }),
      ...(nextStep === undefined
        ? {}
        : { next_step: nextStep?.text ?? null, next_step_on: nextStep?.dueOn ? Temporal.PlainDate.from(nextStep.dueOn) : null }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', lead.id)
    .execute()
  if (nextStep?.dueOn) await planReminder(tx, lead.id, Temporal.PlainDate.from(nextStep.dueOn))
  return tellLead(tx, by, lead.id, { event: 'changed' })
}
