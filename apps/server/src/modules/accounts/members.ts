import type { Member, MemberId, Principal, Role } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import type { MemberRow } from './accounts.tables.ts'
import { requirePresence } from './recent-proof.ts'
import { restMember, wakeMember } from './rest-member.ts'
import { endOfAccess, mayGiveRole } from './role.rules.ts'
import { tellChanged } from './tell-changed.ts'
import { copyMembers, refuseInTestWorkspace } from './test-workspace.ts'

export type PresentedMember = z.input<typeof Member>
export type Page = { readonly cursor?: string | undefined; readonly limit: number }

/** A member as the API shows her. */
export const presentMember =
  (by: Principal) =>
  (row: Selectable<MemberRow>): PresentedMember => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    you: by.kind === 'member' && by.memberId === row.id,
    joinedAt: row.joined_at.toString(),
    expiresAt: row.expires_at?.toString() ?? null,
    lastSeenAt: row.last_seen_at?.toString() ?? null,
    deactivated: row.deactivated_at && row.deactivated_why ? { at: row.deactivated_at.toString(), by: row.deactivated_why } : null,
    version: row.version,
  })

/** Who works here, first come first. */
export async function listMembers(
  tx: WorkspaceTx,
  by: Principal,
  { cursor, limit }: Page,
): Promise<{ items: PresentedMember[]; next: string | null }> {
  accountsPolicy.require(by, 'members.read')
  const after = readCursor(cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .$if(after !== undefined, (query) => query.where('id', '>', after as MemberId))
    .orderBy('id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows, limit, presentMember(by), (row) => [row.id])
}

/** A member by her id. Throws 404. */
export async function loadMember(tx: WorkspaceTx, memberId: MemberId): Promise<Selectable<MemberRow>> {
  const row = await tx.db
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'Nobody with this id works here.' })
  return row
}

const tooHigh = (role: Role) =>
  new Refusal('accounts/role-too-high', { detail: `Your role may not give, change or take the role ${role}. Nothing was changed.`, role })
const lastOwner = () =>
  new Refusal('accounts/last-owner', { detail: 'Make somebody else an owner first, or close the workspace. Nothing was changed.' })

/** Throws `accounts/last-owner` where nobody else owns the workspace. The database holds it too, for two who step down at the same moment. */
async function refuseLastOwner(tx: WorkspaceTx, member: Selectable<MemberRow>): Promise<void> {
  if (member.role !== 'owner') return
  // All owners are locked, in one order: of two who step down at once the second waits, and then is the last.
  const owners = await tx.db
    .selectFrom('member')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
    .orderBy('id')
    .forUpdate()
    .execute()
  if (owners.every(({ id }) => id === member.id)) throw lastOwner()
}

export type ChangeMember = {
  readonly memberId: MemberId
  readonly role?: Role | undefined
  readonly expiresAt?: string | null | undefined
  readonly version: number
}

/** Changes a member's role or the end of her access. Throws `accounts/role-too-high`, `accounts/last-owner` or `http/version-mismatch`. */
export async function changeMember(tx: WorkspaceTx, by: Principal, wish: ChangeMember): Promise<PresentedMember> {
  accountsPolicy.require(by, 'members.manage')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const member = await loadMember(tx, wish.memberId)
  const role = wish.role ?? member.role
  if (!mayGiveRole(by.role, member.role)) throw tooHigh(member.role)
  if (!mayGiveRole(by.role, role)) throw tooHigh(role)
  if (role !== 'owner') await refuseLastOwner(tx, member)
  const wanted = wish.expiresAt === undefined ? member.expires_at : wish.expiresAt === null ? null : Temporal.Instant.from(wish.expiresAt)
  const expiresAt = endOfAccess(role, wish.expiresAt === undefined && role === 'owner' ? null : wanted, tx.now)
  if (expiresAt === undefined)
    throw new Refusal('http/invalid-request', {
      detail: 'The end of access has to be in the future, and an owner has none. Nothing was changed.',
    })

  const changed = await tx.db
    .updateTable('member')
    .set({ role, expires_at: expiresAt, version: wish.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', member.id)
    .where('version', '=', wish.version)
    .returningAll()
    .executeTakeFirst()
  if (!changed) {
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this member in the meantime. Nothing was saved.',
      current: presentMember(by)(member),
    })
  }
  await audit(tx, by, { action: 'member.role_changed', object: { type: 'member', id: member.id }, result: 'done' })
  await emit(tx, 'member.role_changed', { memberId: member.id, role })
  if (member.user_id) await tellChanged(tx, member.user_id)
  await copyMembers(tx)
  return presentMember(by)(changed)
}

/** Removes a member. What she did stays, under her name. Throws `accounts/role-too-high` or `accounts/last-owner`. */
export async function removeMember(tx: WorkspaceTx, by: Principal, memberId: MemberId): Promise<void> {
  accountsPolicy.require(by, 'members.manage')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const member = await loadMember(tx, memberId)
  if (!mayGiveRole(by.role, member.role)) throw tooHigh(member.role)
  await refuseLastOwner(tx, member)
  await endMembership(tx, by, member)
}

/** Deactivates a member: she is out at once and is mailed nothing, and nothing of hers is deleted. Throws `accounts/role-too-high` or `accounts/last-owner`. */
export async function deactivateMember(tx: WorkspaceTx, by: Principal, memberId: MemberId): Promise<PresentedMember> {
  const member = await manageable(tx, by, memberId)
  if (by.kind === 'member' && by.memberId === memberId)
    throw new Refusal('http/conflict', {
      detail: 'Your own account is deactivated on its own page, everywhere at once. Nothing was changed.',
    })
  await refuseLastOwner(tx, member)
  if (member.deactivated_why === null || member.deactivated_why === 'closing') await restMember(tx, by, member, 'workspace')
  return presentMember(by)(await loadMember(tx, memberId))
}

/** Takes that back. Whoever did it herself comes back by signing in, or because she asked an owner to: nobody is brought back against her wish. Throws `http/conflict`. */
export async function reactivateMember(tx: WorkspaceTx, by: Principal, memberId: MemberId): Promise<PresentedMember> {
  const member = await manageable(tx, by, memberId)
  if (member.deactivated_why === 'self')
    throw new Refusal('http/conflict', {
      detail:
        'She deactivated her account herself. She comes back by signing in, or an owner records that she asked to come back. Nothing was changed.',
    })
  if (member.deactivated_why !== 'workspace') throw new Refusal('http/conflict', { detail: 'This member is not deactivated.' })
  await wakeMember(tx, by, member)
  return presentMember(by)(await loadMember(tx, memberId))
}

async function manageable(tx: WorkspaceTx, by: Principal, memberId: MemberId): Promise<Selectable<MemberRow>> {
  accountsPolicy.require(by, 'members.manage')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  const member = await loadMember(tx, memberId)
  if (!mayGiveRole(by.role, member.role)) throw tooHigh(member.role)
  return member
}

/** Leaves the workspace. Throws `accounts/last-owner`. */
export async function leaveWorkspace(tx: WorkspaceTx, by: Principal): Promise<void> {
  accountsPolicy.require(by, 'workspace.leave')
  if (by.kind !== 'member') throw new Refusal('http/not-allowed', { detail: 'Only a member can leave.' })
  await refuseInTestWorkspace(tx)
  const member = await loadMember(tx, by.memberId)
  await refuseLastOwner(tx, member)
  await endMembership(tx, by, member)
}

/** Ends somebody's access: her requests, keys' listings and streams in this workspace stop. */
export async function endMembership(tx: WorkspaceTx, by: Principal, member: Pick<Selectable<MemberRow>, 'id' | 'user_id'>): Promise<void> {
  await tx.db
    .updateTable('member')
    .set((set) => ({ removed_at: tx.now, version: set('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', member.id)
    .execute()
  await audit(tx, by, { action: 'member.left', object: { type: 'member', id: member.id }, result: 'done' })
  await emit(tx, 'member.left', { memberId: member.id })
  if (member.user_id) await tellChanged(tx, member.user_id)
  await copyMembers(tx)
}
