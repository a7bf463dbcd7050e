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

/** How long a workspace may rest: as long as what is usually kept longest has to be kept. It is deleted then, like one that was closed. */
export const workspaceRests = Temporal.Duration.from({ hours: 3 * 365 * 24 })

/**
 * Closes the workspace: public pages end, API keys are refused, nothing goes out but what the law asks for, jobs that serve the business alone are cancelled; everything is deleted after 30
 * days. Closing it again changes nothing; one that rests is closed for good from now on.
 */
export const closeWorkspace = (tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> => endBusiness(tx, by, 'close')

/** Deactivates the workspace: the same ends at once, and nothing is deleted before three years are over. */
export const deactivateWorkspace = (tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> => endBusiness(tx, by, 'rest')

async function endBusiness(tx: WorkspaceTx, by: Principal, how: 'close' | 'rest'): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.close')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const workspace = await loadWorkspace(tx)
  const rests = how === 'rest'
  if (workspace.closes_at !== null && workspace.rests === rests) return presentWorkspace(workspace)
  await tx.db
    .updateTable('workspace')
    .set({ closes_at: tx.now.add(rests ? workspaceRests : graceLasts), rests, version: workspace.version + 1 })
    .where('id', '=', tx.workspaceId)
    .execute()
  const action = rests ? 'workspace.deactivated' : 'workspace.closing'
  await audit(tx, by, { action, object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  if (workspace.closes_at === null) {
    await tellKeys(tx)
    await emit(tx, 'workspace.closing', { workspaceId: tx.workspaceId })
  }
  return presentWorkspace(await loadWorkspace(tx))
}

/** Reopens a workspace that was being closed, or rested. What was dropped of its mails waits for a person then. */
export async function reopenWorkspace(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof Workspace>> {
  accountsPolicy.require(by, 'workspace.close')
  const workspace = await loadWorkspace(tx)
  if (workspace.closes_at === null) throw new Refusal('http/conflict', { detail: 'The workspace is open.' })
  if (Temporal.Instant.compare(workspace.closes_at, tx.now) <= 0) {
    throw new Refusal('http/conflict', { detail: 'The time is over; the workspace is being deleted and cannot be brought back.' })
  }
  await tx.db
    .updateTable('workspace')
    .set({ closes_at: null, rests: false, version: workspace.version + 1 })
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
