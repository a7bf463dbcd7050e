import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { RetentionRule } from '../../../platform/inventory/index.ts'
import { quote } from '../erasure/plan.rules.ts'
import type { DueWhen } from './due-rows.ts'
import { takeDue } from './due-rows.ts'
import type { Link, RetentionPlan, TablePart } from './plan-retention.ts'

/** Rows that one transaction takes, without what hangs on them. */
export const BATCH = 500

/** What one batch did: how many rows it took, and the files whose keys are to be destroyed once it is committed. */
export type PurgedBatch = { readonly rows: number; readonly fileIds: readonly string[] }

/** Takes the next rows of one part, children first, and counts them in the run, all in one transaction. */
export async function purgeBatch(
  tx: WorkspaceTx,
  { links }: RetentionPlan,
  part: TablePart,
  when: DueWhen,
  runId: string,
): Promise<PurgedBatch> {
  const ids = await takeDue(tx, part, when, BATCH)
  if (ids.length === 0) return { rows: 0, fileIds: [] }
  const gone = new Map<string, number>()
  const fileIds = new Set<string>()
  if (part.how === 'empty') {
    const sets = part.emptied.map((column) => `${quote(column)} = null`).join(', ')
    await sql`update ${sql.table(part.table)} set ${sql.raw(sets)} where workspace_id = ${tx.workspaceId} and id = any (${[...ids]}::uuid[])`.execute(
      tx.db,
    )
    gone.set(part.table, ids.length)
  } else {
    await deleteWithChildren(tx, links, part.table, ids, gone, fileIds)
  }
  const files = await forgetFiles(tx, links, [...fileIds])
  await countInRun(tx, runId, part.rule, gone, files.length)
  return { rows: ids.length, fileIds: files }
}

async function deleteWithChildren(
  tx: WorkspaceTx,
  links: readonly Link[],
  table: string,
  ids: readonly string[],
  gone: Map<string, number>,
  fileIds: Set<string>,
): Promise<void> {
  for (const { table: child, column } of links.filter(({ to, then }) => to === table && then === 'cascade')) {
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(child)} where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} = any (${[...ids]}::uuid[])`.execute(
      tx.db,
    )
    if (rows.length > 0)
      await deleteWithChildren(
        tx,
        links,
        child,
        rows.map(({ id }) => id),
        gone,
        fileIds,
      )
  }
  for (const { column } of links.filter((link) => link.table === table && link.to === 'file')) {
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(column)} as id from ${sql.table(table)}
      where workspace_id = ${tx.workspaceId} and id = any (${[...ids]}::uuid[]) and ${sql.ref(column)} is not null`.execute(tx.db)
    for (const { id } of rows) fileIds.add(id)
  }
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and id = any (${[...ids]}::uuid[])`.execute(tx.db)
  gone.set(table, (gone.get(table) ?? 0) + Number(numAffectedRows ?? 0n))
}

/** Removes the rows of files that nothing points at any more, and answers which: their keys are destroyed after the commit. */
async function forgetFiles(tx: WorkspaceTx, links: readonly Link[], ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const used = links
    .filter(({ to, then }) => to === 'file' && then !== 'cascade')
    .map(
      ({ table, column }) =>
        `and not exists (select from ${quote(table)} u where u.workspace_id = f.workspace_id and u.${quote(column)} = f.id)`,
    )
  const { rows } = await sql<{ id: string }>`
    delete from file f where f.workspace_id = ${tx.workspaceId} and f.id = any (${[...ids]}::uuid[]) ${sql.raw(used.join(' '))} returning f.id`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

/** Counts what went in the report of its night, in the transaction in which it went. */
export async function countInRun(
  tx: WorkspaceTx,
  runId: string,
  rule: RetentionRule,
  gone: ReadonlyMap<string, number>,
  files: number,
): Promise<void> {
  const run = await tx.db
    .selectFrom('retention_run')
    .select('counts')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const before = run.counts[rule] ?? { tables: {}, files: 0, held: 0 }
  const tables: Record<string, number> = { ...before.tables }
  for (const [table, rows] of gone) tables[table] = (tables[table] ?? 0) + rows
  const counts = { ...run.counts, [rule]: { ...before, tables, files: before.files + files } }
  await tx.db
    .updateTable('retention_run')
    .set({ counts: JSON.stringify(counts) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', runId)
    .execute()
}
