import { workspaceDataVersion } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field } from '../../../platform/inventory/index.ts'
import { type Catalog, type Inventory, openSealed, readCatalog } from '../erasure/index.ts'

type Row = Readonly<Record<string, unknown>>

/** One table as the copy has it. */
export type WholeTable = {
  readonly table: string
  readonly columns: Readonly<Record<string, Field>>
  /** What is read of a row, as the database names it. */
  readonly read: readonly string[]
  /** Mails as they were sent, which become files of their own. */
  readonly mails: readonly string[]
  /** Secrets and hashes: named, never given. */
  readonly leftOut: readonly string[]
}

/** Rows read at once. Mails and files, which may be large, are read one by one. */
const AT_ONCE = 1000

/** Every table of the workspace by the inventory, what others hang on first. Secrets are left out by their declaration, not by a list. */
export async function wholeTables(tx: WorkspaceTx, inventory: Inventory): Promise<readonly WholeTable[]> {
  const catalog = await readCatalog(tx)
  const tables = inventory.filter(({ schema, table }) => schema === 'public' && (table === 'workspace' || catalog.columns.has(table)))
  return parentsFirst(
    catalog,
    tables.map(({ table }) => table),
  ).map((table) => {
    const columns: Readonly<Record<string, Field>> = tables.find((each) => each.table === table)?.columns ?? {}
    const names = Object.keys(columns).filter((column) => column !== 'workspace_id')
    const leftOut = names.filter((column) => isSecret(columns[column]))
    const mails = names.filter((column) => column === 'raw' && isSealed(columns[column]))
    return { table, columns, read: names.filter((column) => !leftOut.includes(column) && !mails.includes(column)), mails, leftOut }
  })
}

/** Credentials, keyed hashes, and where encrypted bytes lie: they open or find something, and tell nobody anything. */
const isSecret = (field: Field | undefined): boolean =>
  field?.kind === 'personal' && (field.category === 'credential' || field.stored === 'hashed' || field.erase === 'destroy_key')

const isSealed = (field: Field | undefined): boolean => field?.kind === 'personal' && field.stored === 'encrypted'

function parentsFirst({ foreignKeys }: Catalog, tables: readonly string[]): readonly string[] {
  const sorted: string[] = []
  const waiting = new Set(tables.toSorted())
  while (waiting.size > 0) {
    const free = [...waiting].filter((table) => !foreignKeys.some((key) => key.table === table && key.to !== table && waiting.has(key.to)))
    // Tables that point at each other stand in the order of the alphabet.
    for (const table of free.length > 0 ? free : [...waiting].slice(0, 1)) {
      sorted.push(table)
      waiting.delete(table)
    }
  }
  return sorted
}

/** How many rows there are, for the progress. */
export async function countRows(tx: WorkspaceTx, { table }: WholeTable): Promise<number> {
  const { rows } = await sql<{
    rows: number
  }>`select count(*)::int as rows from ${sql.table(table)} where ${ofWorkspace(tx, table)}`.execute(tx.db)
  return rows[0]?.rows ?? 0
}

/** The next rows of a table after one of them, in the order in which they were made; encrypted fields opened. */
export async function readRows(tx: WorkspaceTx, table: WholeTable, after: string | undefined): Promise<readonly Row[]> {
  const columns = sql.join(table.read.map((column) => sql`t.${sql.ref(column)}`))
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(r) as row from (
      select ${columns} from ${sql.table(table.table)} t
      where ${ofWorkspace(tx, table.table)} ${after === undefined ? sql`` : sql`and t.id > ${after}::uuid`} order by t.id limit ${AT_ONCE}
    ) r`.execute(tx.db)
  return rows.map(({ row }) => given(tx, table, row))
}

/** Whether there may be more after these. */
export const isFull = (rows: readonly unknown[]): boolean => rows.length === AT_ONCE

function given(tx: WorkspaceTx, { table, columns }: WholeTable, row: Row): Row {
  const opened = (column: string, value: unknown): unknown =>
    isSealed(columns[column]) && typeof value === 'string' ? openSealed(tx, { table, column, rowId: String(row.id) }, value) : value
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, opened(column, value)]))
}

/** The ids of rows with a mail as it was sent. */
export async function mailIds(tx: WorkspaceTx, table: WholeTable, column: string, after: string | undefined): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(table.table)} t where ${ofWorkspace(tx, table.table)} and t.${sql.ref(column)} is not null
      ${after === undefined ? sql`` : sql`and t.id > ${after}::uuid`} order by t.id limit ${AT_ONCE}`.execute(tx.db)
  return rows.map(({ id }) => id)
}

const ofWorkspace = (tx: WorkspaceTx, table: string) =>
  table === 'workspace' ? sql`id = ${tx.workspaceId}` : sql`workspace_id = ${tx.workspaceId}`

/** What stands at the beginning of the copy: every table with its columns, what kind of data each is and why it is kept, and what was left out. */
export const describeData = (
  tables: readonly WholeTable[],
  made: { readonly at: Temporal.Instant; readonly workspaceId: string; readonly business: string },
) => ({
  schema: 'frontdesk-workspace-data' as const,
  version: workspaceDataVersion,
  exportedAt: made.at.toString(),
  workspaceId: made.workspaceId,
  business: made.business,
  tables: Object.fromEntries(
    tables.map(({ table, columns, read, mails, leftOut }) => [
      table,
      {
        columns: Object.fromEntries(read.map((column) => [column, describeColumn(columns[column])])),
        mails: [...mails],
        leftOut: [...leftOut],
      },
    ]),
  ),
})

function describeColumn(field: Field | undefined): Readonly<Record<string, string>> {
  switch (field?.kind) {
    case 'personal':
      return { kind: 'personal', category: field.category, purpose: field.purpose, basis: field.basis, retention: field.retention }
    case 'reference':
      return { kind: 'reference', to: field.to }
    case 'system':
    case undefined:
      return { kind: 'system' }
  }
}
