import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { neutralSession } from './dump-database.ts'
import { type BackupRecord, BackupUnreadable, type Partition } from './records.ts'
import { quoted, readTables, type TableFacts } from './schema-facts.ts'

/** What was loaded. */
export type LoadReport = { readonly tables: number; readonly rows: number }

type Table = Extract<BackupRecord, { kind: 'table' }>

/** pg-boss brings its own schema, which may be of another version than the backup's: columns that are gone are left out there. */
const libraryOwned = 'pgboss'

/** Says which version the schema here has, so it stays. */
const isLibraryVersion = ({ schema, table }: { schema: string; table: string }) => schema === libraryOwned && table === 'version'

/**
 * Puts a backup into a database whose schema is of the backup's version and which holds no data. One transaction, as the owner of the tables: all of it or
 * nothing. Foreign keys are made again at the end, which checks every one of them.
 */
export async function loadDatabase(
  ownerUrl: string,
  partitions: readonly Partition[],
  records: AsyncIterator<BackupRecord>,
): Promise<LoadReport> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'frontdesk restore' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(neutralSession)
    await client.query('begin')
    await addPartitions(client, partitions)
    const present = await readTables(client)
    const setAside = await setConstraintsAside(client)
    const emptied = present.filter((table) => !isLibraryVersion(table)).map(({ schema, table }) => quoted(schema, table))
    await client.query(`truncate ${emptied.join(', ')}`) // of what migrations put there: the backup has it as it was
    const report = await loadRecords(client, present, records)
    for (const statement of setAside.again) await client.query(statement)
    await client.query('commit')
    await client.query('analyze')
    return report
  } catch (error) {
    throw error instanceof BackupUnreadable
      ? error
      : new Error(`The backup could not be loaded; the database is as it was before. ${reasonOf(error)}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

const reasonOf = (error: unknown) =>
  error instanceof Error ? `${error.message}${'detail' in error && error.detail ? ` (${String(error.detail)})` : ''}` : String(error)

async function addPartitions(client: pg.Client, partitions: readonly Partition[]): Promise<void> {
  for (const { schema, table, ofSchema, of, bounds, guarded } of partitions) {
    const name = quoted(schema, table)
    const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [name])
    if (rows[0]?.exists) continue
    await client.query(`create table ${name} partition of ${quoted(ofSchema, of)} ${bounds}`)
    if (guarded) await client.query(`alter table ${name} enable row level security, force row level security`)
  }
}

/** Foreign keys, triggers and forced row-level security stand in the way of loading; answers the SQL that puts each back. */
async function setConstraintsAside(client: pg.Client): Promise<{ again: readonly string[] }> {
  await client.query("set local search_path to ''") // so that every name comes out qualified
  const { rows } = await client.query<{ away: string; again: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away,
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as again
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
    union all
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
           format('alter table %s enable %s trigger %I', tgrelid::regclass, case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname)
    from pg_trigger where not tgisinternal and tgparentid = 0 and tgenabled <> 'D'
    union all
    select format('alter table %s no force row level security', oid::regclass), format('alter table %s force row level security', oid::regclass)
    from pg_class where relforcerowsecurity`)
  await client.query('set local search_path to default')
  for (const { away } of rows) await client.query(away)
  return { again: rows.map((row) => row.again) }
}

async function loadRecords(client: pg.Client, present: readonly TableFacts[], records: AsyncIterator<BackupRecord>): Promise<LoadReport> {
  let loaded: LoadReport = { tables: 0, rows: 0 }
  for (;;) {
    const { value: record, done } = await records.next()
    if (done) throw new BackupUnreadable('The backup is cut off: its end is missing. Use another one.')
    if (record.kind === 'table')
      loaded = { tables: loaded.tables + 1, rows: loaded.rows + (await loadTable(client, present, record, records)) }
    if (record.kind === 'sequence') await setSequence(client, record)
    if (record.kind !== 'end') continue
    if (record.tables !== loaded.tables || record.rows !== loaded.rows) {
      throw new BackupUnreadable(
        `The backup says it holds ${record.rows} rows in ${record.tables} tables, but there were ${loaded.rows} in ${loaded.tables}. Use another one.`,
      )
    }
    return loaded
  }
}

async function loadTable(
  client: pg.Client,
  present: readonly TableFacts[],
  table: Table,
  records: AsyncIterator<BackupRecord>,
): Promise<number> {
  const name = quoted(table.schema, table.table)
  const here = present.find((each) => each.schema === table.schema && each.table === table.table)
  const kept = table.columns.filter((column) => here?.columns.includes(column))
  const fits = kept.length === table.columns.length
  if (!fits && table.schema !== libraryOwned)
    throw new Error(`The backup holds ${here ? `columns of ${name}` : `the table ${name}`} that its schema does not have.`)
  if (isLibraryVersion(table)) return passOver(records)

  const target = fits ? name : 'pg_temp.loading'
  if (!fits)
    await client.query(
      `create temporary table loading (${table.columns.map((column) => `${pg.escapeIdentifier(column)} text`).join(', ')}) on commit drop`,
    )
  const list = table.columns.map(pg.escapeIdentifier).join(', ')
  const rows = new TableRows(records, name)
  const copy = client.query(copyFrom(`copy ${target} (${list}) from stdin`))
  await pipeline(Readable.from(rows.data(), { objectMode: false }), copy)
  if (copy.rowCount !== rows.expected)
    throw new BackupUnreadable(`${name} has ${copy.rowCount} rows, but the backup says ${rows.expected}. Use another one.`)
  if (!fits) await moveOver(client, table, kept, here ? name : undefined)
  return rows.expected
}

/** The rows of one table as they come out of the backup, checked against the hash at their end. */
class TableRows {
  expected = 0
  readonly #records: AsyncIterator<BackupRecord>
  readonly #name: string

  constructor(records: AsyncIterator<BackupRecord>, name: string) {
    this.#records = records
    this.#name = name
  }

  async *data(): AsyncGenerator<Buffer> {
    const hash = createHash('sha256')
    for (;;) {
      const { value: record, done } = await this.#records.next()
      if (done || (record.kind !== 'rows' && record.kind !== 'table_end'))
        throw new BackupUnreadable(`The rows of ${this.#name} are cut off. Use another backup.`)
      if (record.kind === 'table_end') {
        if (record.sha256 !== hash.digest('hex'))
          throw new BackupUnreadable(`The rows of ${this.#name} are not those that were backed up. Use another backup.`)
        this.expected = record.rows
        return
      }
      hash.update(record.data)
      yield record.data
    }
  }
}

async function passOver(records: AsyncIterator<BackupRecord>): Promise<number> {
  const rows = new TableRows(records, 'a table')
  for await (const _ of rows.data());
  return rows.expected
}

async function moveOver(client: pg.Client, table: Table, kept: readonly string[], name: string | undefined): Promise<void> {
  const list = kept.map(pg.escapeIdentifier).join(', ')
  const casts = kept.map((column) => `${pg.escapeIdentifier(column)}::${table.types[table.columns.indexOf(column)]}`).join(', ')
  if (name) await client.query(`insert into ${name} (${list}) select ${casts} from pg_temp.loading`)
  await client.query('drop table pg_temp.loading')
}

async function setSequence(
  client: pg.Client,
  { schema, sequence, value, called }: Extract<BackupRecord, { kind: 'sequence' }>,
): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>('select to_regclass($1) is not null as exists', [quoted(schema, sequence)])
  if (rows[0]?.exists) await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(schema, sequence), value, called])
  else if (schema !== libraryOwned)
    throw new Error(`The backup holds the sequence ${quoted(schema, sequence)}, which its schema does not have.`)
}
