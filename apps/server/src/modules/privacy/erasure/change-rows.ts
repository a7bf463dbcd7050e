import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Catalog } from './catalog.ts'
import { type ColumnChange, type ErasurePlan, quote, type TablePlan } from './plan.rules.ts'
import type { ErasureSurroundings } from './surroundings.ts'
import { pointedAt } from './whose-rows.ts'

type Running = ErasureSurroundings & {
  readonly workspaceId: WorkspaceId
  readonly erasureId: string
  readonly catalog: Catalog
  readonly plan: ErasurePlan
}

/** Destroys the keys of her files, hands over what is somebody else's too, empties what stays and deletes the rest, children first. Each table is a transaction. */
export async function changeRows(running: Running): Promise<void> {
  await destroyFiles(running)
  for (const plan of running.plan.tables) for (const { column, to } of plan.handOver) await handOver(running, plan.table, column, to)
  for (const plan of running.plan.tables.filter(({ goes }) => !goes)) await emptyRows(running, plan)
  for (const plan of running.plan.tables.filter(({ goes }) => goes)) await deleteRows(running, plan)
}

/** Counts in the transaction of what is counted, so that a crash loses none and counts none twice. They become the receipt. */
export async function countRows(tx: WorkspaceTx, erasureId: string, what: string, rows: number): Promise<void> {
  if (rows === 0) return
  await sql`
    update erasure set receipt = coalesce(receipt, '{}'::jsonb) || jsonb_build_object(${what}::text, coalesce((receipt ->> ${what})::int, 0) + ${rows}::int)
    where workspace_id = ${tx.workspaceId} and id = ${erasureId}`.execute(tx.db)
}

async function noted(tx: WorkspaceTx, erasureId: string, place: string): Promise<readonly string[]> {
  const rows = await tx.db
    .selectFrom('erasure_row')
    .select('row_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('erasure_id', '=', erasureId)
    .where('place', '=', place)
    .execute()
  return rows.map(({ row_id }) => row_id)
}

async function destroyFiles({ eraser, files, workspaceId, erasureId }: Running): Promise<void> {
  const ids = await eraser.inWorkspace(workspaceId, (tx) => noted(tx, erasureId, 'file'))
  // The rows go last: as long as they are there, a crash in between leads back here.
  for (const id of ids) await files.erase({ workspaceId, id })
}

async function handOver(running: Running, table: string, column: string, to: string): Promise<void> {
  const { eraser, workspaceId, erasureId } = running
  await eraser.inWorkspace(workspaceId, async (tx) => {
    const hers = [...(await noted(tx, erasureId, 'contact'))]
    const result = await sql`
      update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(to)}
      where workspace_id = ${workspaceId} and ${sql.ref(column)} = any (${hers}::uuid[]) and ${sql.ref(to)} <> all (${hers}::uuid[])`.execute(
      tx.db,
    )
    await countRows(tx, erasureId, `emptied:${table}`, Number(result.numAffectedRows ?? 0n))
  })
}

async function emptyRows(running: Running, plan: TablePlan): Promise<void> {
  const { eraser, workspaceId, erasureId, catalog } = running
  await eraser.inWorkspace(workspaceId, async (tx) => {
    const ids = [...(await noted(tx, erasureId, plan.table))]
    if (ids.length === 0) return
    const plain = plan.changes.filter(({ how }) => how !== 'hmac')
    const sets = plain.map((change) => `${quote(change.column)} = ${emptied(plan.table, change, catalog)}`)
    if (sets.length > 0) {
      await sql`update ${sql.table(plan.table)} set ${sql.raw(sets.join(', '))} where workspace_id = ${workspaceId} and id = any (${ids}::uuid[])`.execute(
        tx.db,
      )
    }
    for (const { column } of plan.changes.filter(({ how }) => how === 'hmac')) await hashColumn(tx, plan.table, column, ids)
    // Counted once: a row that was emptied before is found no more by its path, and stays noted.
    await sql`delete from erasure_row where workspace_id = ${workspaceId} and erasure_id = ${erasureId} and place = ${plan.table}`.execute(
      tx.db,
    )
    await countRows(tx, erasureId, `emptied:${plan.table}`, ids.length)
  })
}

function emptied(table: string, { column, how }: ColumnChange, { columns }: Catalog): string {
  const live = columns.get(table)?.find(({ name }) => name === column)
  if (how === 'day') return `date_trunc('day', ${quote(column)} at time zone 'UTC') at time zone 'UTC'`
  return how === 'null' && !live?.notNull ? 'null' : "''"
}

async function hashColumn(tx: WorkspaceTx, table: string, column: string, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string; value: string | null }>`
    select id, ${sql.ref(column)}::text as value from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and id = any (${[...ids]}::uuid[])`.execute(
    tx.db,
  )
  for (const { id, value } of rows) {
    if (value === null) continue
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${tx.keys.hash(tx.workspaceId, column.replaceAll('|', ''), value)}
      where workspace_id = ${tx.workspaceId} and id = ${id}`.execute(tx.db)
  }
}

async function deleteRows(running: Running, { table, alone }: TablePlan): Promise<void> {
  const { eraser, workspaceId, erasureId, catalog } = running
  await eraser.inWorkspace(workspaceId, async (tx) => {
    const ids = [...(await noted(tx, erasureId, table))]
    if (ids.length === 0) return
    const others = alone ? pointedAt(table, catalog.foreignKeys) : ''
    const result = await sql`
      delete from ${sql.table(table)} t where t.workspace_id = ${workspaceId} and t.id = any (${ids}::uuid[]) ${sql.raw(others ? `and not (${others})` : '')}`.execute(
      tx.db,
    )
    const deleted = Number(result.numAffectedRows ?? 0n)
    await countRows(tx, erasureId, `deleted:${table}`, deleted)
    if (table === 'file') await countRows(tx, erasureId, 'files', deleted)
  })
}
