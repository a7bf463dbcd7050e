import type { Principal, RequestKind } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { receiveRequest } from '../requests/receive-request.ts'
import { type RequestTranslator, requestTranslator } from '../requests/request.words.ts'
import type { Exercise, StoredAgent, StoredAgentRequest } from './agent.tables.ts'
import { AgentRefused } from './agent-refused.ts'
import { type Exercised, readExercised } from './message.rules.ts'
import { type ExerciseStatus, presentAgentRequest } from './present-agent-request.ts'
import { statusWord } from './status.rules.ts'
import { takeMessage } from './take-message.ts'

const kinds: Readonly<Record<Exercise, RequestKind>> = {
  access: 'access',
  'access:categories': 'access',
  'access:specific': 'access',
  deletion: 'erasure',
  'sale:opt-out': 'opt_out',
}

/**
 * Takes in what an agent asks for somebody (§2.01): an ordinary case of the queue, whose mandate is what the agent signed for. Who asks is made sure of as for every agent:
 * she confirms it by the link to the address on file, or what she named matches. The same `agent-request-id` in a new message answers how far the first one is. Throws
 * `AgentRefused`.
 */
export async function receiveAgentRequest(
  tx: WorkspaceTx,
  by: Principal,
  { agent, body }: { readonly agent: StoredAgent; readonly body: Buffer },
): Promise<ExerciseStatus> {
  const asked = readExercised(await takeMessage(tx, agent, body))
  const before = await sentBefore(tx, agent, asked)
  if (before) return (await presentAgentRequest(tx, before)).shown
  const { locale } = await workspaceFacts(tx)
  const t = requestTranslator(chooseLocale([locale]))
  const row = await receiveRequest(tx, by, {
    kind: kinds[asked.exercise],
    receivedBy: 'agent',
    forWhom: 'agent',
    requesterName: asked.name,
    requesterEmail: asked.email,
    agentName: agent.name,
    agentEmail: agent.contact_email ?? undefined,
    agentAuthority: mandateOf(t, agent, asked),
    region: asked.regime === 'ccpa' ? 'us_california' : undefined,
    details: detailsOf(t, asked),
  })
  const sent = await tx.db
    .insertInto('agent_request')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      agent_id: agent.id,
      request_id: row.id,
      agent_request_id: asked['agent-request-id'] ?? null,
      content_hash: contentHash(tx, asked),
      exercise: asked.exercise,
      status_callback: asked.status_callback ?? null,
      told: '',
      revoked_at: null,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'rights_agent.request_sent', object: { type: 'rights_agent', id: agent.id }, result: 'done' })
  const { shown, status } = await presentAgentRequest(tx, sent)
  await tx.db
    .updateTable('agent_request')
    .set({ told: statusWord(status) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', sent.id)
    .execute()
  return shown
}

/** The request that the agent sent before under the same name. Throws `AgentRefused` where it was another one. */
async function sentBefore(tx: WorkspaceTx, agent: StoredAgent, asked: Exercised): Promise<StoredAgentRequest | undefined> {
  const name = asked['agent-request-id']
  if (name === undefined) return undefined
  const before = await tx.db
    .selectFrom('agent_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('agent_id', '=', agent.id)
    .where('agent_request_id', '=', name)
    .executeTakeFirst()
  if (!before || before.content_hash === contentHash(tx, asked)) return before
  throw new AgentRefused(409, 'Another request was sent under this agent-request-id. Give each request its own. Nothing was kept.')
}

/** What was asked for whom, as a keyed hash: no envelope, so that a message signed anew is the same. */
function contentHash(tx: WorkspaceTx, asked: Exercised): string {
  const { exercise, regime, name, email, phone_number, address } = asked
  return tx.keys.hash(tx.workspaceId, 'agent-request', JSON.stringify([exercise, regime, name, email, phone_number, address]))
}

/** What shows that she authorised the agent: what it signed for, and the power of attorney that it names. */
function mandateOf(t: RequestTranslator, agent: StoredAgent, asked: Exercised): string {
  const since = agent.key_since.toString().slice(0, 10)
  const signed = t('agent/mandate', { version: asked['drp.version'], agent: agent.name, id: agent.agent_id, since })
  const power = asked.power_of_attorney
  return power === undefined ? signed : `${signed}\n${t('agent/power', { power })}`
}

/** What the agent says about whom it asks for, a line each. */
function detailsOf(t: RequestTranslator, asked: Exercised): string {
  const checked = (text: string, verified: boolean | undefined) => (verified === true ? t('agent/checked', { text }) : text)
  const lines: (string | undefined)[] = [
    t('agent/exercise', { exercise: asked.exercise }),
    asked.email && t('agent/email', { email: checked(asked.email, asked.email_verified) }),
    asked.phone_number && t('agent/phone', { phone: checked(asked.phone_number, asked.phone_number_verified) }),
    asked.address && t('agent/address', { address: checked(asked.address.replaceAll('\n', ', '), asked.address_verified) }),
    asked.relationships && t('agent/relationships', { relationships: asked.relationships.join(', ') }),
  ]
  return lines.filter((line) => line !== undefined && line !== '').join('\n')
}
