import type { ContactId } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import { CannotDecrypt } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type ErasurePlan, quote, type TablePlan } from './plan.rules.ts'

/** Puts values into a query of the plan: `:ws` and `:ids`. */
export function filled(text: string, values: { readonly ws: string; readonly ids: readonly string[] }): RawBuilder<{ id: string }> {
  const parts = text.split(/(:ws|:ids)\b/).map((part) => {
    if (part === ':ws') return sql`${values.ws}::uuid`
    return part === ':ids' ? sql`${[...values.ids]}::uuid[]` : sql.raw(part)
  })
  return sql<{ id: string }>`${sql.join(parts, sql.raw(''))}`
}

/** The contact and everybody who was merged into it: one person. */
export async function contactAndMerged(tx: WorkspaceTx, contactId: ContactId): Promise<readonly ContactId[]> {
  const { rows } = await sql<{ id: ContactId }>`
    with recursive hers (id) as (
      select ${contactId}::uuid
      union select c.id from contact c join hers on c.merged_into = hers.id where c.workspace_id = ${tx.workspaceId}
    ) select id from hers`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** The ids of her rows in one table, by its paths. */
export async function rowsOf(tx: WorkspaceTx, { ways }: TablePlan, contactIds: readonly ContactId[]): Promise<readonly string[]> {
  const found = new Set<string>()
  for (const way of ways)
    for (const { id } of (await filled(way, { ws: tx.workspaceId, ids: contactIds }).execute(tx.db)).rows) found.add(id)
  return [...found]
}

const anyUuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The rows of one table whose text names one of these ids. What is encrypted there is opened to look. */
export async function rowsMentioning(
  tx: WorkspaceTx,
  { table, mentionedIn }: TablePlan,
  ids: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (mentionedIn === null || ids.size === 0) return []
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId}
      and exists (select from regexp_matches(t.${sql.ref(mentionedIn)}::text, ${anyUuid}, 'g') as found (ids) where found.ids[1]::uuid = any (${[...ids]}::uuid[]))`.execute(
    tx.db,
  )
  const sealed = await sql<{ id: string; value: string }>`
    select t.id, trim(both '"' from t.${sql.ref(mentionedIn)}::text) as value from ${sql.table(table)} t
    where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(mentionedIn)}::text like '"v1|%'`.execute(tx.db)
  const found = sealed.rows.filter(({ id, value }) => {
    const text = opened(tx, { table, column: mentionedIn, rowId: id }, value)
    return [...text.matchAll(new RegExp(anyUuid, 'g'))].some(([each]) => ids.has(each))
  })
  return [...new Set([...rows, ...found].map(({ id }) => id))]
}

/** An encrypted value in clear; empty where its key is gone, because then nobody reads it. */
export function opened(
  tx: WorkspaceTx,
  place: { readonly table: string; readonly column: string; readonly rowId: string },
  value: string,
): string {
  try {
    return tx.keys.decrypt(value, { workspaceId: tx.workspaceId, ...place })
  } catch (error) {
    if (error instanceof CannotDecrypt) return ''
    throw error
  }
}

/** Lists of many people are about her too: files of imports and exports without subjects of their own. */
export async function sharedFiles(tx: WorkspaceTx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from file f where f.workspace_id = ${tx.workspaceId} and f.purpose in ('import', 'export')
      and not exists (select from file_subject s where s.workspace_id = f.workspace_id and s.file_id = f.id)`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Every row of hers, table by table, in the order of the plan. */
export async function everyRow(
  tx: WorkspaceTx,
  plan: ErasurePlan,
  contactIds: readonly ContactId[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const table of plan.tables) if (table.ways.length > 0) found.set(table.table, await rowsOf(tx, table, contactIds))
  const shared = await sharedFiles(tx)
  if (shared.length > 0) found.set('file', [...new Set([...(found.get('file') ?? []), ...shared])])
  const ids = new Set<string>([...contactIds, ...[...found].filter(([table]) => !isShared(plan, table)).flatMap(([, rows]) => rows)])
  for (const table of plan.tables)
    if (table.mentionedIn !== null)
      found.set(table.table, [...new Set([...(found.get(table.table) ?? []), ...(await rowsMentioning(tx, table, ids))])])
  return found
}

/** Rows that may be others' too do not make a row hers by naming them. */
const isShared = (plan: ErasurePlan, table: string): boolean => plan.tables.find((each) => each.table === table)?.alone ?? false

/** The rows of others that point at a row of this table, as a condition of a query; empty where nothing does. */
export const pointedAt = (
  table: string,
  foreignKeys: readonly { readonly table: string; readonly column: string; readonly to: string }[],
): string =>
  foreignKeys
    .filter((key) => key.to === table)
    .map((key) => `exists (select from ${quote(key.table)} o where o.workspace_id = t.workspace_id and o.${quote(key.column)} = t.id)`)
    .join(' or ')
