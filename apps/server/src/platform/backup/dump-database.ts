import { createHash } from 'node:crypto'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { BackupRecord } from './records.ts'
import { quoted, readMigrations, readPartitions, readSequences, readTables, type TableFacts, unreadableTables } from './schema-facts.ts'

/** Values are written the same way whatever the server's settings are. */
export const neutralSession =
  "set datestyle to 'ISO, YMD'; set intervalstyle to postgres; set timezone to 'UTC'; set bytea_output to hex; set extra_float_digits to 1; set client_encoding to 'UTF8'"

/** What to write at the head of a backup. */
export type DumpFacts = { readonly version: string; readonly createdAt: Temporal.Instant }

/** Reads every table of every schema as of one moment, while everybody goes on working. Throws when one table cannot be read whole. */
export async function* dumpDatabase(url: string, { version, createdAt }: DumpFacts): AsyncGenerator<BackupRecord> {
  const client = new pg.Client({ connectionString: url, application_name: 'frontdesk backup' })
  client.on('error', () => undefined) // a lost connection fails the query that runs
  await client.connect()
  try {
    await client.query(neutralSession)
    await client.query('begin isolation level repeatable read read only')
    const hidden = await unreadableTables(client)
    if (hidden.length > 0)
      throw new Error(
        `The backup cannot read these tables whole, so none was made: ${hidden.join(', ')}. Start Frontdesk once, so that it grants the right, and try again.`,
      )

    yield {
      kind: 'begin',
      version,
      createdAt: createdAt.toString(),
      migrations: await readMigrations(client),
      partitions: await readPartitions(client),
    }
    let tables = 0
    let rows = 0
    for (const table of await readTables(client)) {
      yield { kind: 'table', ...table }
      for await (const record of dumpTable(client, table)) {
        if (record.kind === 'table_end') rows += record.rows
        yield record
      }
      tables += 1
    }
    for (const sequence of await readSequences(client)) yield { kind: 'sequence', ...sequence }
    await client.query('commit')
    yield { kind: 'end', tables, rows }
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function* dumpTable(client: pg.Client, { schema, table, columns }: TableFacts): AsyncGenerator<BackupRecord> {
  const list = columns.map(pg.escapeIdentifier).join(', ')
  const hash = createHash('sha256')
  let rows = 0
  // A query and not the table's name: that is how a partitioned table is copied whole.
  for await (const data of client.query(copyTo(`copy (select ${list} from ${quoted(schema, table)}) to stdout`))) {
    hash.update(data)
    rows += linesIn(data)
    yield { kind: 'rows', data }
  }
  yield { kind: 'table_end', rows, sha256: hash.digest('hex') }
}

/** In COPY's text format each row is one line; line feeds within values are written as `\n`. */
function linesIn(data: Buffer): number {
  let lines = 0
  for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, at + 1)) lines += 1
  return lines
}
