import type { Principal, WebhookEndpoint } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { readOutboundUrl } from '../http/outbound-address.rules.ts'
import { endpointRegisters, webhookSurroundings } from './surroundings.ts'
import type { WebhookEndpointRow } from './webhooks.tables.ts'

export type EndpointRow = Selectable<WebhookEndpointRow>
export type PresentedEndpoint = z.input<typeof WebhookEndpoint>

const noSuchEndpoint = () => new Refusal('http/not-found', { detail: 'There is no such address. Perhaps it was removed.' })

/** One endpoint. Throws `http/not-found`. */
export async function endpointOf(tx: WorkspaceTx, endpointId: string, lock: 'change' | 'none' = 'none'): Promise<EndpointRow> {
  const row = await tx.db
    .selectFrom('webhook_endpoint')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .$if(lock === 'change', (query) => query.forNoKeyUpdate())
    .executeTakeFirst()
  if (!row) throw noSuchEndpoint()
  return row
}

/** The same, where it has to be on. Throws `webhooks/endpoint-off`. */
export async function openEndpoint(tx: WorkspaceTx, endpointId: string): Promise<EndpointRow> {
  const row = await endpointOf(tx, endpointId, 'change')
  if (row.state === 'on') return row
  throw new Refusal('webhooks/endpoint-off', { detail: 'Switch it on first. Nothing was sent.' })
}

/** Refuses what can never be called. Names are judged again at each call, when it is known where they lead. */
export function requireCallable(url: string): void {
  const { protocols, isOutside } = webhookSurroundings.get()
  const read = readOutboundUrl(url, protocols, isOutside)
  if (typeof read !== 'string') return
  throw new Refusal('webhooks/address-refused', { detail: `${because[read]} Nothing was saved.`, reason: read })
}

const because = {
  unreadable: 'This is no address of the web.',
  not_https: 'The address has to begin with https://.',
  credentials: 'The address must not hold a name and a password; the signature says who sends.',
  inside: 'The address leads into a private network.',
  unknown_name: 'Nobody answers for the name of this address.',
} as const

/** Why an endpoint is sent nothing for now, though it is on. */
export async function heldBecause(
  tx: WorkspaceTx,
  row: Pick<EndpointRow, 'recipient_id' | 'recipient_purpose'>,
): Promise<string | undefined> {
  if (row.recipient_id === null || row.recipient_purpose === null) return undefined
  for (const register of endpointRegisters.all()) {
    const why = await register.stopped(tx, { processorId: row.recipient_id, purpose: row.recipient_purpose })
    if (why !== undefined) return why
  }
  return undefined
}

/** Endpoints as the API gives them. */
export async function presentEndpoints(tx: WorkspaceTx, rows: readonly EndpointRow[]): Promise<PresentedEndpoint[]> {
  const counted = await tx.db
    .selectFrom('webhook_delivery')
    .select(['endpoint_id', ({ fn }) => fn.countAll<number>().as('waiting')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['waiting', 'sending'])
    .groupBy('endpoint_id')
    .execute()
  const waiting = new Map(counted.map((row) => [row.endpoint_id, Number(row.waiting)]))
  const presented: PresentedEndpoint[] = []
  for (const row of rows) presented.push(await present(tx, row, waiting.get(row.id) ?? 0))
  return presented
}

/** One of them. Throws `http/not-found`. */
export const presentEndpoint = async (tx: WorkspaceTx, endpointId: string): Promise<PresentedEndpoint> => {
  const [one] = await presentEndpoints(tx, [await endpointOf(tx, endpointId)])
  if (!one) throw noSuchEndpoint()
  return one
}

const present = async (tx: WorkspaceTx, row: EndpointRow, waiting: number): Promise<PresentedEndpoint> => ({
  id: row.id,
  url: row.url,
  description: row.description,
  kinds: row.kinds,
  enabled: row.state === 'on',
  offReason: row.off_reason,
  offAt: row.off_at?.toString() ?? null,
  failingSince: row.failing_since?.toString() ?? null,
  lastSuccessAt: row.last_success_at?.toString() ?? null,
  oldSecretUntil: row.previous_until && Temporal.Instant.compare(row.previous_until, tx.now) > 0 ? row.previous_until.toString() : null,
  recipient:
    row.recipient_name === null || row.recipient_purpose === null ? null : { name: row.recipient_name, purpose: row.recipient_purpose },
  heldBecause: (await heldBecause(tx, row)) ?? null,
  waiting,
  createdAt: row.created_at.toString(),
  version: row.version,
})

/** The member who acts, where it is one. */
export const memberOf = (by: Principal): string | null => (by.kind === 'member' ? by.memberId : null)

/** The secrets that sign now: the one in use first, then the one before it while that still counts. */
export function secretsOf(tx: WorkspaceTx, row: EndpointRow): readonly string[] {
  const read = (column: 'secret' | 'previous_secret', value: string) =>
    tx.keys.decrypt(value, { workspaceId: tx.workspaceId, table: 'webhook_endpoint', column, rowId: row.id })
  const old = row.previous_secret !== null && row.previous_until && Temporal.Instant.compare(row.previous_until, tx.now) > 0
  return [read('secret', row.secret), ...(old && row.previous_secret ? [read('previous_secret', row.previous_secret)] : [])]
}

/** The address of an endpoint; undefined once it was removed. */
export async function endpointAddress(tx: WorkspaceTx, endpointId: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('webhook_endpoint')
    .select('url')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .executeTakeFirst()
  return row?.url
}
