import pg from 'pg'

/** Rewriting a larger table would keep everybody else from it for too long; its freed space is written over when it is used again. */
const LARGEST_REWRITE_BYTES = 256 * 1024 * 1024
const LOCK_TIMEOUT = '5s'

/**
 * Makes the server forget what it deleted: rewrites the tables, because a plain VACUUM leaves the bytes of deleted rows in their pages until these are used again, and gathers
 * their statistics anew, because those quote values. As the owner of the tables. Answers whether all of it was written over.
 */
export async function vacuumTables(ownerUrl: string, tables: readonly string[]): Promise<'overwritten' | 'freed'> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'frontdesk vacuum' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`set lock_timeout to '${LOCK_TIMEOUT}'`)
    let all = true
    for (const table of [...tables.map((name) => `public.${pg.escapeIdentifier(name)}`), 'pgboss.job', 'pg_catalog.pg_statistic'])
      all = (await rewrite(client, table)) && all
    return all ? 'overwritten' : 'freed'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function rewrite(client: pg.Client, table: string): Promise<boolean> {
  const before = await sizesOf(client, table)
  const ours = !table.startsWith('pg_catalog.')
  const statistics = ours ? ', analyze' : ''
  try {
    if ([...before.values()].reduce((sum, size) => sum + size, 0) <= LARGEST_REWRITE_BYTES) {
      const was = await fileOf(client, table)
      await client.query(`vacuum (full${statistics}) ${table}`)
      if (ours) await forgetStatistics(client, table, before)
      // What an account may not rewrite is passed over with a warning: on somebody else's server the database may not be ours.
      return ours || (await fileOf(client, table)) !== was
    }
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  await client.query(`vacuum (skip_locked${statistics}) ${table}`)
  return false
}

/** Where its rows lie; a rewritten table lies elsewhere. */
async function fileOf(client: pg.Client, table: string): Promise<string | null> {
  const { rows } = await client.query<{ file: string | null }>('select pg_relation_filepath($1::regclass) as file', [table])
  return rows[0]?.file ?? null
}

/** Bytes of a table, or of each partition of one. */
async function sizesOf(client: pg.Client, table: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ name: string; size: number }>(
    `select relid::text as name, pg_table_size(relid)::float8 as size from pg_partition_tree($1::regclass) where isleaf
     union select $1::regclass::text, pg_table_size($1::regclass)::float8 where not exists (select from pg_partition_tree($1::regclass))`,
    [table],
  )
  return new Map(rows.map(({ name, size }) => [name, size]))
}

/**
 * ANALYZE passes over a table without rows and leaves what it knew of the last ones, values among it. Setting a column's type anew, to the same one, is the one way for an
 * owner to have its statistics removed that PostgreSQL 15 has; no row is touched (ALTER TABLE, "SET DATA TYPE").
 */
async function forgetStatistics(client: pg.Client, table: string, before: ReadonlyMap<string, number>): Promise<void> {
  const { rows: empty } = await client.query<{ name: string }>(
    'select c.oid::regclass::text as name from pg_class c where c.oid = any ($1::regclass[]) and pg_relation_size(c.oid) = 0',
    [[...before.keys()]],
  )
  if (!empty.some(({ name }) => before.size === 1 || (before.get(name) ?? 0) > 0)) return
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) || coalesce(' collate ' || quote_ident(n.nspname) || '.' || quote_ident(l.collname), '') as type
     from pg_attribute a left join pg_collation l on l.oid = a.attcollation left join pg_namespace n on n.oid = l.collnamespace
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid in ('text'::regtype, 'jsonb'::regtype)`,
    [table],
  )
  if (columns.length === 0) return
  const changes = columns.map(({ name, type }) => `alter column ${pg.escapeIdentifier(name)} type ${type}`)
  await client.query(`alter table ${table} ${changes.join(', ')}`)
  if (before.size > 1) await client.query(`analyze ${table}`)
}

/** Somebody else holds the table, or its owner is not ours to say. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['55P03', '40P01', '42501'].includes(String(error.code))
