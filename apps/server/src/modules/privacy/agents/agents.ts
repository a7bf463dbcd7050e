import type { Principal, RightsAgent, RightsAgentBody } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal, violatedConstraint } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { requestsPolicy } from '../requests/request.policy.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import type { StoredAgent } from './agent.tables.ts'
import { agentDoorPath } from './agent-door-path.ts'
import { readVerifyKey } from './verify-key.rules.ts'

type Body = z.output<typeof RightsAgentBody>
type Shown = z.input<typeof RightsAgent>

/** Every agent that was ever registered, those whose key counts first, and what an agent needs to know of this business. */
export async function listAgents(
  tx: WorkspaceTx,
  by: Principal,
): Promise<{ items: Shown[]; address: string; businessId: string; actions: string[] }> {
  requestsPolicy.require(by, 'requests.read')
  const { slug } = await workspaceFacts(tx)
  const rows = await tx.db.selectFrom('rights_agent').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id').execute()
  return {
    items: [...rows.filter(({ revoked_at }) => revoked_at === null), ...rows.filter(({ revoked_at }) => revoked_at !== null)].map(present),
    address: `${requestSurroundings.get().publicUrl()}${agentDoorPath(slug)}`,
    businessId: slug.toUpperCase().replaceAll('-', '_'),
    actions: ['access', 'access:categories', 'access:specific', 'deletion', 'sale:opt-out'],
  }
}

/** Registers an agent and the key it signs with. Throws `http/conflict` where its id is taken, `http/invalid-request` for what is no key. */
export async function addAgent(tx: WorkspaceTx, by: Principal, body: Body): Promise<Shown> {
  requestsPolicy.require(by, 'privacy_office.manage')
  const row = await once(
    tx.db
      .insertInto('rights_agent')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        version: 1,
        ...columnsOf(body),
        key_since: tx.now,
        token_hash: null,
        paired_at: null,
        last_used_at: null,
        added_by: actorText(by),
        created_at: tx.now,
        updated_at: tx.now,
        revoked_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return told(tx, by, row, 'rights_agent.added')
}

/** Changes what is known of an agent. With another key the token of the old one ends. Throws 404, `http/conflict`, `http/version-mismatch`. */
export async function changeAgent(
  tx: WorkspaceTx,
  by: Principal,
  { rightsAgentId, version, ...body }: Body & { readonly rightsAgentId: string; readonly version: number },
): Promise<Shown> {
  requestsPolicy.require(by, 'privacy_office.manage')
  const before = await lockAgent(tx, rightsAgentId)
  if (before.version !== version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this in the meantime. Nothing was saved.',
      current: present(before),
    })
  const columns = columnsOf(body)
  // Whoever signs with another key, or is another agent, says so anew.
  const anew = columns.verify_key !== before.verify_key || columns.agent_id !== before.agent_id
  const row = await once(
    tx.db
      .updateTable('rights_agent')
      .set({
        ...columns,
        version: version + 1,
        updated_at: tx.now,
        ...(anew ? { key_since: tx.now, token_hash: null, paired_at: null } : {}),
      })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', rightsAgentId)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return told(tx, by, row, 'rights_agent.changed')
}

/** Nothing of this agent is taken any more, from this moment; what it sent stays in the queue. Throws 404 and `http/conflict`. */
export async function revokeAgent(tx: WorkspaceTx, by: Principal, rightsAgentId: string): Promise<Shown> {
  requestsPolicy.require(by, 'privacy_office.manage')
  await lockAgent(tx, rightsAgentId)
  const row = await tx.db
    .updateTable('rights_agent')
    .set((agent) => ({ revoked_at: tx.now, token_hash: null, updated_at: tx.now, version: agent('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', rightsAgentId)
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row, 'rights_agent.revoked')
}

async function lockAgent(tx: WorkspaceTx, rightsAgentId: string): Promise<StoredAgent> {
  const row = await tx.db
    .selectFrom('rights_agent')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', rightsAgentId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such agent here.' })
  if (row.revoked_at !== null)
    throw new Refusal('http/conflict', { detail: 'The key was revoked. Register the agent again with its new key. Nothing was changed.' })
  return row
}

function columnsOf(body: Body) {
  const verifyKey = body.verifyKey.trim()
  if (!readVerifyKey(verifyKey))
    throw new Refusal('http/invalid-request', {
      detail: 'This is no public key of Ed25519. Paste the verify_key of the agent: 44 letters and digits in base64. Nothing was saved.',
      faults: [{ path: 'verifyKey', code: 'not_a_key', message: 'This is no public key of Ed25519.' }],
    })
  return {
    agent_id: body.agentId,
    business_id: body.businessId,
    name: body.name,
    contact_email: body.contactEmail,
    verify_key: verifyKey,
  }
}

async function once(written: Promise<StoredAgent>): Promise<StoredAgent> {
  try {
    return await written
  } catch (error) {
    if (violatedConstraint(error) !== 'rights_agent_alive') throw error
    throw new Refusal('http/conflict', {
      detail: 'An agent with this id is registered already. Change it, or revoke it first. Nothing was saved.',
    })
  }
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredAgent,
  action: 'rights_agent.added' | 'rights_agent.changed' | 'rights_agent.revoked',
): Promise<Shown> {
  await audit(tx, by, { action, object: { type: 'rights_agent', id: row.id }, result: 'done' })
  await emit(tx, 'privacy_office.changed', { workspaceId: tx.workspaceId })
  return present(row)
}

const present = (row: StoredAgent): Shown => ({
  id: row.id,
  agentId: row.agent_id,
  businessId: row.business_id,
  name: row.name,
  contactEmail: row.contact_email,
  verifyKey: row.verify_key,
  since: row.key_since.toString(),
  pairedAt: row.paired_at?.toString() ?? null,
  lastUsedAt: row.last_used_at?.toString() ?? null,
  revokedAt: row.revoked_at?.toString() ?? null,
  version: row.version,
})
