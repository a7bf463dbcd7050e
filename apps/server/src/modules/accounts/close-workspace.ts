import type { Principal, Workspace } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { requirePresence } from './recent-proof.ts'
import { tellChanged } from './tell-changed.ts'
import { refuseInTestWorkspace } from './test-workspace.ts'
import { loadWorkspace, presentWorkspace } from './workspace-facts.ts'

/** How long a closed workspace or account can be reopened. */
export const graceLasts = Temporal.Duration.from({ hours: 30 * 24 })

/** Closes the workspace: public pages end and API keys are refused now, everything is deleted after 30 days. Closing it again changes nothing. */
export async function closeWorkspace(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.close')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const workspace = await loadWorkspace(tx)
  if (workspace.closes_at !== null) return presentWorkspace(workspace)
  await tx.db
    .updateTable('workspace')
    .set({ closes_at: tx.now.add(graceLasts), version: workspace.version + 1 })
    .where('id', '=', tx.workspaceId)
    .execute()
  await audit(tx, by, { action: 'workspace.closing', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await tellKeys(tx)
  await emit(tx, 'workspace.closing', { workspaceId: tx.workspaceId })
  return presentWorkspace(await loadWorkspace(tx))
}

/** Reopens a workspace that was being closed. */
export async function reopenWorkspace(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.close')
  const workspace = await loadWorkspace(tx)
  if (workspace.closes_at === null) throw new Refusal('http/conflict', { detail: 'The workspace is open.' })
  if (Temporal.Instant.compare(workspace.closes_at, tx.now) <= 0) {
    throw new Refusal('http/conflict', { detail: 'The 30 days are over; the workspace is being deleted and cannot be brought back.' })
  }
  await tx.db
    .updateTable('workspace')
    .set({ closes_at: null, version: workspace.version + 1 })
    .where('id', '=', tx.workspaceId)
    .execute()
  await audit(tx, by, { action: 'workspace.reopened', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await tellKeys(tx)
  await emit(tx, 'workspace.reopened', { workspaceId: tx.workspaceId })
  return presentWorkspace(await loadWorkspace(tx))
}

/** What a key may do has changed: every process asks again. */
async function tellKeys(tx: WorkspaceTx): Promise<void> {
  const keys = await tx.db
    .selectFrom('api_key')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('revoked_at', 'is', null)
    .execute()
  for (const { id } of keys) await tellChanged(tx, id)
}
