import type { EventType, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { audit } from '../audit/index.ts'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { emit } from '../events/emit.ts'
import { endpointOf, memberOf, type PresentedEndpoint, presentEndpoint, presentEndpoints, requireCallable } from './endpoint-rows.ts'
import { newSecret } from './signature.ts'
import { type EndpointRecipient, endpointRegisters } from './surroundings.ts'
import { switchOff } from './switch-off.ts'
import { webhooksPolicy } from './webhooks.policy.ts'

const MOST_ENDPOINTS = 20

/** Every endpoint, in the order in which they were made. */
export async function listEndpoints(tx: WorkspaceTx, by: Principal): Promise<{ items: PresentedEndpoint[] }> {
  webhooksPolicy.require(by, 'webhooks.read')
  const rows = await tx.db.selectFrom('webhook_endpoint').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id').execute()
  return { items: await presentEndpoints(tx, rows) }
}

export type SetUpEndpoint = {
  readonly url: string
  readonly description: string
  readonly kinds: readonly EventType[] | null
  readonly recipient: EndpointRecipient | null
}

/** Has an address told of events from now on. Throws `webhooks/address-refused`, `webhooks/too-many`, `privacy/recipient-stopped`. */
export async function setUpEndpoint(
  tx: WorkspaceTx,
  by: Principal,
  wish: SetUpEndpoint,
): Promise<{ endpoint: PresentedEndpoint; secret: string }> {
  webhooksPolicy.require(by, 'webhooks.manage')
  requireCallable(wish.url)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${tx.workspaceId}`}, 0))`.execute(tx.db)
  const { count } = await tx.db
    .selectFrom('webhook_endpoint')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_ENDPOINTS)
    throw new Refusal('webhooks/too-many', { detail: `There can be ${MOST_ENDPOINTS}. Remove one that nobody needs. Nothing was saved.` })
  const id = tx.newId<'webhook_endpoint'>()
  const recipient = wish.recipient ? await admit(tx, by, { ...wish.recipient, endpointId: id }) : null
  const secret = newSecret()
  await tx.db
    .insertInto('webhook_endpoint')
    .values({
      workspace_id: tx.workspaceId,
      id,
      url: wish.url,
      description: wish.description,
      kinds: wish.kinds === null ? null : [...wish.kinds],
      state: 'on',
      off_reason: null,
      off_at: null,
      secret: tx.keys.encrypt(secret, { workspaceId: tx.workspaceId, table: 'webhook_endpoint', column: 'secret', rowId: id }),
      secret_made_at: tx.now,
      previous_secret: null,
      previous_until: null,
      failing_since: null,
      last_success_at: null,
      quiet_until: null,
      recipient_id: wish.recipient?.processorId ?? null,
      recipient_name: recipient?.name ?? null,
      recipient_purpose: wish.recipient?.purpose ?? null,
      created_by: memberOf(by),
      created_at: tx.now,
      version: 1,
    })
    .execute()
  await note(tx, by, 'webhook_endpoint.created', id)
  return { endpoint: await presentEndpoint(tx, id), secret }
}

async function admit(tx: WorkspaceTx, by: Principal, wish: EndpointRecipient & { readonly endpointId: string }): Promise<{ name: string }> {
  for (const register of endpointRegisters.all()) return register.admit(tx, by, wish)
  throw new Refusal('http/not-found', { detail: 'There is no such recipient in the register.' })
}

const note = async (tx: WorkspaceTx, by: Principal, action: `webhook_endpoint.${'created' | 'changed' | 'removed'}`, id: string) => {
  await audit(tx, by, { action, object: { type: 'webhook_endpoint', id }, result: 'done' })
  await emit(tx, 'webhook_endpoint.changed', { endpointId: id })
}

export type ChangeEndpoint = {
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly kinds?: readonly EventType[] | null | undefined
  readonly enabled?: boolean | undefined
}

/** Changes one. Switched off, what waits for it has failed. Throws `http/not-found`, `http/version-mismatch`, `webhooks/address-refused`. */
export async function changeEndpoint(
  tx: WorkspaceTx,
  by: Principal,
  endpointId: string,
  version: number,
  wish: ChangeEndpoint,
): Promise<PresentedEndpoint> {
  webhooksPolicy.require(by, 'webhooks.manage')
  const row = await endpointOf(tx, endpointId, 'change')
  if (row.version !== version)
    throw new Refusal('http/version-mismatch', { detail: 'Load it again and repeat your change.', currentVersion: row.version })
  if (wish.url !== undefined) requireCallable(wish.url)
  await tx.db
    .updateTable('webhook_endpoint')
    .set({
      version: row.version + 1,
      ...(wish.url === undefined ? {} : { url: wish.url, failing_since: null, quiet_until: null, slow: false }),
      ...(wish.description === undefined ? {} : { description: wish.description }),
      ...(wish.kinds === undefined ? {} : { kinds: wish.kinds === null ? null : [...wish.kinds] }),
      ...(wish.enabled === true && row.state === 'off'
        ? { state: 'on', off_reason: null, off_at: null, failing_since: null, quiet_until: null, slow: false }
        : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .execute()
  if (wish.enabled === false && row.state === 'on') await switchOff(tx, endpointId, 'by_hand')
  await note(tx, by, 'webhook_endpoint.changed', endpointId)
  return presentEndpoint(tx, endpointId)
}

/** Removes one with its log. Throws `http/not-found`. */
export async function removeEndpoint(tx: WorkspaceTx, by: Principal, endpointId: string): Promise<void> {
  webhooksPolicy.require(by, 'webhooks.manage')
  await endpointOf(tx, endpointId, 'change')
  await tx.db.deleteFrom('webhook_endpoint').where('workspace_id', '=', tx.workspaceId).where('id', '=', endpointId).execute()
  await note(tx, by, 'webhook_endpoint.removed', endpointId)
}
