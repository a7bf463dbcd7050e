import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

/** Rewriting a larger table would keep everybody else from it for too long; its freed space is written over when it is used again. */
const LARGEST_REWRITE_BYTES = 256 * 1024 * 1024
const LOCK_TIMEOUT = '5s'
/** Rows stay while any transaction is open that is older than their deletion. So long is waited for its end. */
const PATIENCE_MS = 60_000
const PAUSE_MS = 500

/**
 * Makes the server forget what it deleted: rewrites the tables, because a plain VACUUM leaves the bytes of deleted rows in their pages until these are used again, and gathers
 * their statistics anew, because those quote values. As the owner of the tables. Answers whether all of it was written over.
 */
export async function vacuumTables(
  ownerUrl: string,
  tables: readonly string[],
  patienceMs: number = PATIENCE_MS,
): Promise<'overwritten' | 'freed'> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'frontdesk vacuum' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`set lock_timeout to '${LOCK_TIMEOUT}'`)
    const until = performance.now() + patienceMs
    let left = [...tables.map((name) => `public.${pg.escapeIdentifier(name)}`), 'pgboss.job', 'pg_catalog.pg_statistic']
    let all = true
    while (left.length > 0) {
      const kept: string[] = []
      for (const table of left) {
        const outcome = await rewrite(client, table)
        if (outcome === 'kept for others') kept.push(table)
        else all = outcome === 'overwritten' && all
      }
      if (kept.length > 0 && performance.now() > until) return 'freed'
      if (kept.length > 0) await pause(PAUSE_MS)
      left = kept
    }
    return all ? 'overwritten' : 'freed'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function rewrite(client: pg.Client, table: string): Promise<'overwritten' | 'freed' | 'kept for others'> {
  const before = await sizesOf(client, table)
  const ours = !table.startsWith('pg_catalog.')
  const statistics = ours ? ', analyze' : ''
  try {
    if ([...before.values()].reduce((sum, size) => sum + size, 0) <= LARGEST_REWRITE_BYTES) {
      const was = await fileOf(client, table)
      const kept = await deadRowsKept(client, () => client.query(`vacuum (full, verbose${statistics}) ${table}`))
      if (ours) await forgetStatistics(client, table, before)
      if (kept > 0) return 'kept for others'
      // What an account may not rewrite is passed over with a warning: on somebody else's server the database may not be ours.
      return ours || (await fileOf(client, table)) !== was ? 'overwritten' : 'freed'
    }
  } catch (error) {
    if (wasReplaced(error)) return 'kept for others'
    if (!isBusy(error)) throw error
  }
  await client.query(`vacuum (skip_locked${statistics}) ${table}`)
  return 'freed'
}

/** How many deleted rows a rewrite took along, because a transaction that is still open may read them; the server says so in its notices, in any language. */
async function deadRowsKept(client: pg.Client, work: () => Promise<unknown>): Promise<number> {
  let kept = 0
  const listen = ({ routine, detail }: { readonly routine?: string | undefined; readonly detail?: string | undefined }) => {
    if (routine === 'copy_table_data') kept += Number(/\d+/.exec(detail ?? '')?.[0] ?? 0)
  }
  client.on('notice', listen)
  try {
    await work()
  } finally {
    client.off('notice', listen)
  }
  return kept
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
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
       and not exists (select from pg_partitioned_table p where p.partrelid = a.attrelid and a.attnum = any (p.partattrs::int2[]))`,
    [table],
  )
  if (columns.length === 0) return
  const changes = columns.map(({ name, type }) => `alter column ${pg.escapeIdentifier(name)} type ${type}`)
  await client.query(`alter table ${table} ${changes.join(', ')}`)
  if (before.size > 1) await client.query(`analyze ${table}`)
}

/**
 * Statistics that were replaced in this moment: the long values of the old row are cleared away before the row itself, and whoever still comes by it does not find them (pg_toast_2619 holds those of
 * pg_statistic in every version). A moment later the row is gone too.
 */
const wasReplaced = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'XX001' && error.message.includes('pg_toast_2619')

/** Somebody else holds the table, or its owner is not ours to say. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['55P03', '40P01', '42501'].includes(String(error.code))
