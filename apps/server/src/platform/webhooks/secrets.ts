import type { Principal } from '@frontdesk/contract'
import { audit } from '../audit/index.ts'
import type { WorkspaceTx } from '../database/index.ts'
import { emit } from '../events/emit.ts'
import { endpointOf, type PresentedEndpoint, presentEndpoint, secretsOf } from './endpoint-rows.ts'
import { newSecret } from './signature.ts'
import { webhooksPolicy } from './webhooks.policy.ts'

/** For so long the secret before signs beside the new one. */
const bothSign = Temporal.Duration.from({ hours: 24 })

type Shown = { endpoint: PresentedEndpoint; secret: string }

/** Shows the secret in use once more, which is recorded. Throws `http/not-found`. */
export async function showSecret(tx: WorkspaceTx, by: Principal, endpointId: string): Promise<Shown> {
  webhooksPolicy.require(by, 'webhooks.secrets')
  const [secret = ''] = secretsOf(tx, await endpointOf(tx, endpointId))
  await audit(tx, by, { action: 'webhook_secret.shown', object: { type: 'webhook_endpoint', id: endpointId }, result: 'done' })
  return { endpoint: await presentEndpoint(tx, endpointId), secret }
}

/** Makes a new secret; for a day the one before signs beside it. Of an earlier change within that day the oldest secret counts no longer. Throws `http/not-found`. */
export async function rotateSecret(tx: WorkspaceTx, by: Principal, endpointId: string): Promise<Shown> {
  webhooksPolicy.require(by, 'webhooks.secrets')
  const row = await endpointOf(tx, endpointId, 'change')
  const [old = ''] = secretsOf(tx, row)
  const secret = newSecret()
  const sealed = (column: string, value: string) =>
    tx.keys.encrypt(value, { workspaceId: tx.workspaceId, table: 'webhook_endpoint', column, rowId: row.id })
  await tx.db
    .updateTable('webhook_endpoint')
    .set({
      secret: sealed('secret', secret),
      secret_made_at: tx.now,
      previous_secret: sealed('previous_secret', old),
      previous_until: tx.now.add(bothSign),
      version: row.version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .execute()
  await audit(tx, by, { action: 'webhook_secret.rotated', object: { type: 'webhook_endpoint', id: endpointId }, result: 'done' })
  await emit(tx, 'webhook_endpoint.changed', { endpointId })
  return { endpoint: await presentEndpoint(tx, endpointId), secret }
}
