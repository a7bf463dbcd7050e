import type { UserId, WorkspaceId } from '@frontdesk/contract'
import { beginDeletion, type Certificate, countDeleted, finishDeletion } from '../../platform/audit/index.ts'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { graceLasts, workspaceRests } from './close-workspace.ts'
import { eraseWorkspace } from './erase-workspace.ts'

/**
 * Deletes a workspace whose grace is over, with its test workspace, and certifies what went: counts by table are added up where the rows are deleted, and the certificate
 * is written in the transaction in which the workspace's own row goes. May be begun again after a crash.
 */
export async function deleteWorkspace(eraser: Database, workspaceId: WorkspaceId): Promise<Certificate> {
  const testWorkspaceId = await eraser.inWorkspace(workspaceId, begin)
  const deleted = (tx: WorkspaceTx, table: string, rows: number) => countDeleted(tx, workspaceId, table, rows)
  if (testWorkspaceId !== null) await eraseWorkspace(eraser, testWorkspaceId, { deleted })
  let certificate: Certificate | undefined
  await eraseWorkspace(eraser, workspaceId, {
    deleted,
    finished: async (tx) => {
      certificate = await finishDeletion(tx)
    },
  })
  if (!certificate) throw new Error('The workspace was deleted without a certificate.')
  return certificate
}

async function begin(tx: WorkspaceTx): Promise<WorkspaceId | null> {
  const {
    closes_at: closesAt,
    rests,
    test_workspace_id: testWorkspaceId,
  } = await tx.db
    .selectFrom('workspace')
    .select(['closes_at', 'rests', 'test_workspace_id'])
    .where('id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  if (closesAt === null) throw new Error('This workspace is open, so it is not deleted.')
  const owners = await tx.db
    .selectFrom('member')
    .select('user_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('role', '=', 'owner')
    .where('removed_at', 'is', null)
    .execute()
  const tell = owners.flatMap(({ user_id }): UserId[] => (user_id === null ? [] : [user_id]))
  await beginDeletion(tx, { testWorkspaceId, closedAt: closesAt.subtract(rests ? workspaceRests : graceLasts), tell })
  return testWorkspaceId
}
