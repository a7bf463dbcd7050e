import type { DeliveryError, DeliveryState, EventType, Principal, WebhookDelivery, WebhookDeliveryDetail } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { newestFirst } from '../http/cursor.ts'
import { endpointOf } from './endpoint-rows.ts'
import { webhooksPolicy } from './webhooks.policy.ts'
import type { WebhookDeliveryRow } from './webhooks.tables.ts'

type Shown = z.input<typeof WebhookDelivery>
type DeliveryRow = Selectable<WebhookDeliveryRow>

/** A delivery as the API lists it. */
export const presentDelivery = (row: DeliveryRow): Shown => ({
  id: row.id,
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  type: row.event_type,
  state: row.state,
  attempts: row.attempts,
  nextAt: row.next_at?.toString() ?? null,
  lastStatus: row.last_status,
  createdAt: row.created_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
})

/** What was sent to an endpoint, newest first. Throws `http/not-found`. */
export async function listDeliveries(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly endpointId: string
    readonly state?: DeliveryState | undefined
    readonly type?: EventType | undefined
    readonly cursor?: string | undefined
    readonly limit: number
  },
): Promise<{ items: Shown[]; next: string | null }> {
  webhooksPolicy.require(by, 'webhooks.read')
  await endpointOf(tx, wish.endpointId)
  let query = tx.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', wish.endpointId)
  if (wish.state !== undefined) query = query.where('state', '=', wish.state)
  if (wish.type !== undefined) query = query.where('event_type', '=', wish.type)
  return newestFirst(query, wish, presentDelivery)
}

/** One delivery with what is sent and each try. Throws `http/not-found`. */
export async function readDelivery(tx: WorkspaceTx, by: Principal, deliveryId: string): Promise<z.input<typeof WebhookDeliveryDetail>> {
  webhooksPolicy.require(by, 'webhooks.read')
  const row = await tx.db
    .selectFrom('webhook_delivery')
    .innerJoin('outbox', (join) =>
      join.onRef('outbox.workspace_id', '=', 'webhook_delivery.workspace_id').onRef('outbox.id', '=', 'webhook_delivery.event_id'),
    )
    .selectAll('webhook_delivery')
    .select(['outbox.at', 'outbox.payload'])
    .where('webhook_delivery.workspace_id', '=', tx.workspaceId)
    .where('webhook_delivery.id', '=', deliveryId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such delivery. Deliveries are kept for 30 days.' })
  const tries = await tx.db
    .selectFrom('webhook_attempt')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .orderBy('number')
    .execute()
  return {
    ...presentDelivery(row),
    body: { id: row.event_id, type: row.event_type, at: row.at.toString(), payload: row.payload as Record<string, unknown> },
    failReason: row.fail_reason,
    tries: tries.map(({ number, at, ms, status, error, answer }) => ({
      number,
      at: at.toString(),
      ms,
      status,
      error: error as DeliveryError | null,
      answer,
    })),
  }
}
