import type { Category, Field, SubjectPath, TableInventory } from '../../../../platform/inventory/index.ts'
import { type Catalog, contactColumns } from '../../erasure/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
type Inventory = readonly TableInventory<any>[]
type Via = Extract<SubjectPath, { via: readonly string[] }>

/** The tables that hold data of contacts by a path of the inventory, with the kinds of data in them. */
export function contactTables(inventory: Inventory): readonly { readonly table: string; readonly categories: readonly Category[] }[] {
  return inventory
    .filter(({ schema, subjects }) => schema === 'public' && subjects.some((path) => path.root === 'contact' && 'via' in path))
    .map(({ table, columns }) => ({
      table,
      categories: [
        ...new Set(Object.values(columns as Record<string, Field>).flatMap((field) => (field.kind === 'personal' ? [field.category] : []))),
      ].sort(),
    }))
    .filter(({ categories }) => categories.length > 0)
    .sort((a, b) => a.table.localeCompare(b.table))
}

/**
 * Queries that give the contacts whose rows stood in some tables, each with `:ws`, and the bounds `:from` and `:until` of the ids of rows. An id says when its row was
 * written.
 */
export function affectedQueries(tables: readonly string[], inventory: Inventory, catalog: Catalog): readonly string[] {
  return tables.flatMap((table) => {
    const declared = inventory.find((each) => each.schema === 'public' && each.table === table)
    const vias = (declared?.subjects ?? []).filter(
      (path): path is SubjectPath & Via & { root: 'contact' } => path.root === 'contact' && 'via' in path,
    )
    return vias.flatMap(({ via }) =>
      contactColumns(table, via, inventory, catalog).map(
        ({ from, column }) =>
          `select distinct ${column} as contact_id from ${from} where t0.workspace_id = :ws and t0.id >= :from and t0.id <= :until and ${column} is not null`,
      ),
    )
  })
}
