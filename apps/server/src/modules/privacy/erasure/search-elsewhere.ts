import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field } from '../../../platform/inventory/index.ts'
import type { Catalog } from './catalog.ts'
import { type Identifiers, searchable } from './identifiers.ts'
import type { Inventory } from './plan.rules.ts'
import type { ErasureReceipt } from './receipt.ts'
import { opened } from './whose-rows.ts'

const own = ['erasure', 'erasure_row']

/** Looks for what named her in every row of every table of the workspace. Her own rows are gone; what is found is in rows of others, which a person has to read. */
export async function searchElsewhere(
  tx: WorkspaceTx,
  catalog: Catalog,
  inventory: Inventory,
  identifiers: Identifiers,
): Promise<ErasureReceipt['mentioned']> {
  const words = searchable(identifiers)
  if (words.length === 0) return []
  const found: { table: string; rows: number }[] = []
  for (const table of catalog.columns.keys()) {
    if (own.includes(table)) continue
    const { rows } = await sql<{ rows: number }>`
      select count(*)::int as rows from ${sql.table(table)} t
      where t.workspace_id = ${tx.workspaceId} and exists (select from unnest(${[...words]}::text[]) as word where position(word in lower(t::text)) > 0)`.execute(
      tx.db,
    )
    const inSealed = await searchSealed(tx, table, sealedColumns(inventory, table), words)
    const all = (rows[0]?.rows ?? 0) + inSealed
    if (all > 0) found.push({ table, rows: all })
  }
  return found.sort((one, other) => one.table.localeCompare(other.table))
}

function sealedColumns(inventory: Inventory, table: string): readonly string[] {
  const columns: Readonly<Record<string, Field>> = inventory.find((each) => each.schema === 'public' && each.table === table)?.columns ?? {}
  return Object.entries(columns)
    .filter(([, field]) => field.kind === 'personal' && field.stored === 'encrypted' && field.erase !== 'destroy_key')
    .map(([column]) => column)
}

const BATCH = 200

async function searchSealed(tx: WorkspaceTx, table: string, columns: readonly string[], words: readonly string[]): Promise<number> {
  const found = new Set<string>()
  for (const column of columns) {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const { rows } = await sql<{ id: string; value: string | null }>`
        select t.id, trim(both '"' from t.${sql.ref(column)}::text) as value from ${sql.table(table)} t
        where t.workspace_id = ${tx.workspaceId} and t.id > ${after} order by t.id limit ${BATCH}`.execute(tx.db)
      for (const { id, value } of rows) {
        if (value === null) continue
        const text = opened(tx, { table, column, rowId: id }, value).toLowerCase()
        if (words.some((word) => text.includes(word))) found.add(id)
      }
      const last = rows.at(-1)
      if (!last || rows.length < BATCH) break
      after = last.id
    }
  }
  return found.size
}
