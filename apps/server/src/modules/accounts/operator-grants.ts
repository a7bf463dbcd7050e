import type { OperatorGrant, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import { newToken, tokenHash } from '../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { OperatorGrantRow } from './accounts.tables.ts'
import type { Page } from './members.ts'
import { requirePresence } from './recent-proof.ts'
import { tellChanged } from './tell-changed.ts'

export type PresentedGrant = z.input<typeof OperatorGrant>
type Row = Selectable<OperatorGrantRow> & { readonly creator: string | null }

const present = (row: Row): PresentedGrant => ({
  id: row.id,
  reason: row.reason,
  access: row.access,
  createdBy: row.creator,
  createdAt: row.created_at.toString(),
  expiresAt: row.expires_at.toString(),
  firstUsedAt: row.first_used_at?.toString() ?? null,
  lastUsedAt: row.last_used_at?.toString() ?? null,
  revokedAt: row.revoked_at?.toString() ?? null,
})

const rows = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('operator_grant')
    .leftJoin('member', (join) =>
      join.onRef('member.workspace_id', '=', 'operator_grant.workspace_id').onRef('member.id', '=', 'operator_grant.created_by'),
    )
    .selectAll('operator_grant')
    .select('member.name as creator')
    .where('operator_grant.workspace_id', '=', tx.workspaceId)

/** Leave given to the operator of the server, newest first. */
export async function listOperatorGrants(
  tx: WorkspaceTx,
  by: Principal,
  { cursor, limit }: Page,
): Promise<{ items: PresentedGrant[]; next: string | null }> {
  accountsPolicy.require(by, 'operator_grants.read')
  const before = readCursor(cursor, [z.uuid()])?.[0]
  const found = await rows(tx)
    .$if(before !== undefined, (query) => query.where('operator_grant.id', '<', before ?? ''))
    .orderBy('operator_grant.id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageFrom(found, limit, present, (row) => [row.id])
}

export type GrantOperator = { readonly reason: string; readonly access: 'read' | 'change'; readonly hours: number }

/** Lets the operator look inside for a while: who has the code is a read-only member, or an admin, until it ends or is revoked. */
export async function grantOperator(tx: WorkspaceTx, by: Principal, wish: GrantOperator): Promise<{ grant: PresentedGrant; code: string }> {
  accountsPolicy.require(by, 'operator_grants.manage')
  requirePresence(by, tx.now)
  const id = tx.newId()
  const code = `fdo_${newToken().token}`
  await tx.db
    .insertInto('operator_grant')
    .values({
      workspace_id: tx.workspaceId,
      id,
      code_hash: tokenHash(code),
      reason: wish.reason,
      access: wish.access,
      created_by: by.memberId,
      created_at: tx.now,
      expires_at: tx.now.add({ hours: wish.hours }),
      first_used_at: null,
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  await audit(tx, by, { action: 'operator_grant.created', object: { type: 'operator_grant', id }, result: 'done' })
  return { grant: present(await rows(tx).where('operator_grant.id', '=', id).executeTakeFirstOrThrow()), code }
}

/** Ends a grant at once. Throws `http/not-found`. */
export async function revokeOperatorGrant(tx: WorkspaceTx, by: Principal, id: string): Promise<void> {
  accountsPolicy.require(by, 'operator_grants.manage')
  if (by.kind === 'operator') throw new Refusal('http/not-allowed', { detail: 'Only the workspace itself ends a grant.' })
  const row = await tx.db
    .selectFrom('operator_grant')
    .select('revoked_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such grant.' })
  if (row.revoked_at !== null) return
  await tx.db
    .updateTable('operator_grant')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
  await audit(tx, by, { action: 'operator_grant.revoked', object: { type: 'operator_grant', id }, result: 'done' })
  await tellChanged(tx, id)
}
