import type { WorkspaceId } from '@frontdesk/contract'
import type pg from 'pg'
import { CannotDecrypt, type Keys, noWorkspace } from '../crypto/index.ts'
import type { TableInventory } from '../inventory/index.ts'
import type { Database } from './open-database.ts'

/** A column that holds values encrypted with the key ring `field`. */
export type EncryptedColumn = { readonly schema: 'public' | 'auth'; readonly table: string; readonly column: string }

/** How far one column is: values that were moved, of those that an older key had encrypted, and those that nothing can read. */
export type MoveProgress = { readonly place: string; readonly moved: number; readonly of: number; readonly unreadable: number }

// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
type Inventory = readonly TableInventory<any>[]

/** Every column that the inventory declares as encrypted, or as credentials, some of which are. Files have keys of their own. */
export const encryptedColumns = (inventory: Inventory): readonly EncryptedColumn[] =>
  inventory.flatMap(({ schema, table, columns }) =>
    schema === 'platform'
      ? []
      : Object.entries(columns).flatMap(([column, field]) =>
          field.kind === 'personal' && field.erase !== 'destroy_key' && (field.stored === 'encrypted' || field.category === 'credential')
            ? [{ schema, table, column }]
            : [],
        ),
  )

export type MoveFields = {
  /** As the eraser, which alone may change what is append-only; bound by row-level security like everybody. */
  readonly eraser: Database
  /** As the role that guards people. */
  readonly auth: pg.Pool
  readonly keys: Keys
  readonly workspaces: readonly WorkspaceId[]
  readonly columns: readonly EncryptedColumn[]
  readonly onProgress?: (progress: MoveProgress) => void
}

/** Ids read at once; values are read one by one, because a mail may hold 25 MB. */
const AT_ONCE = 500

type Query = <Row>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>
type Place = EncryptedColumn & { readonly workspaceId: string }

/**
 * Encrypts with the key in use what an older one encrypted, while everybody works on: a value is replaced only where it is still the one that was read, so that whoever writes meanwhile
 * wins. May be stopped and run again at any time. Answers one line a column.
 */
export async function moveFields(work: MoveFields): Promise<readonly MoveProgress[]> {
  const done: MoveProgress[] = []
  for (const column of work.columns) {
    const places = placesOf(work, column)
    let progress: MoveProgress = { place: `${column.table}.${column.column}`, moved: 0, of: 0, unreadable: 0 }
    for (const place of places) progress = { ...progress, of: progress.of + (await countOlder(work, place)) }
    for (const place of places) progress = await movePlace(work, place, progress)
    done.push(progress)
    if (progress.of > 0) work.onProgress?.(progress)
  }
  return done
}

/** How many values a key encrypted, as `Keys.removeRetired` wants to know. */
export async function countFieldsOf(work: Omit<MoveFields, 'onProgress'>, keyId: string): Promise<number> {
  let uses = 0
  for (const column of work.columns)
    for (const place of placesOf(work, column)) uses += await countWhere(work, place, `${textOf(column)} like $1`, [`v1|${keyId}|%`])
  return uses
}

const placesOf = ({ workspaces }: Pick<MoveFields, 'workspaces'>, column: EncryptedColumn): readonly Place[] =>
  column.schema === 'auth' ? [{ ...column, workspaceId: noWorkspace }] : workspaces.map((workspaceId) => ({ ...column, workspaceId }))

/** The value as text, whether its column is text or holds a JSON string. */
const textOf = ({ column }: EncryptedColumn) => `(to_jsonb("${column}") #>> '{}')`
const tableOf = ({ schema, table }: EncryptedColumn) => `"${schema}"."${table}"`
const older = (column: EncryptedColumn) => `${textOf(column)} like 'v1|%' and ${textOf(column)} not like $1`
const current = (keys: Keys) => `v1|${keys.currentKeyId('field')}|%`

const countOlder = (work: MoveFields, place: Place) => countWhere(work, place, older(place), [current(work.keys)])

async function countWhere(work: Omit<MoveFields, 'onProgress'>, place: Place, where: string, values: readonly unknown[]): Promise<number> {
  return withQuery(work, place, async (query) => {
    const [row] = await query<{ n: number }>(`select count(*)::int as n from ${tableOf(place)} where ${where}${ofWorkspace(place)}`, values)
    return row?.n ?? 0
  })
}

async function movePlace(work: MoveFields, place: Place, from: MoveProgress): Promise<MoveProgress> {
  let progress = from
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const ids = await withQuery(work, place, (query) =>
      query<{ id: string }>(
        `select id from ${tableOf(place)} where ${older(place)}${ofWorkspace(place)} and id > $2 order by id limit ${AT_ONCE}`,
        [current(work.keys), after],
      ),
    )
    for (const { id } of ids) {
      const what = await withQuery(work, place, (query) => moveOne(query, work.keys, place, id))
      progress = {
        ...progress,
        moved: progress.moved + (what === 'moved' ? 1 : 0),
        unreadable: progress.unreadable + (what === 'unreadable' ? 1 : 0),
      }
      after = id
    }
    if (ids.length < AT_ONCE) return progress
    work.onProgress?.(progress)
  }
}

async function moveOne(query: Query, keys: Keys, place: Place, id: string): Promise<'moved' | 'unreadable' | 'changed'> {
  const [row] = await query<{ value: string; kind: string }>(
    `select ${textOf(place)} as value, pg_typeof("${place.column}")::text as kind from ${tableOf(place)} where id = $1${ofWorkspace(place)}`,
    [id],
  )
  if (!row?.value?.startsWith('v1|')) return 'changed' // gone, or written anew in the clear of another kind
  let moved: string | undefined
  try {
    moved = keys.reencryptIfOld(row.value, { workspaceId: place.workspaceId, table: place.table, column: place.column, rowId: id })
  } catch (error) {
    if (error instanceof CannotDecrypt) return 'unreadable'
    throw error
  }
  if (moved === undefined) return 'changed'
  const asKind = row.kind === 'jsonb' ? 'to_jsonb($2::text)' : '$2'
  const changed = await query(
    `update ${tableOf(place)} set "${place.column}" = ${asKind} where id = $1 and ${textOf(place)} = $3${ofWorkspace(place)} returning id`,
    [id, moved, row.value],
  )
  return changed.length === 1 ? 'moved' : 'changed'
}

/** Row-level security binds the transaction to the workspace; the condition lets the key of the table be used. */
const ofWorkspace = ({ schema, workspaceId }: Place) => (schema === 'auth' ? '' : ` and workspace_id = '${workspaceId}'`)

async function withQuery<T>(
  { eraser, auth }: Pick<MoveFields, 'eraser' | 'auth'>,
  place: Place,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  if (place.schema === 'auth') return work(async (text, values) => (await auth.query(text, [...values])).rows)
  const client = await eraser.pool.connect()
  try {
    await client.query('begin')
    await client.query("select set_config('app.workspace_id', $1, true)", [place.workspaceId])
    const result = await work(async (text, values) => (await client.query(text, [...values])).rows)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
