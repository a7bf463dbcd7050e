import type { MemberId, Principal, UserId, WorkspaceId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { definePortList } from '../../platform/events/index.ts'
import type { MemberRow } from './accounts.tables.ts'

/** Where somebody works, before any workspace is chosen. */
export type Membership = { readonly workspaceId: WorkspaceId; readonly memberId: MemberId }

/** The workspaces somebody works in, oldest first. */
export async function membershipsOf(database: Database, userId: UserId): Promise<readonly Membership[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId; member_id: MemberId }>`
    select workspace_id, member_id from platform.workspaces_of_user(${userId}) order by workspace_id`.execute(database.outside)
  return rows.map((row) => ({ workspaceId: row.workspace_id, memberId: row.member_id }))
}

/** Somebody whose access has not ended. */
export type ActiveMember = Selectable<MemberRow> & { readonly user_id: UserId }

/** One member whose access has not ended, or undefined. */
export async function activeMember(tx: WorkspaceTx, memberId: MemberId): Promise<ActiveMember | undefined> {
  const member = await tx.db
    .selectFrom('member')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .where('removed_at', 'is', null)
    .where((or) => or.or([or('expires_at', 'is', null), or('expires_at', '>', tx.now)]))
    .executeTakeFirst()
  return member?.user_id ? { ...member, user_id: member.user_id } : undefined
}

/** Whether she may come in: not while her access rests, but while she closes her account. */
export const mayWork = ({ deactivated_why: why }: Pick<ActiveMember, 'deactivated_why'>): boolean => why === null || why === 'closing'

/** The member as the one who acts. */
export const principalOf = (
  member: ActiveMember,
  authenticatedAt?: Temporal.Instant,
  { suspended = false, lacksSecondFactor = false }: { readonly suspended?: boolean; readonly lacksSecondFactor?: boolean } = {},
): Principal => ({
  kind: 'member',
  workspaceId: member.workspace_id,
  memberId: member.id,
  userId: member.user_id,
  role: member.role,
  ...(authenticatedAt ? { authenticatedAt } : {}),
  ...(suspended ? { suspended } : {}),
  ...(lacksSecondFactor ? { lacksSecondFactor } : {}),
})

/** Whether a member is kept from personal data for now. Rooms to the right answer; the first yes decides. */
export const memberGuards = definePortList<{ isSuspended(tx: WorkspaceTx, memberId: MemberId): Promise<boolean> }>('accounts.member-guards')

/** The same, asked of all of them. */
export async function isSuspended(tx: WorkspaceTx, memberId: MemberId): Promise<boolean> {
  for (const guard of memberGuards.all()) if (await guard.isSuspended(tx, memberId)) return true
  return false
}

/** Does something in each workspace somebody works in, each in its own transaction. */
export async function inEachWorkspace(
  database: Database,
  userId: UserId,
  work: (tx: WorkspaceTx, member: ActiveMember) => Promise<void>,
): Promise<void> {
  for (const { workspaceId, memberId } of await membershipsOf(database, userId)) {
    await database.inWorkspace(workspaceId, async (tx) => {
      const member = await activeMember(tx, memberId)
      if (member) await work(tx, member)
    })
  }
}
