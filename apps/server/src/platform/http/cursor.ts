import { type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import { Refusal } from '../errors/index.ts'

/** Where a list goes on: the sort values and the id of the last row of a page. Opaque to callers, and worth nothing to them: the query filters as before. */
export const writeCursor = (values: readonly (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

/** Reads a cursor that `writeCursor` wrote. Throws `http/invalid-request` for anything else. */
export function readCursor<const Parts extends readonly [z.ZodType, ...z.ZodType[]]>(
  cursor: string | undefined,
  parts: Parts,
): { -readonly [K in keyof Parts]: z.output<Parts[K]> } | undefined {
  if (cursor === undefined) return undefined
  const parsed = z.tuple(parts as unknown as [z.ZodType]).safeParse(decoded(cursor))
  if (parsed.success) return parsed.data as unknown as { -readonly [K in keyof Parts]: z.output<Parts[K]> }
  throw new Refusal('http/invalid-request', { detail: 'The cursor is not one of this list. Begin again without a cursor.' })
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** One page out of the rows of a query that asked for one row more than `limit`. */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  present: (row: Row) => Item,
  place: (row: Row) => readonly (string | number)[],
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(present), next: rows.length > limit && last !== undefined ? writeCursor(place(last)) : null }
}

/** One page of a query, newest first: ids are in the order in which they were made. */
export async function newestFirst<DB, Tables extends keyof DB, Row extends { readonly id: string }, Item>(
  query: SelectQueryBuilder<DB, Tables, Row>,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
  present: (row: Row) => Item,
): Promise<{ items: Item[]; next: string | null }> {
  const before = readCursor(wish.cursor, [z.uuid()])
  const rows = await query
    .$if(before !== undefined, (each) => each.where(sql<boolean>`id < ${before?.[0]}::uuid`))
    .orderBy(sql`id`, 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(rows, wish.limit, present, (row) => [row.id])
}
