import { type ApiKey, type ApiKeyId, type KeyPurpose, type Principal, roles, type Scope } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import { newToken, tokenHash } from '../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import type { Policy } from '../../platform/policy/index.ts'
import { accountsPolicy, neverForKeys } from './accounts.policy.ts'
import type { ApiKeyRow } from './accounts.tables.ts'
import { admitKey } from './key-recipients.ts'
import type { Page } from './members.ts'
import { requirePresence } from './recent-proof.ts'
import { tellChanged } from './tell-changed.ts'
import { ensureTestWorkspace, refuseInTestWorkspace } from './test-workspace.ts'

export type PresentedApiKey = z.input<typeof ApiKey>
/** The rules of every room; their permissions are the scopes. */
export type Policies = () => readonly Policy<string>[]

const start = 14

type Row = Selectable<ApiKeyRow> & { readonly creator: string | null }

const present = (row: Row): PresentedApiKey => ({
  id: row.id,
  name: row.name,
  start: row.start,
  test: row.test,
  scopes: row.scopes,
  recipient:
    row.recipient_name === null || row.recipient_purpose === null ? null : { name: row.recipient_name, purpose: row.recipient_purpose },
  createdBy: row.creator,
  createdAt: row.created_at.toString(),
  expiresAt: row.expires_at?.toString() ?? null,
  lastUsedAt: row.last_used_at?.toString() ?? null,
  revokedAt: row.revoked_at?.toString() ?? null,
})

const rows = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('api_key')
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'api_key.workspace_id').onRef('member.id', '=', 'api_key.created_by'),
    )
    .selectAll('api_key')
    .select('member.name as creator')
    .where('api_key.workspace_id', '=', tx.workspaceId)

/**
 * What a key can be allowed, and whether the one who asks may give it: nobody gives more than her own role may. What no role has, such as what a visitor or a signed
 * link may do, is nobody's to give.
 */
export function listScopes(by: Principal, policies: Policies): readonly z.input<typeof Scope>[] {
  return policies()
    .flatMap((policy) =>
      Object.entries(policy.permissions)
        .filter(([, parties]) => roles.some((role) => parties.includes(role)))
        .map(([name]) => ({ name, mayGive: by.kind === 'member' && policy.decide(by, name).allowed })),
    )
    .filter(({ name }) => !neverForKeys.has(name))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** API keys, newest first. */
export async function listApiKeys(
  tx: WorkspaceTx,
  by: Principal,
  { cursor, limit }: Page,
): Promise<{ items: PresentedApiKey[]; next: string | null }> {
  accountsPolicy.require(by, 'api_keys.read')
  const before = readCursor(cursor, [z.uuid()])?.[0]
  const found = await rows(tx)
    .$if(before !== undefined, (query) => query.where('api_key.id', '<', before as ApiKeyId))
    .orderBy('api_key.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageFrom(found, limit, present, (row) => [row.id])
}

export type CreateApiKey = {
  readonly name: string
  readonly scopes: readonly string[]
  readonly test: boolean
  readonly expiresAt?: string | undefined
  readonly recipient?: { readonly processorId: string; readonly purpose: KeyPurpose } | null | undefined
}

/** Makes an API key; it is given out once and stored as a hash. A test key works in a workspace of its own. Throws `accounts/role-too-high` for scopes beyond the maker's role, `privacy/recipient-stopped` where somebody outside may not have what they show. */
export async function createApiKey(
  tx: WorkspaceTx,
  by: Principal,
  wish: CreateApiKey,
  policies: Policies,
): Promise<{ apiKey: PresentedApiKey; key: string }> {
  accountsPolicy.require(by, 'api_keys.manage')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  refuseScopes(by, wish.scopes, policies)
  const expiresAt = wish.expiresAt === undefined ? null : Temporal.Instant.from(wish.expiresAt)
  if (expiresAt !== null && Temporal.Instant.compare(expiresAt, tx.now) <= 0) {
    throw new Refusal('http/invalid-request', { detail: 'The key would have expired already. Choose a later moment.' })
  }
  if (wish.test) await ensureTestWorkspace(tx)
  const id = tx.newId<'api_key'>()
  const scopes = [...new Set(wish.scopes)].sort()
  const recipient = wish.recipient ? await admitKey(tx, by, { ...wish.recipient, keyId: id, scopes }) : null
  const key = `fdk_${wish.test ? 'test' : 'live'}_${newToken().token}`
  await tx.db
    .insertInto('api_key')
    .values({
      workspace_id: tx.workspaceId,
      id,
      name: wish.name,
      key_hash: tokenHash(key),
      start: key.slice(0, start),
      test: wish.test,
      scopes,
      recipient_id: wish.recipient?.processorId ?? null,
      recipient_name: recipient?.name ?? null,
      recipient_purpose: wish.recipient?.purpose ?? null,
      created_by: by.memberId,
      created_at: tx.now,
      expires_at: expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  await audit(tx, by, { action: 'api_key.created', object: { type: 'api_key', id }, result: 'done' })
  const row = await rows(tx).where('api_key.id', '=', id).executeTakeFirstOrThrow()
  return { apiKey: present(row), key }
}

function refuseScopes(by: Principal, wanted: readonly string[], policies: Policies): void {
  const known = new Map(listScopes(by, policies).map(({ name, mayGive }) => [name, mayGive]))
  const unknown = wanted.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw new Refusal('http/invalid-request', { detail: `No key can have: ${unknown.join(', ')}. No key was made.`, scopes: unknown })
  const beyond = wanted.filter((name) => known.get(name) === false)
  if (beyond.length > 0)
    throw new Refusal('accounts/role-too-high', {
      detail: `Your own role does not include: ${beyond.join(', ')}. No key was made.`,
      scopes: beyond,
    })
}

/** Revokes a key at once. Revoking it again changes nothing. Throws `http/not-found`. */
export async function revokeApiKey(tx: WorkspaceTx, by: Principal, id: ApiKeyId): Promise<void> {
  accountsPolicy.require(by, 'api_keys.manage')
  const row = await tx.db
    .selectFrom('api_key')
    .select('revoked_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such key.' })
  if (row.revoked_at !== null) return
  await tx.db.updateTable('api_key').set({ revoked_at: tx.now }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
  await audit(tx, by, { action: 'api_key.revoked', object: { type: 'api_key', id }, result: 'done' })
  await tellChanged(tx, id)
}
