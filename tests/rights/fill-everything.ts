import { createHash, randomUUID } from 'node:crypto'
import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type Catalog, everyRow, type LiveColumn, planErasure, readCatalog } from '../../apps/server/src/modules/privacy/testing.ts'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'
import type { Field } from '../../apps/server/src/platform/inventory/index.ts'

/** A place that a marker was put into. */
export type Marked = { readonly place: string; readonly marker: string }

type Test = Pick<TestDatabase, 'database' | 'keys' | 'asSuperuser'>

/**
 * Puts a marker into every field of every table that the inventory leads to a contact: into the rows she has, and into a row made up for each table where she has none.
 * New columns and tables join by themselves; a table that a made-up row does not fit is named.
 */
export async function fillEverything(test: Test, workspaceId: WorkspaceId, contactId: ContactId, word: string): Promise<readonly Marked[]> {
  const { catalog, plan, rows } = await test.database.inWorkspace(workspaceId, async (tx) => {
    const found = await readCatalog(tx)
    const planned = planErasure(tableInventories, found)
    return { catalog: found, plan: planned, rows: new Map(await everyRow(tx, planned, [contactId])) }
  })
  const maker = rowMaker(test, workspaceId, contactId, catalog, rows)
  for (const { table, ways } of plan.tables.toReversed())
    if (ways.length > 0 && (rows.get(table) ?? []).length === 0) rows.set(table, [await maker(table)])
  const marked: Marked[] = []
  for (const { table, columns, ways } of plan.tables) {
    if (ways.length === 0) continue
    for (const [column, field] of Object.entries(columns)) {
      const live = catalog.columns.get(table)?.find(({ name }) => name === column)
      if (live && field.kind === 'personal')
        marked.push(...(await mark(test, workspaceId, table, live, field, rows.get(table) ?? [], word)))
    }
  }
  return marked
}

async function mark(
  { asSuperuser, keys }: Test,
  workspaceId: WorkspaceId,
  table: string,
  column: LiveColumn,
  field: Extract<Field, { kind: 'personal' }>,
  ids: readonly string[],
  word: string,
): Promise<readonly Marked[]> {
  if (!['text', 'jsonb'].includes(column.type) || field.stored === 'hashed' || field.erase === 'destroy_key') return []
  const marked: Marked[] = []
  for (const [at, id] of ids.entries()) {
    const { rows } = await asSuperuser(`select "${column.name}"::text as value from "${table}" where id = $1`, [id])
    const before = String(rows[0]?.value ?? '')
    const place = `${table}.${column.name}`
    if (field.stored === 'encrypted') {
      if (rows[0] === undefined) continue
      const sealed = keys.encrypt(`${word} ${place} ${at}`, { workspaceId, table, column: column.name, rowId: id })
      await asSuperuser(`update "${table}" set "${column.name}" = $2 where id = $1`, [id, sealed])
      marked.push({ place, marker: `${word} ${place} ${at}` })
      continue
    }
    if (before.includes(word)) {
      marked.push({ place, marker: before.slice(before.indexOf(word), before.indexOf(word) + word.length) })
      continue
    }
    // Addresses are looked for when she comes back, so they stay.
    if (table === 'contact_point' && column.name.startsWith('value')) continue
    const marker = `${word}${createHash('sha256').update(`${place}${at}`).digest('hex').slice(0, 6)}`
    const value = column.type === 'jsonb' ? JSON.stringify({ [marker]: marker }) : marker
    const fits = await asSuperuser(`update "${table}" set "${column.name}" = $2 where id = $1`, [id, value]).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code === '23514') return false // a state among few: nothing of hers fits
        throw error
      },
    )
    if (fits) marked.push({ place, marker })
  }
  return marked
}

type Maker = (table: string) => Promise<string>

function rowMaker(
  { asSuperuser }: Test,
  workspaceId: WorkspaceId,
  contactId: ContactId,
  catalog: Catalog,
  hers: ReadonlyMap<string, readonly string[]>,
): Maker {
  const make: Maker = async (table) => {
    const columns = (catalog.columns.get(table) ?? []).filter(({ generated }) => !generated)
    const failures: string[] = []
    const needed = columns.filter(({ name, notNull }) => notNull || leads(table, name))
    const ways = [1, nextNumber()].flatMap((number) => [needed, columns].map((wanted) => ({ wanted, number })))
    for (const { wanted, number } of ways) {
      const row: Record<string, unknown> = {}
      for (const [at, column] of wanted.entries())
        row[column.name] = column.type.startsWith('timestamp') ? later(at) : await valueFor(table, column, number)
      const names = Object.keys(row)
      const insert = `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`
      const failure = await asSuperuser(insert, Object.values(row)).then(
        () => undefined,
        (error: Error) => error.message,
      )
      if (failure === undefined) return String(row.id)
      failures.push(failure)
    }
    throw new Error(`No made-up row fits ${table}; give it one through its room: ${failures.join('; ')}`)
  }

  const leads = (table: string, column: string): boolean =>
    tableInventories.some(
      (each) => each.table === table && each.subjects.some((path) => path.root === 'contact' && 'via' in path && path.via[0] === column),
    )

  async function valueFor(table: string, { name, type }: LiveColumn, number: number): Promise<unknown> {
    if (name === 'workspace_id') return workspaceId
    // A row that is named as the contact is hers and nobody else's.
    if (name === 'id') return leads(table, 'id') ? contactId : randomUUID()
    const key = catalog.foreignKeys.find((each) => each.table === table && each.column === name)
    if (key?.to === 'contact' || (leads(table, name) && type === 'uuid' && !key)) return contactId
    if (key?.to === table) return null
    if (key) {
      const own = hers.get(key.to)?.[0]
      if (own) return own
      const { rows } = await asSuperuser(`select id from "${key.to}" where workspace_id = $1 limit 1`, [workspaceId])
      return rows[0]?.id ?? make(key.to)
    }
    if (type === 'uuid') return randomUUID()
    const { rows } = await asSuperuser(
      `select substring(pg_get_constraintdef(k.oid) from 'ARRAY\\[''?([^'',\\]]+)') as choice, substring(pg_get_constraintdef(k.oid) from ' ~ ''([^'']+)''') as shape from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attname = $2
       where k.conrelid = $1::regclass and k.contype = 'c' and k.conkey = array[a.attnum] limit 1`,
      [table, name],
    )
    if (rows[0]?.choice) return rows[0].choice
    if (type === 'integer' || type === 'bigint') return number
    if (type === 'text' && rows[0]?.shape) return texts.find((text) => new RegExp(rows[0]?.shape ?? '').test(text)) ?? samples.text
    return samples[type] ?? null
  }
  return make
}

/** Numbers that no row has yet, where 1 is taken. */
let numbers = 100
const nextNumber = (): number => {
  numbers += 1
  return numbers
}

/** Moments in the order of the columns: what begins stands before what ends. */
const later = (at: number): string => Temporal.Instant.from('2027-01-04T10:00:00Z').add({ minutes: at }).toString()

/** For columns whose texts have a shape. */
const texts = ['0'.repeat(64), 'sample']

const samples: Readonly<Record<string, unknown>> = {
  // Fits names, codes and hashes alike.
  text: '0'.repeat(64),
  boolean: false,
  jsonb: '{}',
  'text[]': '{}',
  'double precision': 1,
  date: '2027-01-04',
}
