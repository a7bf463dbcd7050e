import type { LeadId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { MergeStep } from '../contacts/index.ts'

const Kept = z.array(z.string())

/**
 * Two contacts that become one have one open lead a pipeline: the one of the contact that stays goes on, the other one is closed as merged, comes along, and is open again when the merge is undone, unless
 * somebody did something with it since.
 */
export const mergeLeads: MergeStep = {
  name: 'leads',
  async merge(tx, _by, { survivorId, mergedId }) {
    const theirs = await openLeads(tx, [survivorId, mergedId])
    const closing = theirs.filter(
      ({ contact_id, pipeline_id }) =>
        contact_id === mergedId && theirs.some((other) => other.contact_id === survivorId && other.pipeline_id === pipeline_id),
    )
    if (closing.length === 0) return undefined
    const ids = closing.map(({ id }) => id)
    await tx.db
      .updateTable('lead')
      .set({ state: 'merged', closed_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', ids)
      .execute()
    return ids
  },
  async undo(tx, _by, { kept, mergedId }) {
    const ids = Kept.safeParse(kept).data ?? []
    if (ids.length === 0) return
    const taken = new Set((await openLeads(tx, [mergedId])).map(({ pipeline_id }) => pipeline_id))
    const closed = await tx.db
      .selectFrom('lead')
      .select(['id', 'pipeline_id'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', ids as LeadId[])
      .where('contact_id', '=', mergedId)
      .where('state', '=', 'merged')
      .execute()
    const opening = closed.filter(({ pipeline_id }) => !taken.has(pipeline_id)).map(({ id }) => id)
    if (opening.length === 0) return
    await tx.db
      .updateTable('lead')
      .set({ state: 'open', closed_at: null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', opening)
      .execute()
  },
}

const openLeads = (tx: WorkspaceTx, contactIds: Parameters<NonNullable<MergeStep['merge']>>[2]['mergedId'][]) =>
  tx.db
    .selectFrom('lead')
    .select(['id', 'contact_id', 'pipeline_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', contactIds)
    .where('state', '=', 'open')
    .execute()
