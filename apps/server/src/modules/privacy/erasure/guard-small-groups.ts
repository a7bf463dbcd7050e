import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { LiveColumn } from './catalog.ts'
import { type LivesOn, quote, type TablePlan } from './plan.rules.ts'
import { exchange, isSmall, type Row, sumsOf } from './small-groups.rules.ts'
import { standIns } from './surroundings.ts'

/** How many rows of others are drawn to exchange with, at least; more where she has more. */
const DRAWN = 50

type Copies = {
  readonly table: TablePlan & { readonly counted: LivesOn }
  readonly columns: readonly LiveColumn[]
  readonly copies: readonly Row[]
  readonly nobody: string
}

/**
 * The guard of small groups: what her rows tell beside their day is exchanged with rows of others who were anonymized and whose sums are equal; where there are too few of them
 * it is taken off, because whoever knows a day of hers would read the rest. Totals by day are untouched either way.
 */
export async function guardSmallGroups(
  tx: WorkspaceTx,
  erasureId: string,
  { table, columns, copies, nobody }: Copies,
): Promise<readonly Row[]> {
  const people = await anonymizedBefore(tx, erasureId)
  const guarded: Row[] = []
  for (const group of Map.groupBy(copies, (row) => sumsOf(row, table.counted)).values()) {
    const before = { people, rows: await countAlike(tx, table, group, nobody) }
    if (isSmall(before)) {
      for (const row of group) guarded.push(await tellingNothing(tx, table, columns, row))
      continue
    }
    const drawn = await drawAlike(tx, { table, columns, copies: group, nobody })
    const exchanged = exchange([...group, ...drawn], table.counted)
    guarded.push(...exchanged.slice(0, group.length))
    await rewrite(tx, table, columns, exchanged.slice(group.length))
  }
  return guarded
}

/** How many people were anonymized before her. */
async function anonymizedBefore(tx: WorkspaceTx, erasureId: string): Promise<number> {
  const { people } = await tx.db
    .selectFrom('erasure')
    .select((of) => of.fn.countAll<string>().as('people'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('mode', '=', 'anonymize')
    .where('step', '<>', 'collect')
    .where('id', '<>', erasureId)
    .executeTakeFirstOrThrow()
  return Number(people)
}

/** Rows of nobody whose sums are equal. */
const alike = (tx: WorkspaceTx, { counted }: Copies['table'], [first]: readonly Row[], nobody: string) => {
  const equal = (counted.sums ?? []).map((column) => sql`${sql.ref(`t.${column}`)}::text is not distinct from ${first?.[column] ?? null}`)
  return sql`t.workspace_id = ${tx.workspaceId} and ${sql.ref(`t.${counted.contact}`)} = ${nobody}${equal.length > 0 ? sql` and ${sql.join(equal, sql` and `)}` : sql``}`
}

async function countAlike(tx: WorkspaceTx, table: Copies['table'], group: readonly Row[], nobody: string): Promise<number> {
  const { rows } = await sql<{
    n: string
  }>`select count(*) as n from ${sql.table(table.table)} t where ${alike(tx, table, group, nobody)}`.execute(tx.db)
  return Number(rows[0]?.n ?? 0)
}

/** Draws some of them by chance, locked. */
async function drawAlike(tx: WorkspaceTx, { table, columns, copies, nobody }: Copies): Promise<readonly Row[]> {
  const told = columns.filter(({ name }) => name in table.counted.tells || name === 'id')
  const { rows } = await sql<Row>`
    select ${sql.raw(told.map(({ name }) => `t.${quote(name)}::text as ${quote(name)}`).join(', '))} from ${sql.table(table.table)} t
    where ${alike(tx, table, copies, nobody)} order by random() limit ${Math.max(DRAWN, copies.length)} for update skip locked`.execute(
    tx.db,
  )
  return rows
}

async function rewrite(
  tx: WorkspaceTx,
  { table, counted }: Copies['table'],
  columns: readonly LiveColumn[],
  rows: readonly Row[],
): Promise<void> {
  const told = columns.filter(({ name }) => name in counted.tells)
  for (const row of rows) {
    const sets = told.map(({ name, type }) => sql`${sql.ref(name)} = ${row[name]}::text::${sql.raw(type)}`)
    await sql`update ${sql.table(table)} set ${sql.join(sets)} where workspace_id = ${tx.workspaceId} and id = ${row.id}`.execute(tx.db)
  }
}

/** A row that tells its day, its sums and how it ended. */
async function tellingNothing(
  tx: WorkspaceTx,
  { table, counted }: Copies['table'],
  columns: readonly LiveColumn[],
  row: Row,
): Promise<Row> {
  const told: Record<string, unknown> = { ...row }
  for (const { name } of columns) {
    const becomes = counted.tells[name]
    if (becomes === undefined || becomes === 'stays' || row[name] === null) continue
    if (becomes === 'day') told[name] = row[counted.day]
    else if (becomes === 'empty') told[name] = null
    else told[name] = await standInFor(tx, `${table}.${name}`)
  }
  return told
}

async function standInFor(tx: WorkspaceTx, column: string): Promise<string> {
  const standIn = standIns.all().find(({ columns }) => columns.includes(column))
  if (!standIn) throw new Error(`Nothing stands in for ${column}. Provide it in the room that owns it.`)
  return standIn.make(tx)
}
