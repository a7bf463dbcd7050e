import type { Person, UserId, WorkspaceId } from '@frontdesk/contract'
import { formats } from '@frontdesk/i18n'
import { sql } from 'kysely'
import { Refusal } from '../../platform/errors/index.ts'
import { send } from './answer-mail-requests.ts'
import { graceLasts } from './close-workspace.ts'
import { endSessions } from './end-sessions.ts'
import { endMembership } from './members.ts'
import { inEachWorkspace, membershipsOf, principalOf } from './memberships.ts'
import { requireRecentProof } from './recent-proof.ts'
import { restLasts, restMember, wakeMember } from './rest-member.ts'
import type { AccountServices } from './services.ts'
import { loadUser, type PresentedProfile, presentProfile } from './show-me.ts'

/** Closes the account: her other sessions end now, it is deleted after 30 days unless she reopens it. Throws `accounts/last-owner` while a workspace would be left without an owner. */
export async function closeAccount(services: AccountServices, person: Person): Promise<PresentedProfile> {
  const { auth } = services
  requireRecentProof(person.authenticatedAt, auth.clock())
  await refuseSoleOwner(services, person.userId)
  const user = await loadUser(services, person.userId)
  if (user.closes_at !== null) return presentProfile(user)
  // From now on she is mailed what the law asks for and nothing else, and keys that she made are refused.
  await inEachWorkspace(services.database, user.id, async (tx, member) => {
    if (member.deactivated_why === null) await restMember(tx, principalOf(member), member, 'closing')
  })
  const closed = await auth.transaction(async (tx) => {
    const closesAt = tx.now.add(graceLasts)
    const row = await tx.db
      .updateTable('user')
      .set({ closes_at: closesAt, version: user.version + 1 })
      .where('id', '=', user.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    // The one she closed it in stays, so that she can take it back.
    await endSessions(tx, user.id, { except: person.sessionId })
    const until = formats(user.locale ?? 'en', user.zone ?? 'UTC').weekdayDate(closesAt, { year: true })
    await send(services, tx, user, (t) => ({
      subject: t('closingSubject'),
      paragraphs: [t('closingText', { until })],
      notYou: t('closingNotYou'),
    }))
    return row
  })
  return presentProfile(closed)
}

/** Keeps an account that was being closed. */
export async function reopenAccount(services: AccountServices, person: Person): Promise<PresentedProfile> {
  const { auth } = services
  const row = await auth.db
    .updateTable('user')
    .set((set) => ({ closes_at: null, version: set('version', '+', 1) }))
    .where('id', '=', person.userId)
    .where('closes_at', '>', auth.clock())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/conflict', { detail: 'The account is not being closed.' })
  await inEachWorkspace(services.database, person.userId, async (tx, member) => {
    if (member.deactivated_why === 'closing') await wakeMember(tx, principalOf(member), member)
  })
  return presentProfile(row)
}

/** Throws `accounts/last-owner` for workspaces that nobody else owns who can act, and that are not being closed themselves unless those count too. */
export async function refuseSoleOwner(
  { database }: Pick<AccountServices, 'database'>,
  userId: UserId,
  which: 'open' | 'whether or not it closes' = 'open',
): Promise<void> {
  const alone: string[] = []
  for (const { workspaceId, memberId } of await membershipsOf(database, userId)) {
    await database.inWorkspace(workspaceId, async (tx) => {
      const workspace = await tx.db
        .selectFrom('workspace')
        .select(['name', 'closes_at', 'test_of'])
        .where('id', '=', tx.workspaceId)
        .executeTakeFirst()
      const owners = await tx.db
        .selectFrom('member')
        .select('id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
        .execute()
      const sole = owners.length === 1 && owners[0]?.id === memberId
      const counts = which !== 'open' || workspace?.closes_at === null
      if (workspace && sole && counts && workspace.test_of === null) alone.push(workspace.name)
    })
  }
  if (alone.length === 0) return
  throw new Refusal('accounts/last-owner', {
    detail: `Nobody else owns: ${alone.join(', ')}. Make somebody an owner, or close the workspace first. Your account stays as it was.`,
    workspaces: alone,
  })
}

/**
 * Deletes the accounts whose grace has ended, and those that rested for a year. Memberships go first, each in its workspace; where she is still the only owner the account waits and is tried again the next
 * day. What she did in a workspace stays there, under no name.
 */
export async function deleteClosedAccounts(services: Pick<AccountServices, 'auth' | 'database'>): Promise<number> {
  const { auth, database } = services
  const now = auth.clock()
  const due = await auth.db
    .selectFrom('user')
    .select('id')
    .where((or) => or.or([or('closes_at', '<=', now), or('deactivated_at', '<=', now.subtract(restLasts))]))
    .orderBy('id')
    .limit(500)
    .execute()
  let deleted = 0
  for (const { id } of due) {
    if (!(await leaveEverywhere(services, id))) continue
    for (const workspaceId of await formerWorkspaces(services, id)) {
      await database.inWorkspace(workspaceId, async (tx) => {
        await tx.db
          .deleteFrom('member_return')
          .where('workspace_id', '=', tx.workspaceId)
          .where(
            'member_id',
            'in',
            tx.db.selectFrom('member').select('id').where('workspace_id', '=', tx.workspaceId).where('user_id', '=', id),
          )
          .execute()
        await tx.db
          .updateTable('member')
          .set({ user_id: null, name: '', email: '', age_confirmed_at: null, last_seen_at: null })
          .where('workspace_id', '=', tx.workspaceId)
          .where('user_id', '=', id)
          .execute()
      })
    }
    await auth.transaction(async (tx) => {
      await endSessions(tx, id, 'all')
      await tx.db
        .deleteFrom('user')
        .where('id', '=', id)
        .where((or) => or.or([or('closes_at', '<=', tx.now), or('deactivated_at', '<=', tx.now.subtract(restLasts))]))
        .execute()
    })
    deleted += 1
  }
  return deleted
}

async function leaveEverywhere({ database }: Pick<AccountServices, 'database'>, userId: UserId): Promise<boolean> {
  const places = await membershipsOf(database, userId)
  for (const { workspaceId, memberId } of places) {
    const left = await database.inWorkspace(workspaceId, async (tx) => {
      const workspace = await tx.db.selectFrom('workspace').select('test_of').where('id', '=', tx.workspaceId).executeTakeFirst()
      if (workspace?.test_of) return true // follows its live workspace
      const member = await tx.db
        .selectFrom('member')
        .select(['id', 'user_id', 'role'])
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', memberId)
        .executeTakeFirst()
      if (!member) return true
      const owners = await tx.db
        .selectFrom('member')
        .select('id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('role', '=', 'owner')
        .where('removed_at', 'is', null)
        .execute()
      if (member.role === 'owner' && owners.length === 1) return false
      await endMembership(tx, { kind: 'system', workspaceId, job: 'accounts.delete-closed-accounts' }, member)
      return true
    })
    if (!left) return false
  }
  return true
}

/** Every workspace she ever worked in. */
async function formerWorkspaces({ database }: Pick<AccountServices, 'database'>, userId: UserId) {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`
    select workspace_id from platform.workspaces_ever_of_user(${userId})`.execute(database.outside)
  return rows.map((row) => row.workspace_id)
}
