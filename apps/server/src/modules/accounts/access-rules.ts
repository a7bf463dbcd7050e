import type { AccessRules, AccessRulesBody, Principal, UserId } from '@frontdesk/contract'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { requirePresence } from './recent-proof.ts'
import type { AccountServices } from './services.ts'
import { tellChanged } from './tell-changed.ts'
import { refuseInTestWorkspace } from './test-workspace.ts'
import { loadWorkspace } from './workspace-facts.ts'

type Auth = Pick<AccountServices, 'auth'>

/** Whether the members of this workspace come in with a second factor only. */
export async function asksSecondFactor(tx: WorkspaceTx): Promise<boolean> {
  const row = await tx.db.selectFrom('workspace').select('second_factor_required').where('id', '=', tx.workspaceId).executeTakeFirst()
  return row?.second_factor_required ?? false
}

/** What the workspace asks of its members' sessions, and who would have to set up a second factor first. */
export async function showAccessRules(tx: WorkspaceTx, by: Principal, services: Auth): Promise<AccessRules> {
  accountsPolicy.require(by, 'access_rules.read')
  const row = await loadWorkspace(tx)
  const members = await tx.db
    .selectFrom('member')
    .select(['id', 'name', 'user_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute()
  const ready = await withSecondFactor(
    services,
    members.flatMap(({ user_id }) => user_id ?? []),
  )
  return {
    secondFactorRequired: row.second_factor_required,
    sessionIdleMinutes: row.session_idle_minutes,
    sessionHours: row.session_hours,
    withoutSecondFactor: members
      .filter(({ user_id }) => user_id === null || !ready.has(user_id))
      .map(({ id, name }) => ({ memberId: id, name })),
    version: row.version,
  }
}

/**
 * Changes them; they hold from the next request of each member on. Whoever wants a second factor from everybody has one herself, so that nobody locks the last one out. Throws
 * `accounts/second-factor-required`, `http/version-mismatch`.
 */
export async function changeAccessRules(
  tx: WorkspaceTx,
  by: Principal,
  wish: AccessRulesBody & { readonly version: number },
  services: Auth,
): Promise<AccessRules> {
  accountsPolicy.require(by, 'access_rules.manage')
  requirePresence(by, tx.now)
  await refuseInTestWorkspace(tx)
  if (wish.secondFactorRequired && !(await withSecondFactor(services, [by.userId])).has(by.userId))
    throw new Refusal('accounts/second-factor-required', {
      detail: 'Set up an authenticator app or a passkey for yourself first, or you would lock yourself out. Nothing was changed.',
    })
  const { numUpdatedRows } = await tx.db
    .updateTable('workspace')
    .set({
      second_factor_required: wish.secondFactorRequired,
      session_idle_minutes: wish.sessionIdleMinutes,
      session_hours: wish.sessionHours,
      version: wish.version + 1,
    })
    .where('id', '=', tx.workspaceId)
    .where('version', '=', wish.version)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed the workspace in the meantime. Nothing was saved.',
      current: await showAccessRules(tx, by, services),
    })
  await audit(tx, by, { action: 'access_rules.changed', object: { type: 'workspace', id: tx.workspaceId }, result: 'done' })
  await emit(tx, 'workspace.changed', { workspaceId: tx.workspaceId })
  const members = await tx.db
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  for (const { user_id } of members) if (user_id !== null) await tellChanged(tx, user_id)
  return showAccessRules(tx, by, services)
}

/** Which of these accounts have one-time codes or a passkey. */
async function withSecondFactor({ auth }: Auth, users: readonly UserId[]): Promise<ReadonlySet<UserId>> {
  if (users.length === 0) return new Set()
  const rows = await auth.db
    .selectFrom('credential')
    .select('user_id')
    .distinct()
    .where('user_id', 'in', users)
    .where((or) => or.or([or('kind', '=', 'passkey'), or.and([or('kind', '=', 'totp'), or('confirmed_at', 'is not', null)])]))
    .execute()
  return new Set(rows.map(({ user_id }) => user_id))
}
