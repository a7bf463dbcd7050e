import type { Principal, WebhookDelivery } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../audit/index.ts'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { emit } from '../events/emit.ts'
import { system } from '../inventory/index.ts'
import { defineJob, enqueue } from '../jobs/index.ts'
import { type EndpointRow, openEndpoint } from './endpoint-rows.ts'
import { laneOf } from './lanes.ts'
import { presentDelivery } from './read-deliveries.ts'
import { webhooksPolicy } from './webhooks.policy.ts'

const ROWS_AT_ONCE = 1000

/** Sends a test event to one endpoint. Throws `http/not-found`, `webhooks/endpoint-off`. */
export async function testEndpoint(tx: WorkspaceTx, by: Principal, endpointId: string): Promise<void> {
  webhooksPolicy.require(by, 'webhooks.manage')
  await openEndpoint(tx, endpointId)
  await emit(tx, 'webhook_endpoint.tested', { endpointId })
}

/** Sends one event again, with the same `webhook-id`; its tries begin anew. Throws `http/not-found`, `webhooks/endpoint-off`. */
export async function replayDelivery(tx: WorkspaceTx, by: Principal, deliveryId: string): Promise<z.input<typeof WebhookDelivery>> {
  webhooksPolicy.require(by, 'webhooks.manage')
  const found = await tx.db
    .selectFrom('webhook_delivery')
    .select('endpoint_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', deliveryId)
    .executeTakeFirst()
  if (!found) throw new Refusal('http/not-found', { detail: 'There is no such delivery. Deliveries are kept for 30 days.' })
  const endpoint = await openEndpoint(tx, found.endpoint_id)
  await tx.db
    .updateTable('webhook_delivery')
    .set(anew(tx.now))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', deliveryId)
    .where('state', '!=', 'sending')
    .execute()
  await audit(tx, by, { action: 'webhook_delivery.replayed', object: { type: 'webhook_delivery', id: deliveryId }, result: 'done' })
  await wake(tx, endpoint)
  const row = await tx.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', deliveryId)
    .executeTakeFirstOrThrow()
  return presentDelivery(row)
}

const anew = (now: Temporal.Instant) =>
  ({ state: 'waiting', fail_reason: null, failures: 0, next_at: now, claimed_until: null, finished_at: null }) as const

const wake = (tx: WorkspaceTx, endpoint: Pick<EndpointRow, 'id' | 'slow'>) =>
  enqueue(tx, laneOf(endpoint), { endpointId: endpoint.id }, { singletonKey: endpoint.id })

/** Sends everything again that failed since a moment, and where it is wished what was missed; a job does it in batches. Answers how many there are. Throws `http/not-found`, `webhooks/endpoint-off`. */
export async function replaySince(
  tx: WorkspaceTx,
  by: Principal,
  endpointId: string,
  wish: { readonly since: string; readonly missed: boolean },
): Promise<{ failed: number; missed: number }> {
  webhooksPolicy.require(by, 'webhooks.manage')
  const endpoint = await openEndpoint(tx, endpointId)
  const since = Temporal.Instant.from(wish.since)
  const failed = await tx.db
    .selectFrom('webhook_delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'failed')
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  const missed = wish.missed
    ? await sql<{ count: number }>`select count(*)::int as count from (${missedEvents(tx, endpoint, since, null, null)}) as found`.execute(
        tx.db,
      )
    : undefined
  await enqueue(tx, replayJob, { endpointId, since: since.toString(), until: tx.now.toString(), missed: wish.missed })
  await audit(tx, by, { action: 'webhook_endpoint.replayed', object: { type: 'webhook_endpoint', id: endpointId }, result: 'done' })
  return { failed: Number(failed.count), missed: missed?.rows[0]?.count ?? 0 }
}

/** Events of its kinds that were handed on since a moment and of which it was not told, in their order. */
const missedEvents = (
  tx: WorkspaceTx,
  { id, kinds }: Pick<EndpointRow, 'id' | 'kinds'>,
  since: Temporal.Instant,
  after: number | null,
  limit: number | null,
) => sql<{ id: string; type: string; position: number }>`
  select outbox.id, outbox.type, outbox.position from outbox
  where workspace_id = ${tx.workspaceId} and position > ${after ?? 0} and at >= ${since} and type <> 'webhook_endpoint.tested'
    and (${kinds}::text[] is null or type = any (${kinds}::text[]))
    and not exists (
      select from webhook_delivery delivery
      where delivery.workspace_id = ${tx.workspaceId} and delivery.event_id = outbox.id and delivery.endpoint_id = ${id}
    )
  order by position limit ${limit}::int`

/** Sends again what failed or was missed, batch by batch, so that no transaction holds more than a thousand rows. May be begun again. */
export const replayJob = defineJob({
  name: 'webhooks.replay',
  payload: z.strictObject({ endpointId: z.uuid(), since: z.iso.datetime(), until: z.iso.datetime(), missed: z.boolean() }),
  fields: { endpointId: system, since: system, until: system, missed: system },
  timeoutSeconds: 900,
  endsWithClosing: true,
  run: async (context, { endpointId, since, until, missed }) => {
    const from = Temporal.Instant.from(since)
    while (!context.signal.aborted && (await context.inWorkspace((tx) => failedBatch(tx, endpointId, from, until))) === ROWS_AT_ONCE);
    if (!missed) return
    let after: number | null = 0
    while (!context.signal.aborted && after !== null) {
      const position: number = after
      after = await context.inWorkspace((tx) => missedBatch(tx, endpointId, from, position))
    }
  },
})

async function failedBatch(tx: WorkspaceTx, endpointId: string, since: Temporal.Instant, until: string): Promise<number> {
  const endpoint = await stillOn(tx, endpointId)
  if (!endpoint) return 0
  const rows = await tx.db
    .updateTable('webhook_delivery')
    .set(anew(tx.now))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', (query) =>
      query
        .selectFrom('webhook_delivery')
        .select('id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('endpoint_id', '=', endpointId)
        .where('state', '=', 'failed')
        .where('created_at', '>=', since)
        // What fails again meanwhile is not sent a third time by the same wish.
        .where('finished_at', '<=', Temporal.Instant.from(until))
        .orderBy('id')
        .limit(ROWS_AT_ONCE),
    )
    .returning('id')
    .execute()
  if (rows.length > 0) await wake(tx, endpoint)
  return rows.length
}

/** Answers the position after which the next batch begins; null at the end. */
async function missedBatch(tx: WorkspaceTx, endpointId: string, since: Temporal.Instant, after: number): Promise<number | null> {
  const endpoint = await stillOn(tx, endpointId)
  if (!endpoint) return null
  const { rows } = await missedEvents(tx, endpoint, since, after, ROWS_AT_ONCE).execute(tx.db)
  if (rows.length === 0) return null
  await tx.db
    .insertInto('webhook_delivery')
    .values(
      rows.map(({ id, type }) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        endpoint_id: endpointId,
        event_id: id,
        event_type: type,
        state: 'waiting' as const,
        fail_reason: null,
        next_at: tx.now,
        claimed_until: null,
        last_status: null,
        created_at: tx.now,
        finished_at: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await wake(tx, endpoint)
  return rows.length < ROWS_AT_ONCE ? null : (rows.at(-1)?.position ?? null)
}

const stillOn = (tx: WorkspaceTx, endpointId: string) =>
  tx.db
    .selectFrom('webhook_endpoint')
    .select(['id', 'slow', 'kinds'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .where('state', '=', 'on')
    .executeTakeFirst()
