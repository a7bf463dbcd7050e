import type { Lead, LeadId, LeadState, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { loadContact } from '../contacts/index.ts'
import { openLeadExists, requireInUse } from './create-lead.ts'
import type { LeadRow } from './lead.tables.ts'
import { leadsPolicy } from './leads.policy.ts'
import { lockLead, openLeadOf } from './read-leads.ts'
import { tellLead } from './tell-lead.ts'

type Closing = Pick<Selectable<LeadRow>, 'state'> & Partial<Pick<Selectable<LeadRow>, 'lost_reason_id' | 'lost_note'>>

/** A lead was won. Throws 404 and `leads/closed`. */
export async function winLead(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  await close(tx, await lockLead(tx, by, leadId), { state: 'won' })
  return tellLead(tx, by, leadId, { event: 'won' })
}

export type LoseLead = { readonly leadId: LeadId; readonly reasonId: string; readonly note?: string | null | undefined }

/** A lead was lost, with the reason. Throws 404 and `leads/closed`. */
export async function loseLead(tx: WorkspaceTx, by: Principal, { leadId, reasonId, note }: LoseLead): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const lead = await lockLead(tx, by, leadId)
  const reason = await tx.db
    .selectFrom('lost_reason')
    .select(['id', 'label'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', lead.pipeline_id)
    .where('id', '=', reasonId)
    .where('archived_at', 'is', null)
    .executeTakeFirst()
  if (!reason)
    throw new Refusal('http/invalid-request', {
      detail: 'reasonId: this pipeline has no such reason. Choose one of its reasons. Nothing was saved.',
      faults: [{ path: 'body.reasonId', code: 'unknown_reason', message: 'Choose one of the reasons of the pipeline.' }],
    })
  await close(tx, lead, { state: 'lost', lost_reason_id: reason.id, lost_note: note || null })
  return tellLead(tx, by, leadId, { event: 'lost', note: reason.label })
}

/** Takes a lead away that was made by mistake. Twice changes nothing more. Throws 404 and `leads/closed`. */
export async function removeLead(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  await close(tx, await lockLead(tx, by, leadId), { state: 'removed' })
  return tellLead(tx, by, leadId, { event: 'removed' })
}

/** Opens a lead again; it stands where it stood. Throws 404, `leads/not-closed`, `http/conflict` where the contact was put away, and `leads/open-lead-exists` where the contact has another one by now. */
export async function reopenLead(tx: WorkspaceTx, by: Principal, leadId: LeadId): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const lead = await lockLead(tx, by, leadId)
  if (lead.state === 'open') throw new Refusal('leads/not-closed', { detail: 'This lead is open already. Nothing was changed.' })
  requireInUse(await loadContact(tx, by, lead.contact_id))
  const other = await openLeadOf(tx, lead.contact_id, lead.pipeline_id)
  if (other) throw openLeadExists(other.id)
  await tx.db
    .updateTable('lead')
    .set({
      state: 'open',
      stage_id: await stageToStandIn(tx, lead),
      open_stage_id: await stageToStandIn(tx, lead),
      closed_at: null,
      lost_reason_id: null,
      lost_note: null,
      version: lead.version + 1,
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', lead.id)
    .execute()
  return tellLead(tx, by, leadId, { event: 'reopened' })
}

/** Throws `leads/closed` for a lead that is not open. */
export function refuseClosed(state: LeadState): void {
  if (state === 'open') return
  throw new Refusal('leads/closed', { detail: 'This lead is closed. Open it again first. Nothing was changed.', state })
}

async function close(tx: WorkspaceTx, lead: Selectable<LeadRow>, closing: Closing): Promise<void> {
  refuseClosed(lead.state)
  const end =
    closing.state === 'won' || closing.state === 'lost'
      ? await tx.db
          .selectFrom('stage')
          .select('id')
          .where('workspace_id', '=', tx.workspaceId)
          .where('pipeline_id', '=', lead.pipeline_id)
          .where('kind', '=', closing.state)
          .executeTakeFirstOrThrow()
      : undefined
  await tx.db
    .updateTable('lead')
    .set({
      ...closing,
      ...(end ? { stage_id: end.id } : {}),
      closed_at: tx.now,
      version: lead.version + 1,
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', lead.id)
    .execute()
}

/** Where it stood; the first stage where that one was put away since. */
async function stageToStandIn(tx: WorkspaceTx, { pipeline_id, open_stage_id }: Selectable<LeadRow>): Promise<string> {
  const stages = await tx.db
    .selectFrom('stage')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipeline_id)
    .where('kind', '=', 'open')
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return (stages.find(({ id }) => id === open_stage_id) ?? stages[0])?.id ?? open_stage_id
}
