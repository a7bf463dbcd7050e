import type pg from 'pg'
import type { RelayedEvent } from '../events/relay.ts'
import { orderedId } from '../ids/index.ts'
import { insertJobs } from '../jobs/index.ts'
import { laneOf } from './lanes.ts'

type Endpoint = { readonly workspace_id: string; readonly id: string; readonly kinds: readonly string[] | null; readonly slow: boolean }

/** A test event goes to the address that was tested, and nowhere else. */
const isFor = ({ id, kinds }: Endpoint, { type, payload }: RelayedEvent): boolean =>
  type === 'webhook_endpoint.tested' ? payload.endpointId === id : kinds === null || kinds.includes(type)

/** Writes a delivery for each endpoint that wants an event, in the transaction in which the relay hands the event on: after a crash both happened or neither. */
export async function planDeliveries(client: pg.ClientBase, events: readonly RelayedEvent[]): Promise<void> {
  const { rows: endpoints } = await client.query<Endpoint>(
    "select workspace_id, id, kinds, slow from webhook_endpoint where state = 'on' and workspace_id = any ($1)",
    [[...new Set(events.map(({ workspace_id }) => workspace_id))]],
  )
  if (endpoints.length === 0) return
  const planned = endpoints.flatMap((endpoint) =>
    events
      .filter((event) => event.workspace_id === endpoint.workspace_id && isFor(endpoint, event))
      .map((event) => ({ endpoint, event, now: event.at.epochMilliseconds })),
  )
  if (planned.length === 0) return
  await client.query(INSERT, [
    JSON.stringify(
      planned.map(({ endpoint, event, now }) => ({
        workspace_id: endpoint.workspace_id,
        id: orderedId(now),
        endpoint_id: endpoint.id,
        event_id: event.id,
        event_type: event.type,
        at: event.at.toString(),
      })),
    ),
  ])
  for (const endpoint of new Set(planned.map((each) => each.endpoint))) {
    const { text, values } = insertJobs(laneOf(endpoint), [
      {
        envelope: {
          workspaceId: endpoint.workspace_id,
          job: laneOf(endpoint).name,
          id: orderedId(planned[0]?.now ?? 0),
          payload: { endpointId: endpoint.id },
        },
        singletonKey: endpoint.id,
      },
    ])
    await client.query(text, [...values])
  }
}

// The endpoint may have been removed since it was read.
const INSERT = `
  insert into webhook_delivery (workspace_id, id, endpoint_id, event_id, event_type, state, next_at, created_at)
  select planned.workspace_id, planned.id, planned.endpoint_id, planned.event_id, planned.event_type, 'waiting', planned.at, planned.at
  from json_to_recordset($1::json) as planned (workspace_id uuid, id uuid, endpoint_id uuid, event_id uuid, event_type text, at timestamptz)
  join webhook_endpoint on webhook_endpoint.workspace_id = planned.workspace_id and webhook_endpoint.id = planned.endpoint_id
  on conflict do nothing`

/** Wakes endpoints whose deliveries were left lying, such as while a workspace was closed or a contract did not stand. Returns their number. */
export async function wakeLeftDeliveries(relay: pg.Pool, now: Temporal.Instant): Promise<number> {
  const { rows } = await relay.query<Endpoint>(
    `select distinct endpoint.workspace_id, endpoint.id, endpoint.slow
     from webhook_delivery delivery
     join webhook_endpoint endpoint on endpoint.workspace_id = delivery.workspace_id and endpoint.id = delivery.endpoint_id
     where endpoint.state = 'on' and (delivery.state = 'waiting' and delivery.next_at < $1 or delivery.state = 'sending' and delivery.claimed_until < $1)
     limit 1000`,
    [now.subtract({ minutes: 2 }).toString()],
  )
  for (const endpoint of rows) {
    const { text, values } = insertJobs(laneOf(endpoint), [
      {
        envelope: {
          workspaceId: endpoint.workspace_id,
          job: laneOf(endpoint).name,
          id: orderedId(now.epochMilliseconds),
          payload: { endpointId: endpoint.id },
        },
        singletonKey: endpoint.id,
      },
    ])
    await relay.query(text, [...values])
  }
  return rows.length
}
