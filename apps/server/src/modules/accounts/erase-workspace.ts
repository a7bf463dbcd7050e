import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../../platform/database/index.ts'
import { sqlState } from '../../platform/errors/index.ts'
import { definePortList } from '../../platform/events/index.ts'

/** What a room does before the rows of a workspace are deleted, such as destroying the keys of its files. May run again after a crash. */
export type EraseWorkspaceStep = { readonly eraseWorkspace: (workspaceId: WorkspaceId) => Promise<void> }

/** The rooms and platform parts that keep something of a workspace outside its tables. */
export const eraseWorkspaceSteps = definePortList<EraseWorkspaceStep>('accounts.erase-workspace')

const batch = 5000
// These go with the workspace's own row: the database would not let it be without an owner or an address.
const goLast = ['member', 'workspace_slug']

/** Deletes everything of a workspace, in small steps that go on after a crash, and its row at the end. `eraser` is the role that may delete what others only append. */
export async function eraseWorkspace(eraser: Database, workspaceId: WorkspaceId): Promise<void> {
  for (const step of eraseWorkspaceSteps.all()) await step.eraseWorkspace(workspaceId)
  let waiting = await workspaceTables(eraser)
  while (waiting.length > 0) {
    const blocked: string[] = []
    for (const table of waiting) if (!(await emptyTable(eraser, workspaceId, table))) blocked.push(table)
    if (blocked.length === waiting.length)
      throw new Error(`These tables hold each other's rows: ${blocked.join(', ')}. The workspace was not deleted.`)
    waiting = blocked
  }
  await eraser.inWorkspace(workspaceId, (tx) => tx.db.deleteFrom('workspace').where('id', '=', workspaceId).execute())
}

/** Every table of workspaces that the eraser may delete from. */
async function workspaceTables(eraser: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'delete') and c.relname <> all(${goLast})
    order by c.relname`.execute(eraser.outside)
  return rows.map(({ name }) => name)
}

/** Deletes a table's rows; false where rows of another table still point at them. */
async function emptyTable(eraser: Database, workspaceId: WorkspaceId, table: string): Promise<boolean> {
  for (;;) {
    const deleted = await eraser
      .inWorkspace(workspaceId, async (tx) => {
        const result = await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId} and ctid = any(array(
          select ctid from ${sql.table(table)} where workspace_id = ${workspaceId} limit ${batch}))`.execute(tx.db)
        return Number(result.numAffectedRows ?? 0n)
      })
      .catch((error: unknown) => {
        if (sqlState(error) === '23503') return undefined
        throw error
      })
    if (deleted === undefined) return false
    if (deleted === 0) return true
  }
}
