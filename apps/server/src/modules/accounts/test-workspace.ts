import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { orderedId } from '../../platform/ids/index.ts'
import { furnishWorkspace } from './create-workspace.ts'
import { loadWorkspace } from './workspace-facts.ts'

/** Members, keys and closing belong to the live workspace; its test workspace follows. */
export async function refuseInTestWorkspace(tx: WorkspaceTx): Promise<void> {
  const { test_of } = await loadWorkspace(tx)
  if (test_of !== null)
    throw new Refusal('http/conflict', { detail: 'This is the test workspace. Do this in the live one; the test workspace follows.' })
}

/** Binds the transaction to the other half of a live and test pair while `work` runs. The pair is the only crossing there is. */
async function boundTo<T>(tx: WorkspaceTx, workspaceId: WorkspaceId, work: (tx: WorkspaceTx) => Promise<T>): Promise<T> {
  const bind = (id: WorkspaceId) => sql`select set_config('app.workspace_id', ${id}, true)`.execute(tx.db)
  await bind(workspaceId)
  try {
    const result = await work({ ...tx, workspaceId })
    await bind(tx.workspaceId)
    return result
  } catch (error) {
    await bind(tx.workspaceId).catch(() => undefined) // a failed statement ended the transaction: nothing can be bound and nothing will be kept
    throw error
  }
}

/** The workspace that test keys work in; made when the first test key is. It has the same owners and settings, and no customers. */
export async function ensureTestWorkspace(tx: WorkspaceTx): Promise<WorkspaceId> {
  const live = await loadWorkspace(tx)
  if (live.test_workspace_id !== null) return live.test_workspace_id
  const owner = await tx.db
    .selectFrom('member')
    .select(['user_id', 'name', 'email'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const userId = owner.user_id
  if (userId === null) throw new Error('An owner without an account. Members without one are removed.')
  const testId = orderedId<'workspace'>(tx.now.epochMilliseconds)
  await boundTo(tx, testId, (test) =>
    furnishWorkspace(
      test,
      { ...owner, userId },
      {
        name: `${live.name} (test)`,
        zone: live.zone,
        locale: live.locale,
        currency: live.currency,
        ...(live.country === null ? {} : { country: live.country }),
        testOf: live.id,
      },
    ),
  )
  await tx.db.updateTable('workspace').set({ test_workspace_id: testId }).where('id', '=', tx.workspaceId).execute()
  await copyMembers(tx)
  return testId
}

/** Makes the members of the test workspace the same as those of the live one. Called after every change of members; does nothing where there is no test workspace. */
export async function copyMembers(tx: WorkspaceTx): Promise<void> {
  const { test_workspace_id: testId } = await loadWorkspace(tx)
  if (testId === null) return
  const members = await tx.db
    .selectFrom('member')
    .select(['user_id', 'name', 'email', 'role', 'expires_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where((or) => or.or([or('deactivated_why', 'is', null), or('deactivated_why', '=', 'closing')]))
    .where('user_id', 'is not', null)
    .execute()
  await boundTo(tx, testId, async (test) => {
    await test.db
      .insertInto('member')
      .values(
        members.map((member) => ({
          ...member,
          workspace_id: testId,
          id: test.newId<'member'>(),
          invited_by: null,
          age_confirmed_at: null,
          joined_at: test.now,
          removed_at: null,
          last_seen_at: null,
          created_at: test.now,
          version: 1,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'user_id']).doUpdateSet((set) => ({
          name: set.ref('excluded.name'),
          email: set.ref('excluded.email'),
          role: set.ref('excluded.role'),
          expires_at: set.ref('excluded.expires_at'),
          removed_at: null,
        })),
      )
      .execute()
    await test.db
      .updateTable('member')
      .set({ removed_at: test.now })
      .where('workspace_id', '=', testId)
      .where('removed_at', 'is', null)
      .where(
        'user_id',
        'not in',
        members.flatMap(({ user_id }) => (user_id === null ? [] : [user_id])),
      )
      .execute()
  })
}
