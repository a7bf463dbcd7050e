import { randomBytes, randomUUID } from 'node:crypto'
import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field } from '../../../platform/inventory/index.ts'
import { nobody } from '../../contacts/index.ts'
import type { Catalog, LiveColumn } from './catalog.ts'
import { countRows } from './change-rows.ts'
import { guardSmallGroups } from './guard-small-groups.ts'
import { type ErasurePlan, type LivesOn, quote, type TablePlan } from './plan.rules.ts'
import type { Row } from './small-groups.rules.ts'

type CountedPlan = TablePlan & { readonly counted: LivesOn }

/**
 * Writes what reports count once more, without her: under new ids that carry the day that stays and nothing else, pointing at a contact who is nobody and at no other row of
 * hers, without any time of the day, and without anything that anybody wrote. What could still tell whose a row was passes the guard of small groups. The rows themselves are
 * erased afterwards, so that nothing leads from one to the other.
 */
export async function copyWithoutHer(tx: WorkspaceTx, erasureId: string, plan: ErasurePlan, catalog: Catalog): Promise<void> {
  const counted = plan.tables.filter((table): table is CountedPlan => table.counted !== null).toReversed() // parents first
  const around = {
    catalog,
    nobody: await nobody(tx),
    hers: new Set<string>(await notedIds(tx, erasureId, 'contact')),
    zone: await zoneOf(tx),
  }
  for (const table of counted) {
    // What has no day yet, as a lead that is open, no report counts: it goes.
    const rows = (await readRows(tx, erasureId, table.table, catalog)).filter((row) => row[table.counted.day] !== null)
    if (rows.length === 0) continue
    const columns = (catalog.columns.get(table.table) ?? []).filter(({ generated }) => !generated)
    const copies: Row[] = []
    for (const row of rows) copies.push(await hangElsewhere(tx, withoutHer(row, columns, table, around), columns, table, counted, around))
    const guarded = await guardSmallGroups(tx, erasureId, { table, columns, copies, nobody: around.nobody })
    await insert(tx, table.table, columns, guarded)
    await countRows(tx, erasureId, `copied:${table.table}`, guarded.length)
  }
}

/**
 * What hangs on a counted row, as a message on a conversation, hangs on one of nobody's by chance: which of them belonged together is told no more. On one that is no older, where
 * there is one, so that it does not go before its time when that one has had its own.
 */
async function hangElsewhere(
  tx: WorkspaceTx,
  copy: Row,
  columns: readonly LiveColumn[],
  { table, counted }: CountedPlan,
  all: readonly CountedPlan[],
  { catalog, nobody: nobodyId }: Around,
): Promise<Row> {
  const hung: Record<string, unknown> = { ...copy }
  for (const { column, to } of catalog.foreignKeys.filter((key) => key.table === table)) {
    const parent = all.find((each) => each.table === to)
    if (!parent || columns.find(({ name }) => name === column)?.notNull !== true) continue
    const { rows } = await sql<{ id: string }>`
      select id from ${sql.table(to)} where workspace_id = ${tx.workspaceId} and ${sql.ref(parent.counted.contact)} = ${nobodyId}
      order by ${sql.ref(parent.counted.day)} >= ${copy[counted.day]}::timestamptz desc, random() limit 1`.execute(tx.db)
    if (!rows[0]) throw new Error(`A row of ${table} is counted, and what it hangs on in ${to} is not.`)
    hung[column] = rows[0].id
  }
  return hung
}

async function notedIds(tx: WorkspaceTx, erasureId: string, place: string): Promise<readonly ContactId[]> {
  const { rows } = await sql<{ id: ContactId }>`
    select row_id as id from erasure_row where workspace_id = ${tx.workspaceId} and erasure_id = ${erasureId} and place = ${place}`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

async function readRows(tx: WorkspaceTx, erasureId: string, table: string, catalog: Catalog): Promise<readonly Row[]> {
  // As text, so that every type comes back the way it went.
  const columns = (catalog.columns.get(table) ?? []).map(({ name }) => `t.${quote(name)}::text as ${quote(name)}`)
  const { rows } = await sql<Row>`
    select ${sql.raw(columns.join(', '))} from ${sql.table(table)} t
    where t.workspace_id = ${tx.workspaceId} and t.id in (select row_id from erasure_row where workspace_id = ${tx.workspaceId} and erasure_id = ${erasureId} and place = ${table})
    order by t.id`.execute(tx.db)
  return rows
}

type Around = {
  readonly catalog: Catalog
  readonly nobody: string
  /** The contact ids that are she. */
  readonly hers: ReadonlySet<string>
  readonly zone: string
}

/** One row without her. */
function withoutHer(row: Row, columns: readonly LiveColumn[], table: CountedPlan, around: Around): Row {
  const day = dayOf(momentOf(String(row[table.counted.day])), around.zone)
  return Object.fromEntries(columns.map((column) => [column.name, valueWithoutHer(row, column, day, table, around)]))
}

/** One value of a row that lives on: sums and what it tells stay for now; ids lead nowhere; the day stays and moments go; all else is emptied. */
function valueWithoutHer(row: Row, column: LiveColumn, day: Temporal.Instant, { counted, columns }: CountedPlan, around: Around): unknown {
  const { name } = column
  if (name === 'id') return idOfDay(day)
  if (name === 'version') return '1'
  const value = row[name]
  if (value === null || value === undefined) return null
  const text = String(value)
  if (name === 'workspace_id') return text
  if (around.hers.has(text)) return around.nobody
  if (counted.cleared?.includes(name)) return emptyOf(column)
  const field: Field | undefined = columns[name]
  const kept = field !== undefined && field.kind !== 'system' && typeof field.erase === 'object' && 'keep' in field.erase
  if (isMoment(column)) {
    if (counted.later?.includes(name)) return day.add({ minutes: 1 }).toString()
    if (name === counted.day || kept) return day.toString()
    if (field?.kind === 'system') return dayOf(momentOf(text), around.zone).toString()
    return column.notNull ? day.toString() : null
  }
  if (kept && isWallTime(text)) return day.toZonedDateTimeISO(around.zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  if (field?.kind === 'system' || kept) return text
  return emptyOf(column)
}

const isMoment = ({ type }: LiveColumn): boolean => type.startsWith('timestamp')

/** The wall clock of an appointment, `2027-01-05T10:30`. */
const isWallTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)

function emptyOf(column: LiveColumn): unknown {
  if (!column.notNull) return null
  switch (column.type) {
    case 'uuid':
      return randomUUID() // leads nowhere
    case 'text':
      return ''
    case 'jsonb':
      return '{}'
    case 'boolean':
      return false
    case 'integer':
    case 'bigint':
    case 'double precision':
      return 0
    default:
      throw new Error(`There is no empty value for ${column.name}, a column of the type ${column.type}.`)
  }
}

const momentOf = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))

/** The beginning of its day where the business is. */
const dayOf = (moment: Temporal.Instant, zone: string): Temporal.Instant => moment.toZonedDateTimeISO(zone).startOfDay().toInstant()

/** An ordered id that says its day and is otherwise chance. */
function idOfDay(day: Temporal.Instant): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(day.epochMilliseconds, 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

async function zoneOf(tx: WorkspaceTx): Promise<string> {
  const { rows } = await sql<{ zone: string }>`select zone from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  return rows[0]?.zone ?? 'UTC'
}

const AT_ONCE = 200

async function insert(tx: WorkspaceTx, table: string, columns: readonly LiveColumn[], rows: readonly Row[]): Promise<void> {
  const names = columns.map(({ name }) => quote(name)).join(', ')
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const values = rows
      .slice(at, at + AT_ONCE)
      .map((row) => sql`(${sql.join(columns.map(({ name, type }) => sql`${row[name]}::text::${sql.raw(type)}`))})`)
    await sql`insert into ${sql.table(table)} (${sql.raw(names)}) values ${sql.join(values)}`.execute(tx.db)
  }
}
