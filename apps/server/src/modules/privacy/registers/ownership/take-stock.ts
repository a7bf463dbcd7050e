import type { OwnershipInventory } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import type { Field } from '../../../../platform/inventory/index.ts'
import { registerSurroundings } from '../surroundings.ts'
import type { StoredChange } from './ownership.tables.ts'

/** What goes over, derived from the inventory: every table of the workspace that holds data of people, counted now. */
export async function takeStock(tx: WorkspaceTx, change: StoredChange): Promise<OwnershipInventory> {
  const tables: OwnershipInventory['tables'] = []
  for (const { schema, table, columns } of registerSurroundings.get().inventory) {
    const fields = Object.values(columns as Record<string, Field>)
    const categories = [...new Set(fields.flatMap((field) => (field.kind === 'personal' ? [field.category] : [])))].sort()
    if (schema !== 'public' || !('workspace_id' in columns) || categories.length === 0) continue
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where workspace_id = ${tx.workspaceId}`.execute(tx.db)
    tables.push({ table, categories, rows: rows[0]?.count ?? 0 })
  }
  const { rows } = await sql<{ people: number; objecting: number; files: number; bytes: string | null }>`
    select (select count(*)::int from contact where workspace_id = ${tx.workspaceId} and merged_into is null) as people,
      (select count(*)::int from ownership_notice
       where workspace_id = ${tx.workspaceId} and change_id = ${change.id} and objected_at is not null and contact_id is not null) as objecting,
      (select count(*)::int from file where workspace_id = ${tx.workspaceId}) as files,
      (select sum(size)::text from file where workspace_id = ${tx.workspaceId}) as bytes`.execute(tx.db)
  const counted = rows[0]
  return {
    successor: change.successor,
    effectiveOn: change.effective_on.toString(),
    madeAt: tx.now.toString(),
    people: counted?.people ?? 0,
    objecting: counted?.objecting ?? 0,
    tables: tables.sort((a, b) => a.table.localeCompare(b.table)),
    files: { count: counted?.files ?? 0, bytes: Number(counted?.bytes ?? 0) },
  }
}
