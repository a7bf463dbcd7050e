import type { ContactId } from '@frontdesk/contract'
import { type PersonData, personDataVersion } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field } from '../../../platform/inventory/index.ts'
import { splitHandle } from '../../contacts/index.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { identifiersOf } from './identifiers.ts'
import { maskOthers } from './mask-others.rules.ts'
import { type Inventory, planErasure, quote, type TablePlan } from './plan.rules.ts'
import { processingOf } from './processing-of.ts'
import { opened, rowsOf } from './whose-rows.ts'

type Row = Record<string, unknown>
/** Bytes of a row that are given as a file beside the data, such as a mail as it was sent. */
export type SealedFile = { readonly path: string; readonly table: string; readonly column: string; readonly rowId: string }

export type GatheredData = { readonly data: PersonData; readonly sealed: readonly SealedFile[]; readonly fileIds: readonly string[] }

/**
 * Everything that is kept about a contact, by the inventory: what is declared for export, table by table. Other people are left out or masked, secrets are never read. For another
 * provider what this one sent and decided is left out: she did not provide it (GDPR Art. 20(1)).
 */
export async function gatherPersonData(
  tx: WorkspaceTx,
  inventory: Inventory,
  contactIds: readonly ContactId[],
  reason: 'access' | 'portability' = 'access',
): Promise<GatheredData> {
  const catalog = await readCatalog(tx)
  const plan = planErasure(inventory, catalog)
  const { points } = await identifiersOf(tx, contactIds)
  const own = {
    ids: new Set<string>(contactIds),
    words: points.flatMap(({ kind, value }) => (kind === 'handle' ? splitHandle(value).value : value).toLowerCase()),
  }
  const tables: Record<string, Row[]> = {}
  const sealed: SealedFile[] = []
  const ours = new Set(inventory.flatMap(({ schema, table, ownWork }) => (schema === 'public' && ownWork === true ? [table] : [])))
  const shown = plan.tables
    .filter(exportable)
    .filter(({ table }) => reason === 'access' || !ours.has(table))
    .toReversed() // what others hang on first
  for (const table of shown) {
    const ids = await rowsOf(tx, table, contactIds)
    if (ids.length === 0) continue
    tables[table.table] = []
    for (const row of await readRows(tx, table.table, ids)) {
      const given: Row = {}
      for (const [column, field] of Object.entries(table.columns)) {
        const value = column === 'workspace_id' ? undefined : presented(row[column], field, own)
        if (value === undefined) continue
        if (field.kind === 'personal' && field.stored === 'encrypted' && typeof value === 'string') {
          if (column === 'raw')
            sealed.push({ path: `${table.table}/${String(row.id)}.eml`, table: table.table, column, rowId: String(row.id) })
          else if (table.table !== 'file') given[column] = opened(tx, { table: table.table, column, rowId: String(row.id) }, value)
        } else given[column] = value
      }
      tables[table.table]?.push(given)
    }
  }
  const files = (tables.file ?? []).filter(({ purpose }) => purpose !== 'import' && purpose !== 'export')
  if (tables.file) tables.file = files
  return {
    data: {
      schema: 'frontdesk-person-data',
      version: personDataVersion,
      exportedAt: tx.now.toString(),
      business: await businessName(tx),
      contactId: contactIds[0] ?? '',
      tables,
      context: await contextOf(tx, tables, inventory, catalog),
      processing: await processingOf(tx, shown, tables),
    },
    sealed,
    fileIds: await onlyHers(
      tx,
      files.map(({ id }) => String(id)),
      contactIds,
    ),
  }
}

/** A table with something of hers to show. */
export const exportable = ({ columns, ways }: Pick<TablePlan, 'columns' | 'ways'>): boolean =>
  ways.length > 0 && Object.values(columns).some((field) => field.kind === 'personal' && field.export)

async function readRows(tx: WorkspaceTx, table: string, ids: readonly string[]): Promise<readonly Row[]> {
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and t.id = any (${[...ids]}::uuid[]) order by t.id`.execute(
    tx.db,
  )
  return rows.map(({ row }) => row)
}

type Own = { readonly ids: ReadonlySet<string>; readonly words: readonly string[] }

/** One value as she is given it; undefined where it is not. */
function presented(value: unknown, field: Field, own: Own): unknown {
  if (value === undefined) return undefined
  switch (field.kind) {
    case 'system':
      return value
    case 'reference':
      // Somebody who works here, or another customer: not hers to be told.
      if (field.to === 'member' || field.to === 'user') return undefined
      return field.to === 'contact' && isOtherContact(value, field, own) ? undefined : value
    case 'personal':
      if (!field.export || field.category === 'credential' || field.stored === 'hashed') return undefined
      return typeof value === 'string' && maskedCategories.has(field.category) && field.stored !== 'encrypted'
        ? maskOthers(value, own.words)
        : value
  }
}

const maskedCategories: ReadonlySet<string> = new Set(['free_text', 'communication'])

/** A column of two people that names the other one. */
const isOtherContact = (value: unknown, field: Extract<Field, { kind: 'reference' }>, { ids }: Own): boolean =>
  typeof field.erase === 'object' && 'handOver' in field.erase && !ids.has(String(value))

/** What her rows point at and is nobody's: the service of a booking, the channel of a message. Names of people who work here are shortened. */
async function contextOf(
  tx: WorkspaceTx,
  tables: Readonly<Record<string, readonly Row[]>>,
  inventory: Inventory,
  catalog: Catalog,
): Promise<PersonData['context']> {
  const wanted = new Map<string, Set<string>>()
  for (const { table, column, to } of catalog.foreignKeys) {
    if (!tables[table] || tables[to] || to === 'member' || to === 'contact') continue
    for (const row of tables[table]) if (typeof row[column] === 'string') wanted.set(to, (wanted.get(to) ?? new Set()).add(row[column]))
  }
  const context: Record<string, Row[]> = {}
  for (const [table, ids] of wanted) {
    const declared = inventory.find((each) => each.schema === 'public' && each.table === table)
    // Rows that are about contacts belong to her tables or to nobody's copy.
    if (!declared || declared.subjects.some(({ root }) => root === 'contact')) continue
    const columns: Readonly<Record<string, Field>> = declared.columns
    context[table] = (await readRows(tx, table, [...ids])).map((row) =>
      Object.fromEntries(
        Object.entries(columns).flatMap(([column, field]): [string, unknown][] => {
          if (field.kind === 'system') return column === 'workspace_id' ? [] : [[column, row[column]]]
          return field.kind === 'personal' && field.category === 'name' ? [[column, initials(String(row[column] ?? ''))]] : []
        }),
      ),
    )
  }
  return context
}

/** `Ana Ruiz` → `Ana R.`: who it was, and no more. */
function initials(name: string): string {
  const [first = '', ...more] = name.split(/\s+/)
  return [first, ...more.map((word) => `${word.slice(0, 1)}.`)].join(' ')
}

/** Files that are about nobody else. */
async function onlyHers(tx: WorkspaceTx, ids: readonly string[], contactIds: readonly ContactId[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    select f.id from file f where f.workspace_id = ${tx.workspaceId} and f.id = any (${[...ids]}::uuid[])
      and not exists (select from file_subject s where s.workspace_id = f.workspace_id and s.file_id = f.id and s.contact_id <> all (${[...contactIds]}::uuid[]))
    order by f.id`.execute(tx.db)
  return rows.map(({ id }) => id)
}

async function businessName(tx: WorkspaceTx): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  return rows[0]?.name ?? ''
}

/** The bytes of one such file. */
export async function readSealed(tx: WorkspaceTx, { table, column, rowId }: SealedFile): Promise<Buffer> {
  const { rows } = await sql<{ value: string | null }>`
    select ${sql.raw(quote(column))} as value from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and id = ${rowId}`.execute(
    tx.db,
  )
  // MIME texts are kept as Latin-1, which has a letter for every byte.
  return Buffer.from(opened(tx, { table, column, rowId }, rows[0]?.value ?? ''), 'latin1')
}
