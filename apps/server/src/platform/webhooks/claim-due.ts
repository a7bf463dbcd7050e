import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'
import { heldBecause, secretsOf } from './endpoint-rows.ts'
import './webhooks.tables.ts'

/** How many requests to one endpoint are under way at once. */
export const atOnce = 8
/** A delivery that was not recorded for this long was lost with its worker: the limit of a try and some more. */
const CLAIM = { seconds: 30 }

/** Deliveries that are this worker's to try now, with what a try needs. */
export type Claimed = {
  readonly endpointId: string
  readonly url: string
  readonly secrets: readonly string[]
  readonly deliveries: readonly {
    readonly id: string
    readonly eventId: string
    /** The event as `GET /events` gives it. */
    readonly body: string
    /** Which try this is, and how many of those before failed. */
    readonly number: number
    readonly failures: number
  }[]
}

/** Takes what is due for an endpoint, as much as it is sent at once. `held` where nothing may be sent to it; `idle` where nothing is due, or as much is under way as can be. */
export async function claimDue(tx: WorkspaceTx, endpointId: string): Promise<Claimed | 'held' | 'idle'> {
  const endpoint = await tx.db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .where('state', '=', 'on')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!endpoint || (await heldBecause(tx, endpoint)) !== undefined) return 'held'
  if (endpoint.quiet_until && Temporal.Instant.compare(endpoint.quiet_until, tx.now) > 0) return 'idle'
  await takeBackLost(tx, endpointId)
  const { count } = await tx.db
    .selectFrom('webhook_delivery')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'sending')
    .executeTakeFirstOrThrow()
  const free = atOnce - Number(count)
  if (free <= 0) return 'idle'
  const { rows } = await sql<{
    id: string
    event_id: string
    attempts: number
    failures: number
    type: string
    at: Temporal.Instant
    payload: unknown
  }>`
    with due as (
      select id from webhook_delivery
      where workspace_id = ${tx.workspaceId} and endpoint_id = ${endpointId} and state = 'waiting' and next_at <= ${tx.now}
      order by next_at, id limit ${free} for update skip locked
    ), taken as (
      update webhook_delivery set state = 'sending', next_at = null, claimed_until = ${tx.now.add(CLAIM)}, attempts = attempts + 1
      from due where webhook_delivery.workspace_id = ${tx.workspaceId} and webhook_delivery.id = due.id
      returning webhook_delivery.id, event_id, attempts, failures
    )
    select taken.*, outbox.type, outbox.at, outbox.payload from taken
    join outbox on outbox.workspace_id = ${tx.workspaceId} and outbox.id = taken.event_id order by taken.id`.execute(tx.db)
  if (rows.length === 0) return 'idle'
  return {
    endpointId,
    url: endpoint.url,
    secrets: secretsOf(tx, endpoint),
    deliveries: rows.map(({ id, event_id, attempts, failures, type, at, payload }) => ({
      id,
      eventId: event_id,
      body: JSON.stringify({ id: event_id, type, at: at.toString(), payload }),
      number: attempts,
      failures,
    })),
  }
}

/** Tries whose worker was lost are due again at once; the log says that they were interrupted, and they count for no wait. */
async function takeBackLost(tx: WorkspaceTx, endpointId: string): Promise<void> {
  const lost = await tx.db
    .updateTable('webhook_delivery')
    .set({ state: 'waiting', next_at: tx.now, claimed_until: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'sending')
    .where('claimed_until', '<=', tx.now)
    .returning(['id', 'attempts'])
    .execute()
  if (lost.length === 0) return
  await tx.db
    .insertInto('webhook_attempt')
    .values(
      lost.map(({ id, attempts }) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        delivery_id: id,
        number: attempts,
        at: tx.now,
        ms: null,
        status: null,
        error: 'interrupted',
        answer: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
