import type { SessionId, UserId } from '@frontdesk/contract'
import { audit } from '../../platform/audit/index.ts'
import { inEachWorkspace, principalOf } from './memberships.ts'
import type { AccountServices } from './services.ts'

/** Writes into each of her workspaces that a member signed in. */
export const recordSignIn = (services: AccountServices, userId: UserId, sessionId: SessionId): Promise<void> =>
  inEachWorkspace(services.database, userId, async (tx, member) => {
    await audit(tx, principalOf(member), { action: 'session.started', object: { type: 'session', id: sessionId }, result: 'done' })
    await tx.db
      .updateTable('member')
      .set({ last_seen_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', member.id)
      .execute()
  })

/** Writes into each of her workspaces that a sign-in as this member failed: that it happened, not what was tried nor from where. */
export const recordFailedSignIn = (services: AccountServices, userId: UserId): Promise<void> =>
  inEachWorkspace(services.database, userId, (tx, member) =>
    audit(
      tx,
      { kind: 'system', workspaceId: tx.workspaceId, job: 'accounts.sign-in' },
      { action: 'session.refused', object: { type: 'member', id: member.id }, result: 'failed' },
    ),
  )
