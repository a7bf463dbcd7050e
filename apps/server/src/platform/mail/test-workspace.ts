import { sql } from 'kysely'
import type { WorkspaceTx } from '../database/index.ts'

/** Whether this is the workspace of test keys: nothing leaves it, its mails end in the outbox screen. */
export async function isTestWorkspace(tx: WorkspaceTx): Promise<boolean> {
  const { rows } = await sql<{ test: boolean }>`select test_of is not null as test from workspace where id = ${tx.workspaceId}`.execute(
    tx.db,
  )
  return rows[0]?.test ?? false
}
