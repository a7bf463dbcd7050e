import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { type Certificate, readCertificates, restoreCertificate } from '../../platform/audit/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { eraseWorkspace } from './erase-workspace.ts'

/** Deletes again the workspaces that an older backup brought back, and takes their certificates back in. Runs before the server opens its port. Answers how many were deleted. */
export async function reapplyDeletions(eraser: Database, folder: string): Promise<number> {
  let deleted = 0
  for (const written of readCertificates(folder, eraser.keys).kept) {
    const { workspace, testWorkspace } = JSON.parse(written.text) as Certificate
    for (const id of [testWorkspace, workspace]) {
      if (id === null || !(await isThere(eraser, id))) continue
      await eraseWorkspace(eraser, id, { deleted: async () => undefined })
      deleted += 1
    }
    await eraser.inWorkspace(workspace, (tx) => restoreCertificate(tx, written))
  }
  return deleted
}

async function isThere(eraser: Database, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await eraser.inWorkspace(workspaceId, (tx) => sql`select from workspace where id = ${workspaceId}`.execute(tx.db))
  return rows.length > 0
}
