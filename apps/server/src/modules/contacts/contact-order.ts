import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { readCursor } from '../../platform/http/index.ts'

/** What contacts are ordered by: each has an index that begins with the workspace and ends with the id. */
export type ContactSort = 'recent' | 'name' | 'created'

/** In which order contacts are read, and from where. */
export type ContactOrder = {
  readonly by: ContactSort
  /** Read from the other end. */
  readonly reversed?: boolean
  /** The sort value and the id of the row that they come after. */
  readonly after: readonly [string, string] | undefined
  /** So many are passed over first. */
  readonly skip?: number
}

/** What a page goes on from. */
export type OrderedRow = {
  readonly id: string
  readonly name_sort: string
  readonly last_activity_at: Temporal.Instant
  readonly created_at: Temporal.Instant
}

const columns = { recent: 'last_activity_at', name: 'name_sort', created: 'created_at' } as const

/** Whether the sort value grows from row to row. */
export const isRising = ({ by, reversed = false }: Pick<ContactOrder, 'by' | 'reversed'>): boolean => (by === 'name') !== reversed

/** What `order by` says. */
export function orderedBy(order: ContactOrder, alias: string): RawBuilder<unknown> {
  const way = isRising(order) ? sql`` : sql` desc`
  return sql`${sql.ref(`${alias}.${columns[order.by]}`)}${way}, ${sql.ref(`${alias}.id`)}${way}`
}

/** The rows behind the one an order goes on from; undefined where it begins. */
export function comesAfter(order: ContactOrder, alias: string): RawBuilder<boolean> | undefined {
  if (!order.after) return undefined
  const [value, id] = order.after
  const place = order.by === 'name' ? sql`${value}` : sql`${value}::timestamptz`
  const pair = sql`(${sql.ref(`${alias}.${columns[order.by]}`)}, ${sql.ref(`${alias}.id`)})`
  return isRising(order) ? sql<boolean>`${pair} > (${place}, ${id}::uuid)` : sql<boolean>`${pair} < (${place}, ${id}::uuid)`
}

/** Where a row stands in an order: what its cursor says. */
export const placeOf = (row: OrderedRow, by: ContactSort): readonly [string, string] => [
  by === 'name' ? row.name_sort : row[by === 'recent' ? 'last_activity_at' : 'created_at'].toString(),
  row.id,
]

/** Reads where a cursor stands. Throws `http/invalid-request` for that of another order. */
export const readPlace = (cursor: string | undefined, by: ContactSort): readonly [string, string] | undefined =>
  readCursor(cursor, [by === 'name' ? z.string() : z.iso.datetime(), z.uuid()])

/** Compares rows as the database orders them: text by code points. */
export function compareRows(one: OrderedRow, other: OrderedRow, order: Pick<ContactOrder, 'by' | 'reversed'>): number {
  const byValue =
    order.by === 'name'
      ? Buffer.compare(Buffer.from(one.name_sort), Buffer.from(other.name_sort))
      : Temporal.Instant.compare(
          one[order.by === 'recent' ? 'last_activity_at' : 'created_at'],
          other[order.by === 'recent' ? 'last_activity_at' : 'created_at'],
        )
  const rising = byValue || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  return isRising(order) ? rising : -rising
}
