import type { Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import { newToken } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { StoredAgent } from './agent.tables.ts'
import { AgentRefused } from './agent-refused.ts'
import { takeMessage } from './take-message.ts'

/** Gives an agent the token with which it says who it is (§2.05); the one before ends. Throws `AgentRefused`. */
export async function pairAgent(
  tx: WorkspaceTx,
  by: Principal,
  { agent, body }: { readonly agent: StoredAgent; readonly body: Buffer },
): Promise<{ readonly 'agent-id': string; readonly token: string }> {
  await takeMessage(tx, agent, body)
  const { token, hash } = newToken()
  await tx.db
    .updateTable('rights_agent')
    .set({ token_hash: hash, paired_at: tx.now, last_used_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', agent.id)
    .execute()
  await audit(tx, by, { action: 'rights_agent.paired', object: { type: 'rights_agent', id: agent.id }, result: 'done' })
  return { 'agent-id': agent.agent_id, token }
}

/** Whether a token is that of the agent in the address (§2.06). Throws `AgentRefused`. */
export function requireSameAgent(agent: StoredAgent, agentId: string): void {
  if (agent.agent_id !== agentId) throw new AgentRefused(403, 'This token is that of another agent.')
}
