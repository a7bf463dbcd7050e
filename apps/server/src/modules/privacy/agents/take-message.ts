import { createHash } from 'node:crypto'
import { tokenHash } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { readJson } from '../../../platform/http/index.ts'
import type { StoredAgent } from './agent.tables.ts'
import { AgentRefused } from './agent-refused.ts'
import { judgeEnvelope, readEnvelope } from './message.rules.ts'
import { openSigned, readVerifyKey } from './verify-key.rules.ts'

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** The agent whose pairwise token this is, locked, so that what it sends is taken one after the other. Throws `AgentRefused`. */
export async function agentByToken(tx: WorkspaceTx, token: string | undefined): Promise<StoredAgent> {
  if (token === undefined)
    throw new AgentRefused(401, 'Send Authorization: Bearer with the token that POST /v1/agent/{agent-id} gave you.', { fatal: false })
  const agent = await tx.db
    .updateTable('rights_agent')
    .set({ last_used_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('token_hash', '=', tokenHash(token))
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (agent) return agent
  throw new AgentRefused(
    401,
    'This token is not valid here. Ask for a new one with POST /v1/agent/{agent-id}; if that is refused, the key was revoked.',
    {
      fatal: false,
    },
  )
}

/** The agent of that id whose key counts. Throws `AgentRefused`. */
export async function agentById(tx: WorkspaceTx, agentId: string): Promise<StoredAgent> {
  const agent = await tx.db
    .selectFrom('rights_agent')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('agent_id', '=', agentId)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (agent) return agent
  throw new AgentRefused(403, 'This business knows no agent of that id. Ask it to register your key.')
}

/** Opens what an agent signed: base64, the signature, the message (§3.07.1). Throws `AgentRefused`. */
export function openMessage(agent: Pick<StoredAgent, 'verify_key'>, body: Buffer): { readonly message: unknown; readonly hash: string } {
  const text = body
    .toString('latin1')
    .replaceAll(/[\r\n]/g, '')
    .trim()
  const signed = Buffer.from(text, 'base64')
  if (!BASE64.test(text) || signed.toString('base64').replaceAll('=', '') !== text.replaceAll('=', ''))
    throw new AgentRefused(400, 'The body is not base64. Send the signed message in base64, as text/plain.')
  const key = readVerifyKey(agent.verify_key)
  const message = key && openSigned(key, signed)
  if (!message) throw new AgentRefused(403, 'The signature does not fit the key that is registered for this agent.')
  return { message: readMessage(message), hash: createHash('sha256').update(signed).digest('base64url') }
}

/** Opens a message that says whom it is for and until when, and takes it once. Throws `AgentRefused`. */
export async function takeMessage(tx: WorkspaceTx, agent: StoredAgent, body: Buffer): Promise<unknown> {
  const { message, hash } = openMessage(agent, body)
  await heedEnvelope(tx, agent, { message, hash })
  return message
}

/** Judges the envelope of an opened message and remembers it until it has expired by itself. Throws `AgentRefused`. */
export async function heedEnvelope(
  tx: WorkspaceTx,
  agent: StoredAgent,
  { message, hash }: { readonly message: unknown; readonly hash: string },
): Promise<void> {
  const { expiresAt } = judgeEnvelope(readEnvelope(message), { agentId: agent.agent_id, businessId: agent.business_id, now: tx.now })
  const kept = await tx.db
    .insertInto('agent_message')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), agent_id: agent.id, message_hash: hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'agent_id', 'message_hash']).doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows === 1n) return
  throw new AgentRefused(
    409,
    'This message was taken before. Sign a new one; with the same agent-request-id no second request comes of it.',
  )
}

function readMessage(message: Buffer): unknown {
  try {
    return readJson(message)
  } catch (error) {
    if (error instanceof Refusal) throw new AgentRefused(400, `The message could not be read as JSON. ${error.facts.detail ?? ''}`.trim())
    throw error
  }
}
