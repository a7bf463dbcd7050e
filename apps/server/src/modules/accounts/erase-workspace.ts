import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { sqlState } from '../../platform/errors/index.ts'
import { definePortList } from '../../platform/events/index.ts'

/** What a room does before the rows of a workspace are deleted, such as destroying the keys of its files. May run again after a crash. */
export type EraseWorkspaceStep = { readonly eraseWorkspace: (workspaceId: WorkspaceId) => Promise<void> }

/** The rooms and platform parts that keep something of a workspace outside its tables. */
export const eraseWorkspaceSteps = definePortList<EraseWorkspaceStep>('accounts.erase-workspace')

const batch = 5000
// These go with the workspace's own row: the database would not let it be without an owner or an address.
const goLast = ['member', 'workspace_slug']

/** Who hears of what goes, in the transactions in which it goes. */
export type ErasureWitness = {
  readonly deleted: (tx: WorkspaceTx, table: string, rows: number) => Promise<void>
  /** With the workspace's own row. */
  readonly finished?: (tx: WorkspaceTx) => Promise<void>
}

/** The job that deletes workspaces: the one of their jobs that is left until it is done. */
export const tidyWorkspaceName = 'accounts.tidy-workspace'

/** Deletes everything of a workspace, in small steps that go on after a crash, and its row at the end. `eraser` is the role that may delete what others only append. */
export async function eraseWorkspace(eraser: Database, workspaceId: WorkspaceId, witness: ErasureWitness): Promise<void> {
  await eraseJobs(eraser, workspaceId, witness)
  for (const step of eraseWorkspaceSteps.all()) await step.eraseWorkspace(workspaceId)
  const tables = await workspaceTables(eraser)
  await emptyTables(eraser, workspaceId, tables, witness)
  await eraser.inWorkspace(workspaceId, async (tx) => {
    for (const table of goLast) await witness.deleted(tx, table, await countOf(tx, table))
    const { numDeletedRows } = await tx.db.deleteFrom('workspace').where('id', '=', workspaceId).executeTakeFirstOrThrow()
    await witness.deleted(tx, 'workspace', Number(numDeletedRows))
    await witness.finished?.(tx)
  })
  // What was under way when it began may have written once more, into tables that do not point at the workspace.
  const unseen: ErasureWitness = { deleted: async () => undefined }
  await eraseJobs(eraser, workspaceId, unseen)
  await emptyTables(eraser, workspaceId, tables, unseen)
}

async function eraseJobs(eraser: Database, workspaceId: WorkspaceId, witness: ErasureWitness): Promise<void> {
  await eraser.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ gone: number }>`select platform.erase_jobs_of_workspace(${tidyWorkspaceName}) as gone`.execute(tx.db)
    await witness.deleted(tx, 'job', rows[0]?.gone ?? 0)
  })
}

async function emptyTables(eraser: Database, workspaceId: WorkspaceId, tables: readonly string[], witness: ErasureWitness): Promise<void> {
  let waiting = tables
  while (waiting.length > 0) {
    const blocked: string[] = []
    for (const table of waiting) if (!(await emptyTable(eraser, workspaceId, table, witness))) blocked.push(table)
    if (blocked.length === waiting.length)
      throw new Error(`These tables hold each other's rows: ${blocked.join(', ')}. The workspace was not deleted.`)
    waiting = blocked
  }
}

async function countOf(tx: WorkspaceTx, table: string): Promise<number> {
  const { rows } = await sql<{
    rows: number
  }>`select count(*)::int as rows from ${sql.table(table)} where workspace_id = ${tx.workspaceId}`.execute(tx.db)
  return rows[0]?.rows ?? 0
}

/** Every table of workspaces that the eraser may delete from, those that point at others first: rows that go along with others would not be counted. */
async function workspaceTables(eraser: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'delete') and c.relname <> all(${goLast})
    order by c.relname`.execute(eraser.outside)
  const { rows: keys } = await sql<{ from: string; to: string }>`
    select distinct conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and conparentid = 0 and conrelid <> confrelid`.execute(eraser.outside)
  const waiting = new Set(rows.map(({ name }) => name))
  const sorted: string[] = []
  while (waiting.size > 0) {
    const free = [...waiting].filter((name) => !keys.some(({ from, to }) => to === name && waiting.has(from)))
    // Where tables point at each other, the database says which one has to wait.
    for (const name of free.length > 0 ? free : [...waiting].slice(0, 1)) {
      sorted.push(name)
      waiting.delete(name)
    }
  }
  return sorted
}

/** Deletes a table's rows; false where rows of another table still point at them. */
async function emptyTable(eraser: Database, workspaceId: WorkspaceId, table: string, witness: ErasureWitness): Promise<boolean> {
  for (;;) {
    const deleted = await eraser
      .inWorkspace(workspaceId, async (tx) => {
        const result = await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId} and ctid = any(array(
          select ctid from ${sql.table(table)} where workspace_id = ${workspaceId} limit ${batch}))`.execute(tx.db)
        const rows = Number(result.numAffectedRows ?? 0n)
        await witness.deleted(tx, table, rows)
        return rows
      })
      .catch((error: unknown) => {
        if (sqlState(error) === '23503') return undefined
        throw error
      })
    if (deleted === undefined) return false
    if (deleted === 0) return true
  }
}
