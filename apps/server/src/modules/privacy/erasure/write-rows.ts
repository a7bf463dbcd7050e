import { randomBytes } from 'node:crypto'
import type { ContactId, PersonData } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { foldText, indexContact, refreshSearchText, screenBefore } from '../../contacts/index.ts'
import { type Catalog, type LiveColumn, readCatalog } from './catalog.ts'
import { erasedBefore } from './erased-before.ts'
import type { HashedPoint } from './hash-of-erased.ts'
import { NotTakenOver } from './not-taken-over.ts'
import { exportable } from './person-data.ts'
import { type Inventory, planErasure, quote, type TablePlan } from './plan.rules.ts'

type Row = Readonly<Record<string, unknown>>
type Points = readonly HashedPoint[]
type Written = { readonly contactId: ContactId; readonly points: Points; readonly rows: number; readonly afterFiles: () => Promise<void> }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Writes one person's rows into this workspace under new ids that keep their moment, services and staff they point at as archived ones. What the copy leaves out is made anew
 * or left empty. Throws `NotTakenOver` for somebody who was erased here, who is here already, or whom the business does not serve.
 */
export async function writeRows(
  tx: WorkspaceTx,
  data: PersonData,
  inventory: Inventory,
  files: ReadonlyMap<string, string>,
): Promise<Written> {
  const points = (data.tables.contact_point ?? []).map(
    ({ kind, value_normalized: value }): HashedPoint => ({
      kind: kind === 'phone' || kind === 'handle' ? kind : 'email',
      value: String(value),
    }),
  )
  if (await erasedBefore(tx, points)) throw new NotTakenOver('erased_before')
  if (await anybodyHas(tx, points)) throw new NotTakenOver('already_here')
  await requireServed(tx, points)

  const catalog = await readCatalog(tx)
  const plan = planErasure(inventory, catalog)
  const taken = plan.tables
    .filter(
      (table) => exportable(table) && inventory.find((each) => each.table === table.table)?.ownWork !== true && table.table !== 'file',
    )
    .toReversed() // what others hang on first
  const ids = new Map(files)
  const rowsOf = (table: string): readonly Row[] => data.tables[table] ?? []
  for (const { table } of taken) for (const { id } of rowsOf(table)) ids.set(idFrom(id), sameMoment(idFrom(id)))
  const contactId = ids.get(data.contactId) as ContactId | undefined
  if (!contactId || rowsOf('contact').length === 0) throw new NotTakenOver('damaged')

  // What only rows point at that are not taken over stays away with them.
  const pointedAt = new Set(catalog.foreignKeys.filter(({ table }) => taken.some((each) => each.table === table)).map(({ to }) => to))
  for (const [table, rows] of Object.entries(data.context))
    if (pointedAt.has(table)) await writeContext(tx, table, rows, { catalog, inventory, ids })
  for (const table of ['company', 'tag']) await reuseByName(tx, table, rowsOf(table), ids)
  let written = 0
  const later: (() => Promise<void>)[] = []
  for (const table of taken) {
    const write = async () => {
      const made = rowsOf(table.table).map((row) => rowFor(row, table, { catalog, ids, contactId }))
      written += await insertRows(tx, table.table, catalog.columns.get(table.table) ?? [], made)
    }
    // Rows that point at files wait until these are known.
    if (catalog.foreignKeys.some((key) => key.table === table.table && key.to === 'file')) later.push(write)
    else await write()
  }
  return {
    contactId,
    points,
    get rows() {
      return written
    },
    afterFiles: async () => {
      for (const write of later) await write()
      for (const { id } of rowsOf('contact')) {
        const hers = ids.get(idFrom(id)) as ContactId
        await indexContact(tx, hers)
        await refreshSearchText(tx, hers)
      }
    },
  }
}

function idFrom(value: unknown): string {
  if (typeof value !== 'string' || !uuid.test(value)) throw new NotTakenOver('damaged')
  return value
}

/** A new id that sorts where the old one did: its moment and its place among those of that moment stay (RFC 9562 §5.7), the rest is chance. */
function sameMoment(id: string): string {
  const rest = randomBytes(8)
  rest[0] = 0x80 | ((rest[0] ?? 0) & 0x3f)
  const hex = rest.toString('hex')
  return `${id.slice(0, 18)}-${hex.slice(0, 4)}-${hex.slice(4)}`
}

/** What refuses somebody new refuses whoever is brought in a file. */
async function requireServed(tx: WorkspaceTx, points: Points): Promise<void> {
  try {
    await screenBefore(tx, points)
  } catch (error) {
    if (error instanceof Refusal && error.type === 'privacy/place-not-served') throw new NotTakenOver('not_served')
    throw error
  }
}

async function anybodyHas(tx: WorkspaceTx, points: Points): Promise<boolean> {
  if (points.length === 0) return false
  const found = await tx.db
    .selectFrom('contact_point')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'value_normalized',
      'in',
      points.map(({ value }) => value),
    )
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

type Place = { readonly catalog: Catalog; readonly ids: Map<string, string>; readonly contactId: ContactId }

/** Names as they are sorted and compared are not part of the copy. */
const folded = (row: Row, { name }: LiveColumn): string | undefined =>
  name === 'name_folded' || name === 'name_sort' ? foldText(String(row.name ?? '')) : undefined

function rowFor(row: Row, { table }: TablePlan, { catalog, ids, contactId }: Place): Row {
  const live = catalog.columns.get(table) ?? []
  return Object.fromEntries(
    live
      .filter(({ generated, name }) => !generated && name !== 'workspace_id')
      .map((column) => [column.name, folded(row, column) ?? valueFor(row[column.name], column, { table, catalog, ids, contactId })]),
  )
}

function valueFor(value: unknown, column: LiveColumn, place: Place & { readonly table: string }): unknown {
  const { table, catalog, ids, contactId } = place
  const key = catalog.foreignKeys.find((each) => each.table === table && each.column === column.name)
  if (value === undefined || value === null) return column.notNull ? (key?.to === 'contact' ? contactId : emptyFor(column)) : null
  const moved = withNewIds(value, ids)
  if (key && moved === value) return column.notNull ? (key.to === 'contact' ? contactId : failDamaged()) : null
  return moved
}

const failDamaged = (): never => {
  throw new NotTakenOver('damaged')
}

function withNewIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value
  if (Array.isArray(value)) return value.map((each) => withNewIds(each, ids))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNewIds(each, ids)]))
  return value
}

function emptyFor({ type }: LiveColumn): unknown {
  if (type === 'text') return ''
  if (type === 'boolean') return false
  if (type === 'jsonb') return {}
  if (type === 'integer' || type === 'bigint') return 0
  return failDamaged()
}

/** In one statement, because rows of one table point at each other too. */
async function insertRows(tx: WorkspaceTx, table: string, columns: readonly LiveColumn[], rows: readonly Row[]): Promise<number> {
  const [first] = rows
  if (!first) return 0
  const names = columns.filter(({ name }) => name in first).map(({ name }) => quote(name))
  const result = await sql`
    insert into ${sql.table(table)} (workspace_id, ${sql.raw(names.join(', '))})
    select ${tx.workspaceId}, ${sql.raw(names.join(', '))} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx.db)
  return Number(result.numAffectedRows ?? 0n)
}

/** Services, staff and channels that her rows point at: those that are here by the same name, or archived ones of their own. */
async function writeContext(
  tx: WorkspaceTx,
  table: string,
  rows: readonly Row[],
  { catalog, inventory, ids }: Omit<Place, 'contactId'> & { readonly inventory: Inventory },
): Promise<void> {
  const columns = catalog.columns.get(table)
  const declared = inventory.find((each) => each.schema === 'public' && each.table === table)
  if (!columns || !declared || declared.subjects.some(({ root }) => root === 'contact')) return
  for (const row of rows) {
    const id = idFrom(row.id)
    const known = await byName(tx, table, columns, row)
    ids.set(id, known ?? sameMoment(id))
    if (known) continue
    const made: Record<string, unknown> = { ...row, id: ids.get(id) }
    for (const { name, type, notNull } of columns) {
      if (name === 'workspace_id') delete made[name]
      else if (name === 'active') made[name] = false
      else if (name === 'archived_at') made[name] = tx.now.toString()
      else if (made[name] === undefined) made[name] = notNull ? emptyFor({ name, type, notNull, generated: false }) : null
    }
    await insertRows(tx, table, columns, [made])
  }
}

async function byName(tx: WorkspaceTx, table: string, columns: readonly LiveColumn[], row: Row): Promise<string | undefined> {
  if (!columns.some(({ name }) => name === 'name') || typeof row.name !== 'string') return undefined
  const kind = columns.some(({ name }) => name === 'kind') && typeof row.kind === 'string' ? row.kind : null
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and name = ${row.name} ${kind === null ? sql`` : sql`and kind = ${kind}`} order by id limit 1`.execute(
    tx.db,
  )
  return rows[0]?.id
}

/** A company or a tag of the same name is the same one. */
async function reuseByName(tx: WorkspaceTx, table: string, rows: readonly Row[], ids: Map<string, string>): Promise<void> {
  for (const row of rows) {
    const { rows: known } = await sql<{ id: string }>`
      select id from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and name = ${String(row.name)} limit 1`.execute(tx.db)
    if (known[0]) ids.set(idFrom(row.id), known[0].id)
  }
}
