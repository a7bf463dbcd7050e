import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { presentWork } from '../requests/present-work.ts'
import { requestTranslator } from '../requests/request.words.ts'
import { statusPath } from '../requests/request-link.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import type { StoredAgentRequest } from './agent.tables.ts'
import { type AgentStatus, agentStatus, isFinal } from './status.rules.ts'

/** The Exercise Status of the protocol (§3.03). */
export type ExerciseStatus = {
  readonly request_id: string
  readonly agent_request_id?: string
  readonly status: AgentStatus['status']
  readonly reason?: string
  readonly received_at: string
  readonly expected_by?: string
  readonly processing_details?: string
  readonly user_verification_url?: string
}

/**
 * How far a request is, for the agent. What was found about her is not in it: answers go to the address on file. The page that an agent may show her says how far it is and
 * confirms nothing, because the link that does goes to her alone.
 */
export async function presentAgentRequest(
  tx: WorkspaceTx,
  sent: StoredAgentRequest,
): Promise<{ readonly shown: ExerciseStatus; readonly status: AgentStatus }> {
  const row = await tx.db
    .selectFrom('request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', sent.request_id)
    .executeTakeFirstOrThrow()
  const work = await presentWork(tx, row.id, () => '')
  const underWay = work.some(({ kind, state }) => kind === 'erasure' && state !== 'done')
  const status = agentStatus(row, { revoked: sent.revoked_at !== null, underWay })
  const t = requestTranslator(chooseLocale([row.locale]))
  const asks = status.status === 'in_progress' && status.reason === 'need_user_verification'
  return {
    status,
    shown: {
      request_id: sent.id,
      ...(sent.agent_request_id === null ? {} : { agent_request_id: sent.agent_request_id }),
      status: status.status,
      ...('reason' in status && status.reason ? { reason: status.reason } : {}),
      received_at: row.received_at.toString(),
      ...(isFinal(status) ? {} : { expected_by: row.respond_before.toString() }),
      ...(status.says === null ? {} : { processing_details: t(status.says) }),
      ...(asks ? { user_verification_url: `${requestSurroundings.get().publicUrl()}${statusPath(tx, row.id, 'state')}` } : {}),
    },
  }
}
