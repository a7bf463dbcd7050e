import type { WorkspaceTx } from '../database/index.ts'
import './webhooks.tables.ts'

/** Switches an endpoint off: nothing more is sent, and what waits has failed, so that it can be sent again later. */
export async function switchOff(tx: WorkspaceTx, endpointId: string, reason: 'by_hand' | 'gone' | 'failing'): Promise<void> {
  await tx.db
    .updateTable('webhook_endpoint')
    .set({ state: 'off', off_reason: reason, off_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .execute()
  await tx.db
    .updateTable('webhook_delivery')
    .set({ state: 'failed', fail_reason: 'endpoint_off', next_at: null, claimed_until: null, finished_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', endpointId)
    .where('state', 'in', ['waiting', 'sending'])
    .execute()
}

/** How many endpoints were switched off by themselves, for the banner. */
export async function endpointsGivenUp(tx: WorkspaceTx): Promise<number> {
  const { count } = await tx.db
    .selectFrom('webhook_endpoint')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('off_reason', 'in', ['gone', 'failing'])
    .executeTakeFirstOrThrow()
  return Number(count)
}
