import type { Principal } from '@frontdesk/contract'
import { audit } from '../audit/index.ts'
import type { WorkspaceTx } from '../database/index.ts'
import { emit } from '../events/emit.ts'
import { isGivenUp, type Outcome } from './outcome.rules.ts'
import { switchOff } from './switch-off.ts'

/** One try that ended, and what follows from it. */
export type Tried = {
  readonly endpointId: string
  readonly deliveryId: string
  readonly number: number
  readonly at: Temporal.Instant
  readonly ms: number
  readonly status: number | null
  readonly error: string | null
  readonly answer: string | null
  /** It failed to answer, or took long. */
  readonly slow: boolean
  readonly outcome: Outcome
}

/** Records a try, and does what follows. A delivery that went meanwhile with its event, or was taken over by another worker, is left as it is. */
export async function recordTry(tx: WorkspaceTx, by: Principal, tried: Tried): Promise<void> {
  const off = await noteOnEndpoint(tx, tried) // the endpoint first, then its deliveries: everywhere in this order
  const delivery = await tx.db
    .selectFrom('webhook_delivery')
    .select(['state', 'attempts'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', tried.deliveryId)
    .forUpdate()
    .executeTakeFirst()
  if (!delivery) return
  await writeTry(tx, tried)
  if (delivery.state === 'sending' && delivery.attempts === tried.number) await settle(tx, tried)
  if (off === undefined) return
  await switchOff(tx, tried.endpointId, off)
  await audit(tx, by, { action: 'webhook_endpoint.disabled', object: { type: 'webhook_endpoint', id: tried.endpointId }, result: 'done' })
  await emit(tx, 'webhook_endpoint.disabled', { endpointId: tried.endpointId, state: off })
}

const writeTry = async (tx: WorkspaceTx, { deliveryId, number, at, ms, status, error, answer }: Tried) =>
  tx.db
    .insertInto('webhook_attempt')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), delivery_id: deliveryId, number, at, ms, status, error, answer })
    // Another worker took it for lost and said so; what really came of it counts.
    .onConflict((conflict) => conflict.columns(['workspace_id', 'delivery_id', 'number']).doUpdateSet({ at, ms, status, error, answer }))
    .execute()

async function settle(tx: WorkspaceTx, { deliveryId, status, outcome }: Tried): Promise<void> {
  const isOver = outcome.kind !== 'again'
  const now = outcome.kind === 'delivered' ? 'delivered' : isOver ? 'failed' : 'waiting'
  await tx.db
    .updateTable('webhook_delivery')
    .set((column) => ({
      state: now,
      fail_reason: now === 'failed' ? (outcome.kind === 'gone' ? 'endpoint_off' : 'tries_used_up') : null,
      next_at: outcome.kind === 'again' ? tx.now.add({ seconds: outcome.inSeconds }) : null,
      claimed_until: null,
      finished_at: isOver ? tx.now : null,
      last_status: status,
      failures: outcome.kind === 'delivered' ? column.ref('failures') : column('failures', '+', 1),
    }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', deliveryId)
    .execute()
}

/** Notes on the endpoint how the try went. Answers why it has to be switched off now, where it has. */
async function noteOnEndpoint(tx: WorkspaceTx, { endpointId, outcome, slow }: Tried): Promise<'gone' | 'failing' | undefined> {
  const mine = tx.db.updateTable('webhook_endpoint').where('workspace_id', '=', tx.workspaceId).where('id', '=', endpointId)
  if (outcome.kind === 'delivered') {
    await mine
      .set({ failing_since: null, last_success_at: tx.now, quiet_until: null, slow })
      .where((or) =>
        or.or([
          or('failing_since', 'is not', null),
          or('slow', '!=', slow),
          or('last_success_at', 'is', null),
          or('last_success_at', '<', tx.now.subtract({ minutes: 1 })), // not with each of thousands
        ]),
      )
      .execute()
    return undefined
  }
  const noted = await mine
    .set((column) => ({
      failing_since: column.fn.coalesce('failing_since', column.val(tx.now)),
      slow: true,
      ...(outcome.kind === 'again' && outcome.quietSeconds !== undefined
        ? { quiet_until: tx.now.add({ seconds: outcome.quietSeconds }) }
        : {}),
    }))
    .returning(['failing_since', 'state'])
    .executeTakeFirst()
  if (noted?.state !== 'on') return undefined
  if (outcome.kind === 'gone') return 'gone'
  return noted.failing_since && isGivenUp(noted.failing_since, tx.now) ? 'failing' : undefined
}
