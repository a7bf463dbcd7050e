import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { dumpDatabase } from '../../apps/server/src/platform/backup/index.ts'
import { CannotDecrypt, type Keys } from '../../apps/server/src/platform/crypto/index.ts'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'
import type { Files } from '../../apps/server/src/platform/files/index.ts'
import { readZip } from '../../apps/server/src/platform/zip/index.ts'

/** One place to look in. */
export type Haystack = { readonly place: string; readonly content: Buffer }

type AsSuperuser = TestDatabase['asSuperuser']

/** Our own backup of every table of every schema, encrypted fields in clear. Throws when the catalogue lists a table that the backup lacks. */
export async function backedUp({
  urls,
  keys,
  asSuperuser,
}: Pick<TestDatabase, 'urls' | 'keys' | 'asSuperuser'>): Promise<readonly Haystack[]> {
  const now = Temporal.Now.instant()
  const places = new Map<string, { readonly columns: readonly string[]; readonly parts: Buffer[] }>()
  let place = ''
  for await (const record of dumpDatabase(urls.backup, { version: 'test', createdAt: now })) {
    if (record.kind === 'table') {
      place = `${record.schema}.${record.table}`
      places.set(place, { columns: record.columns, parts: [] })
    }
    if (record.kind === 'rows') places.get(place)?.parts.push(Buffer.from(record.data))
  }
  const { rows } = await asSuperuser(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
      and c.relname !~ '^migration_'`)
  const missing = rows.map(({ name }) => String(name)).filter((name) => !places.has(name))
  if (missing.length > 0) throw new Error(`The catalogue lists tables that the backup lacks: ${missing.join(', ')}.`)
  return [...places].map(([name, { columns, parts }]) => {
    const content = Buffer.concat(parts) // whole, because a row may begin in one part and end in the next
    const clear = content.includes('v1|') ? inClear(name, columns, content.toString(), keys) : []
    return { place: name, content: Buffer.concat([content, ...clear.map((text) => Buffer.from(text))]) }
  })
}

/** Encrypted values of COPY text, opened. */
function inClear(place: string, columns: readonly string[], text: string, keys: Keys): readonly string[] {
  const table = place.split('.')[1] ?? ''
  return text.split('\n').flatMap((line) => {
    const cells = line.split('\t')
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return columns.flatMap((column, at) => {
      const value = (cells[at] ?? '').replace(/^"|"$/g, '')
      if (!value.startsWith('v1|')) return []
      try {
        return [keys.decrypt(value, { workspaceId: cell('workspace_id'), table, column, rowId: cell('id') })]
      } catch (error) {
        if (error instanceof CannotDecrypt) return []
        throw error
      }
    })
  })
}

/** The files in which PostgreSQL keeps the tables, indexes and statistics of this database. */
export async function tableFiles(asSuperuser: AsSuperuser): Promise<readonly Haystack[]> {
  await asSuperuser('checkpoint')
  const { rows } = await asSuperuser(
    `select current_setting('data_directory') || '/base/' || oid as folder from pg_database where datname = current_database()`,
  )
  const folder = String(rows[0]?.folder)
  return readdirSync(folder).map((name) => ({ place: `base/${name}`, content: readFileSync(path.join(folder, name)) }))
}

/** The file store: the bytes as they lie there, and what can still be opened, zipped or not. */
export async function storedFiles(files: Files, folder: string, workspaceId: WorkspaceId): Promise<readonly Haystack[]> {
  const found: Haystack[] = []
  const walk = (place: string): void => {
    for (const name of readdirSync(place)) {
      const file = path.join(place, name)
      if (statSync(file).isDirectory()) walk(file)
      else found.push({ place: `store ${name}`, content: readFileSync(file) })
    }
  }
  walk(folder)
  for await (const id of files.fileKeys.ids(workspaceId)) {
    const key = await files.fileKeys.find({ workspaceId, id })
    if (!key) continue
    const size = statSync(path.join(folder, key.address.slice(0, 2), key.address)).size
    const content = Buffer.concat(await Array.fromAsync(await files.get({ workspaceId, id, size })))
    found.push({ place: `file ${id}`, content: Buffer.concat([content, ...unzipped(content)]) })
  }
  return found
}

const unzipped = (content: Buffer): readonly Buffer[] =>
  content.subarray(0, 2).toString() === 'PK' ? [...readZip(content, { bytes: 1e9, entries: 1e5 }).values()].map((entry) => entry()) : []

/** What the inventory says may hold her ids for good. */
export const keepsIds = (place: string): boolean =>
  tableInventories.some(
    ({ schema, table, columns }) =>
      `${schema}.${table}` === place &&
      Object.values(columns).some(
        (field) =>
          typeof field === 'object' &&
          field !== null &&
          'kind' in field &&
          field.kind === 'reference' &&
          'to' in field &&
          field.to === 'contact' &&
          'erase' in field &&
          typeof field.erase === 'object' &&
          field.erase !== null &&
          'keep' in field.erase,
      ),
  )
