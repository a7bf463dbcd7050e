import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** Forgets signed messages of agents that have expired: they could not be sent again. */
export async function forgetMessages(tx: WorkspaceTx): Promise<void> {
  await tx.db.deleteFrom('agent_message').where('workspace_id', '=', tx.workspaceId).where('expires_at', '<=', tx.now).execute()
}
