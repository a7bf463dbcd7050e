import type { ContactId } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { readCursor } from '../../platform/http/index.ts'
import type { Slot } from './fields/field.tables.ts'
import { fieldsInUse } from './fields/list-fields.ts'
import { typedValue } from './fields/typed-value.ts'
import { moreMemory, type ReadyFilter, whereBegins, whereFilter } from './segments/filter-contacts.ts'

/** An own field by which contacts are ordered. Its values stand in a column with an index that begins with the workspace and ends with the id. */
export type FieldSort = { readonly slot: Slot; readonly type: 'text' | 'number' | 'money' | 'date' }

/** Where a row stands: with its value, or, behind all who have one, without. */
export type FieldPlace = readonly ['value' | 'none', string, string]

/** In which order contacts are read by an own field, and from where. Those without a value stand behind the others in both directions. */
export type FieldOrder = {
  readonly sort: FieldSort
  /** The largest value first. */
  readonly falling: boolean
  /** Read from the end. */
  readonly backwards: boolean
  readonly after: FieldPlace | undefined
  readonly skip: number
}

/** Types whose values have an order that somebody expects. Choices stand in an order of their own: they are grouped by. */
const columnOf = { text: 'text', link: 'text', yes_no: 'text', number: 'number', money: 'money', date: 'date' } as const

/** Reads the field that a table is ordered by. Throws `http/invalid-request` for one that is not there or has no order. */
export async function readFieldSort(tx: WorkspaceTx, sort: `own.${string}`): Promise<FieldSort> {
  const field = (await fieldsInUse(tx)).find(({ key }) => `own.${key}` === sort)
  if (!field) throw fault('There is no such field.')
  const type = field.type in columnOf ? columnOf[field.type as keyof typeof columnOf] : undefined
  if (type === undefined) throw fault(`“${field.label}” has no order. Group by it instead.`)
  if (field.filter !== 'ready' || field.slot === null)
    throw fault(
      `Lists are not narrowed by “${field.label}”, so they cannot be ordered by it. Turn that on in the settings, or wait a moment.`,
    )
  return { slot: field.slot, type }
}

const fault = (message: string): Refusal =>
  new Refusal('http/invalid-request', { detail: message, faults: [{ path: 'query.sort', code: 'sort', message }] })

/** Reads where a cursor stands. Throws `http/invalid-request` for that of another order. */
export function readFieldPlace(cursor: string | undefined, { type }: FieldSort): FieldPlace | undefined {
  const value = { text: z.string(), number: z.string().regex(/^-?[\d.e+-]+$/), money: z.string().regex(/^-?\d+$/), date: z.iso.date() }[
    type
  ]
  const place = readCursor(cursor, [z.enum(['value', 'none']), z.union([value, z.literal('')]), z.uuid()])
  if (place && place[0] === 'value') readCursor(cursor, [z.literal('value'), value, z.uuid()])
  return place
}

export type PlacedRow = { readonly id: ContactId; readonly place: FieldPlace }

/** As many are looked at one after the other before the whole set is asked for. */
const WALK = 1000

/**
 * The first `most` contacts in the order of an own field: those with a value along the index of its column, then those without, by id. Read backwards the two change places.
 * What is passed over in the first of the two is counted only where it goes beyond it.
 */
export async function rowsByField(tx: WorkspaceTx, ready: ReadyFilter, order: FieldOrder, most: number, walk = WALK): Promise<PlacedRow[]> {
  const parts = order.backwards ? (['none', 'value'] as const) : (['value', 'none'] as const)
  const found: PlacedRow[] = []
  let skip = order.skip
  let after = order.after
  for (const part of parts) {
    // A cursor in the second part is behind all of the first.
    if (after && after[0] !== part) continue
    const rows = await rowsOfPart(tx, ready, part, { ...order, after, skip }, most - found.length, walk)
    found.push(...rows)
    if (found.length >= most) return found
    skip = rows.length > 0 || skip === 0 ? 0 : Math.max(0, skip - (await countOfPart(tx, ready, part, { ...order, after })))
    after = undefined
  }
  return found
}

type Part = FieldPlace[0]

/** What one part is read from, called `c`, with the value as `placed` beside it; each contact by its key, whatever the plan. */
function fromPart(tx: WorkspaceTx, part: Part, { slot }: FieldSort, how: 'walk' | 'set'): RawBuilder<unknown> {
  const column = sql.ref(`x.${slot}`)
  if (part === 'none') return sql`contact c`
  if (how === 'set')
    return sql`contact_field_index x join contact c on c.workspace_id = ${tx.workspaceId} and c.id = x.id and x.workspace_id = ${tx.workspaceId} and ${column} is not null`
  return sql`contact_field_index x cross join lateral (select * from contact k where k.workspace_id = ${tx.workspaceId} and k.id = x.id offset 0) c`
}

function wherePart(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  part: Part,
  { sort, falling, backwards, after }: Omit<FieldOrder, 'skip'>,
): RawBuilder<boolean> {
  const column = sql.ref(`x.${sort.slot}`)
  const begins = whereBegins(tx, ready)
  const down = part === 'value' ? falling !== backwards : backwards
  const way = sql.raw(down ? '<' : '>')
  if (part === 'none') return after ? sql<boolean>`${begins} and c.id ${way} ${after[2]}::uuid` : begins
  const behind = after ? sql` and (${column}, x.id) ${way} (${typedValue(sort.type, after[1])}, ${after[2]}::uuid)` : sql``
  return sql<boolean>`x.workspace_id = ${tx.workspaceId} and ${column} is not null${behind} and ${begins}`
}

/** What contacts of a part have beside standing in it. Where nearly everybody has a value, a walk would look for those without to its end: they are a filter, which is given up for the whole set. */
function whereLacking(tx: WorkspaceTx, part: Part, { slot }: FieldSort): RawBuilder<boolean> {
  if (part === 'value') return sql<boolean>`true`
  return sql<boolean>`not exists (
    select from contact_field_index x where x.workspace_id = ${tx.workspaceId} and x.id = c.id and ${sql.ref(`x.${slot}`)} is not null)`
}

async function rowsOfPart(
  tx: WorkspaceTx,
  ready: ReadyFilter,
  part: Part,
  order: FieldOrder,
  most: number,
  walk: number,
): Promise<PlacedRow[]> {
  const { sort, falling, backwards, skip } = order
  const down = part === 'value' ? falling !== backwards : backwards
  const way = sql.raw(down ? 'desc' : 'asc')
  const placed = part === 'value' ? sql.ref(`x.${sort.slot}`) : sql`null::text`
  const by = (alias: string) =>
    part === 'value' ? sql`${sql.ref(`${alias}.placed`)} ${way}, ${sql.ref(`${alias}.id`)} ${way}` : sql`${sql.ref(`${alias}.id`)} ${way}`
  const alongIndex = part === 'value' ? sql`${sql.ref(`x.${sort.slot}`)} ${way}, x.id ${way}` : sql`c.id ${way}`
  const where = wherePart(tx, ready, part, order)
  const read = (rows: readonly { readonly id: ContactId | null; readonly placed: string | null }[]) =>
    rows.flatMap(({ id, placed: value }): PlacedRow[] => (id === null ? [] : [{ id, place: [part, value ?? '', id] }]))
  const lacking = whereLacking(tx, part, sort)
  const all = part === 'value' && ready.filter.join === 'all' && ready.filter.parts.length === 0
  if (all || skip <= walk) {
    const steps = all ? skip + most : walk + skip
    const { rows } = await sql<{ walked: number; id: ContactId | null; placed: string | null }>`
      with walked as materialized (
        select c.id, c.workspace_id, c.name_sort, c.last_activity_at, c.created_at, c.archived_at, c.company_id, c.owner_member_id, ${placed} as placed
        from ${fromPart(tx, part, sort, 'walk')} where ${where} order by ${alongIndex} limit ${steps}),
      fitting as (select c.id, c.placed from walked c where ${whereFilter(tx, ready, 'walk')} and ${lacking} order by ${by('c')} offset ${skip} limit ${most})
      select seen.walked::int as walked, f.id, f.placed::text as placed
      from (select count(*) as walked from walked) seen left join fitting f on true order by ${by('f')}`.execute(tx.db)
    const found = read(rows)
    if (all || found.length >= most || (rows[0]?.walked ?? 0) < steps) return found
  }
  await moreMemory(tx)
  const { rows } = await sql<{ id: ContactId; placed: string | null }>`
    with fitting as materialized (
      select c.id, ${placed} as placed from ${fromPart(tx, part, sort, 'set')} where ${where} and ${whereFilter(tx, ready, 'set')} and ${lacking})
    select f.id, f.placed::text as placed from fitting f order by ${by('f')} offset ${skip} limit ${most}`.execute(tx.db)
  return read(rows)
}

async function countOfPart(tx: WorkspaceTx, ready: ReadyFilter, part: Part, order: FieldOrder): Promise<number> {
  await moreMemory(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${fromPart(tx, part, order.sort, 'set')}
    where ${wherePart(tx, ready, part, order)} and ${whereFilter(tx, ready, 'set')} and ${whereLacking(tx, part, order.sort)}`.execute(
    tx.db,
  )
  return rows[0]?.count ?? 0
}
