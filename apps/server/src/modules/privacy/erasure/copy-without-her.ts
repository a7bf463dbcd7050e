import { randomBytes, randomUUID } from 'node:crypto'
import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Field } from '../../../platform/inventory/index.ts'
import { nobody } from '../../contacts/index.ts'
import type { Catalog, LiveColumn } from './catalog.ts'
import { countRows } from './change-rows.ts'
import { type ErasurePlan, quote, type TablePlan } from './plan.rules.ts'

type Row = Readonly<Record<string, unknown>>

/**
 * Writes what reports count once more, without her: under new ids that carry a day and nothing else, pointing at a contact who is nobody, with days where moments were, and
 * nothing that anybody wrote. The rows themselves are erased afterwards, so that nothing leads from one to the other.
 */
export async function copyWithoutHer(tx: WorkspaceTx, erasureId: string, plan: ErasurePlan, catalog: Catalog): Promise<void> {
  const counted = plan.tables.filter((table) => table.counted).toReversed() // parents first
  const standIn = await nobody(tx)
  const zone = await zoneOf(tx)
  const places = new Map<string, string>()
  for (const contactId of await notedIds(tx, erasureId, 'contact')) places.set(contactId, standIn)
  const read = new Map<TablePlan, readonly Row[]>()
  for (const table of counted) {
    const rows = await readRows(tx, erasureId, table.table, catalog)
    read.set(table, rows)
    for (const row of rows) places.set(String(row.id), idOfDay(dayOf(bornAt(String(row.id)), zone)))
  }
  for (const [table, rows] of read) {
    const columns = (catalog.columns.get(table.table) ?? []).filter(({ generated }) => !generated)
    const copies = rows.map((row) =>
      Object.fromEntries(columns.map((column) => [column.name, withoutHer(row, column, { table, catalog, places, zone })])),
    )
    await insert(tx, table.table, columns, copies)
    await countRows(tx, erasureId, `copied:${table.table}`, copies.length)
  }
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
  readonly table: TablePlan
  readonly catalog: Catalog
  /** New ids by old ones. */
  readonly places: ReadonlyMap<string, string>
  readonly zone: string
}

/** One value of a row that lives on. What the inventory keeps stays; ids lead to the new rows; days stay and moments go; all else is emptied. */
function withoutHer(row: Row, column: LiveColumn, { table, catalog, places, zone }: Around): unknown {
  const value = row[column.name]
  if (value === null || value === undefined) return null
  const text = String(value)
  const moved = places.get(text)
  if (moved !== undefined) return moved
  const field: Field | undefined = table.columns[column.name]
  if (column.name === 'workspace_id') return text
  if (field === undefined) return emptyOf(column, text, zone)
  if (field.kind === 'system') return isMoment(column) ? dayOf(momentOf(text), zone).toString() : text
  const kept = typeof field.erase === 'object' && 'keep' in field.erase
  if (field.kind === 'personal') return kept ? text : emptyOf(column, text, zone)
  // Of another person who works here, and stays; or of a row of hers that does not live on.
  if (kept || !leadsToContact(field.to)) return text
  const isKey = catalog.foreignKeys.some((key) => key.table === table.table && key.column === column.name)
  return isKey ? null : randomUUID()
}

const leadsToContact = (to: string): boolean => to !== 'member' && to !== 'staff' && to !== 'user'

const isMoment = ({ type }: LiveColumn): boolean => type.startsWith('timestamp')

function emptyOf(column: LiveColumn, value: string, zone: string): unknown {
  if (isMoment(column)) return dayOf(momentOf(value), zone).toString()
  if (!column.notNull) return null
  switch (column.type) {
    case 'text':
      return ''
    case 'jsonb':
      return '{}'
    case 'boolean':
      return false
    case 'uuid':
      return randomUUID()
    case 'integer':
    case 'bigint':
    case 'double precision':
      return 0
    default:
      throw new Error(`There is no empty value for a column of the type ${column.type}.`)
  }
}

const momentOf = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))

/** The moment an ordered id was made. */
const bornAt = (id: string): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replace('-', '').slice(0, 12), 16))

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
