import type { MemberId, Principal, UserId } from '@frontdesk/contract'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit } from '../../platform/events/index.ts'
import type { Deactivation } from './accounts.tables.ts'
import { tellChanged } from './tell-changed.ts'
import { copyMembers } from './test-workspace.ts'

/** How long an account may rest. Nobody came back by then: it is deleted like one that was closed. */
export const restLasts = Temporal.Duration.from({ hours: 365 * 24 })

type Resting = { readonly id: MemberId; readonly user_id: UserId | null }

/**
 * Puts a membership to rest: nothing is mailed to her, keys that she made are refused, and, unless she only closes her account, she is out at once, what she offered others (invitations,
 * leave for the operator) ends, and what she wrote and did not go out yet is dropped. Nothing else is touched.
 */
export async function restMember(tx: WorkspaceTx, by: Principal, member: Resting, why: Deactivation): Promise<void> {
  await tx.db
    .updateTable('member')
    .set((set) => ({ deactivated_at: tx.now, deactivated_why: why, version: set('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', member.id)
    .execute()
  if (why !== 'closing') {
    await endOffers(tx, member.id)
    await audit(tx, by, { action: 'member.deactivated', object: { type: 'member', id: member.id }, result: 'done' })
    await emit(tx, 'member.deactivated', { memberId: member.id })
    await copyMembers(tx)
  }
  await tellKeys(tx, member)
}

/** Wakes a membership that rested. */
export async function wakeMember(
  tx: WorkspaceTx,
  by: Principal,
  member: Resting & { readonly deactivated_why: Deactivation | null },
): Promise<void> {
  await tx.db
    .updateTable('member')
    .set((set) => ({ deactivated_at: null, deactivated_why: null, version: set('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', member.id)
    .execute()
  if (member.deactivated_why !== 'closing') {
    await audit(tx, by, { action: 'member.reactivated', object: { type: 'member', id: member.id }, result: 'done' })
    await emit(tx, 'member.reactivated', { memberId: member.id })
    await copyMembers(tx)
  }
  await tellKeys(tx, member)
}

/** Invitations would bring somebody in under her name, and the operator would look inside by her leave. */
async function endOffers(tx: WorkspaceTx, memberId: MemberId): Promise<void> {
  await tx.db
    .updateTable('invitation')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('invited_by', '=', memberId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute()
  const grants = await tx.db
    .updateTable('operator_grant')
    .set({ revoked_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('created_by', '=', memberId)
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  for (const { id } of grants) await tellChanged(tx, id)
}

/** What she and her keys may do has changed: every process asks again. */
async function tellKeys(tx: WorkspaceTx, { id, user_id }: Resting): Promise<void> {
  const keys = await tx.db
    .selectFrom('api_key')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('created_by', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
  for (const key of keys) await tellChanged(tx, key.id)
  if (user_id) await tellChanged(tx, user_id)
}
