import type { Lead, LeadId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { refuseClosed } from './close-lead.ts'
import { noSuchStage } from './create-lead.ts'
import { leadsPolicy } from './leads.policy.ts'
import { placeIn } from './place-lead.ts'
import { loadLead, lockLead } from './read-leads.ts'
import { lockStage } from './read-pipelines.ts'
import { tellLead } from './tell-lead.ts'

export type MoveLead = { readonly leadId: LeadId; readonly stageId: string; readonly belowLeadId?: LeadId | null | undefined }

/**
 * Puts an open lead into a stage, below another one or on top. Those who move at once take turns at the stage, which is held before any lead is: so both get what they asked for, and nobody waits for
 * somebody who waits. Throws 404 and `leads/closed`.
 */
export async function moveLead(tx: WorkspaceTx, by: Principal, { leadId, stageId, belowLeadId }: MoveLead): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const { pipelineId } = await loadLead(tx, by, leadId)
  const stage = await lockStage(tx, pipelineId, stageId)
  if (stage?.kind !== 'open') throw noSuchStage()
  const lead = await lockLead(tx, by, leadId)
  refuseClosed(lead.state)
  const below = belowLeadId === lead.id ? null : belowLeadId
  const elsewhere = lead.stage_id !== stage.id
  await tx.db
    .updateTable('lead')
    .set({
      stage_id: stage.id,
      open_stage_id: stage.id,
      position: await placeIn(tx, stage.id, { leadId: lead.id, below: below ?? null }),
      version: lead.version + 1,
      updated_at: tx.now,
      ...(elsewhere ? { entered_stage_at: tx.now } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', lead.id)
    .execute()
  // Another place in the same stage is an order of work, and nothing that happened.
  return tellLead(tx, by, lead.id, elsewhere ? { event: 'moved', stageId: stage.id, note: stage.name } : { event: 'changed' })
}
