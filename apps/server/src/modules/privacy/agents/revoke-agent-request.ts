import type { Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { lockCase } from '../requests/find-request.ts'
import { mailRequester } from '../requests/mail-requester.ts'
import { changeRequest, keepStep, remember } from '../requests/take-step.ts'
import type { StoredAgent, StoredAgentRequest } from './agent.tables.ts'
import { AgentRefused } from './agent-refused.ts'
import { readReason } from './message.rules.ts'
import { type ExerciseStatus, presentAgentRequest } from './present-agent-request.ts'
import { heedEnvelope, openMessage } from './take-message.ts'

/** The request of that id, where this agent sent it; of others nothing is said. Throws `AgentRefused`. */
export async function ownRequest(tx: WorkspaceTx, agent: StoredAgent, id: string): Promise<StoredAgentRequest> {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
  const sent = uuid
    ? await tx.db
        .selectFrom('agent_request')
        .selectAll()
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', id)
        .where('agent_id', '=', agent.id)
        .executeTakeFirst()
    : undefined
  if (sent) return sent
  throw new AgentRefused(403, 'This agent sent no request with this id.')
}

/**
 * She takes a request back through the agent (§2.04), while nothing was answered: the case is closed, and she is told so. What stopped at once, such as offers, stays stopped. Doing
 * it twice changes nothing. Throws `AgentRefused`.
 */
export async function revokeAgentRequest(
  tx: WorkspaceTx,
  by: Principal,
  { agent, id, body }: { readonly agent: StoredAgent; readonly id: string; readonly body: Buffer },
): Promise<ExerciseStatus> {
  const opened = openMessage(agent, body)
  const { reason, enveloped } = readReason(opened.message)
  if (enveloped) await heedEnvelope(tx, agent, opened)
  const sent = await ownRequest(tx, agent, id)
  if (sent.revoked_at !== null) return (await presentAgentRequest(tx, sent)).shown
  const row = await lockCase(tx, sent.request_id)
  if (!row || row.kind === 'complaint' || row.closed_at !== null || !open.has(row.state))
    throw new AgentRefused(409, 'It was answered already, and cannot be taken back any more. Ask GET for its status.')
  await keepStep(tx, by, row.id, 'revoked')
  const closed = await changeRequest(tx, row, { state: 'closed', closed_at: tx.now, outcome: reason ?? null })
  await remember(tx, by, closed, 'closed')
  await mailRequester(tx, closed, { news: 'closed' })
  await audit(tx, by, { action: 'rights_agent.request_revoked', object: { type: 'request', id: row.id }, result: 'done' })
  const revoked = await tx.db
    .updateTable('agent_request')
    .set({ revoked_at: tx.now, told: 'revoked agent/revoked', status_callback: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', sent.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await emit(tx, 'request.changed', { requestId: row.id, state: 'closed' })
  return (await presentAgentRequest(tx, revoked)).shown
}

const open = new Set(['received', 'acknowledged', 'verifying', 'in_progress', 'extended'])
