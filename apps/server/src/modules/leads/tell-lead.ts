import type { Lead, LeadId, MemberId, Principal } from '@frontdesk/contract'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import { recordTimeline } from '../contacts/index.ts'
import { loadLead } from './read-leads.ts'

/** What happened to a lead; `note` is shown as it is. */
export type LeadNews =
  | { readonly event: 'created' | 'changed' | 'won' | 'lost' | 'reopened' | 'removed'; readonly note?: string }
  | { readonly event: 'moved'; readonly stageId: string; readonly note: string }
  | { readonly event: 'assigned'; readonly memberId: MemberId | null }

/** Writes what happened to the contact's timeline, to the audit and to the outbox, in the transaction of the change, and answers the lead as it is now. */
export async function tellLead(tx: WorkspaceTx, by: Principal, leadId: LeadId, news: LeadNews): Promise<Lead> {
  const lead = await loadLead(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'leads.tell' }, leadId)
  const about = { leadId, contactId: lead.contact.id }
  const kind = `lead.${news.event}` as const
  // A new next step or another value is daily work; the timeline tells what a lead went through.
  if (news.event !== 'changed')
    await recordTimeline(tx, {
      contactId: lead.contact.id,
      kind,
      actor: by,
      subject: { type: 'lead', id: leadId },
      summary: { key: `lead_${news.event}`, values: 'note' in news && news.note !== undefined ? { note: news.note } : {} },
    })
  await audit(tx, by, { action: kind, object: { type: 'lead', id: leadId }, result: 'done' })
  if (news.event === 'moved') await emit(tx, 'lead.moved', { ...about, stageId: news.stageId })
  else if (news.event === 'assigned') await emit(tx, 'lead.assigned', { ...about, memberId: news.memberId })
  else await emit(tx, `lead.${news.event}` as const, about)
  return lead
}
