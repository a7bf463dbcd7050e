import pg from 'pg'
import type { AppliedMigrations, Partition } from './records.ts'

/** One table with rows of its own. */
export type TableFacts = {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly types: readonly string[]
}

/** A qualified name, quoted. */
export const quoted = (schema: string, name: string): string => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`

const ours = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
  and c.relpersistence <> 't' and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** What migrations keep about themselves is not copied: restoring runs the migrations. */
const notBookkeeping = `not (n.nspname = 'platform' and c.relname ~ '^migration_')`

/** Every table of every schema, partitioned ones as a whole, with the columns that can be written. */
export async function readTables(client: pg.Client): Promise<readonly TableFacts[]> {
  const { rows } = await client.query<TableFacts>(`
    select n.nspname as schema, c.relname as table, array_agg(a.attname::text order by a.attnum) as columns,
           array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours} and ${notBookkeeping}
    group by n.nspname, c.relname order by 1, 2`)
  return rows
}

/** Tables that the connected role cannot read whole. An empty copy of a hidden table would look like a backup and be none. */
export async function unreadableTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_roles me on me.rolname = current_user
    where c.relkind in ('r', 'p') and not c.relispartition and ${ours} and ${notBookkeeping} and not me.rolsuper and (
      not has_schema_privilege(n.oid, 'usage') or not has_table_privilege(c.oid, 'select') or (
        c.relrowsecurity and not me.rolbypassrls and (c.relowner <> me.oid or c.relforcerowsecurity) and not exists (
          select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd in ('r', '*')
            and p.polroles && array[0::oid, me.oid] and pg_get_expr(p.polqual, p.polrelid) = 'true')))
    order by 1`)
  return rows.map((row) => row.name)
}

/** Which partitions there are, each after the table it is part of. */
export async function readPartitions(client: pg.Client): Promise<readonly Partition[]> {
  const { rows } = await client.query<Partition>(`
    select n.nspname as schema, c.relname as table, pn.nspname as "ofSchema", parent.relname as of, pg_get_expr(c.relpartbound, c.oid) as bounds,
           c.relforcerowsecurity as guarded
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_inherits i on i.inhrelid = c.oid join pg_class parent on parent.oid = i.inhparent join pg_namespace pn on pn.oid = parent.relnamespace
    where c.relispartition and c.relkind in ('r', 'p') and ${ours} order by c.oid`)
  return rows
}

/** The migrations that each room has been through. */
export async function readMigrations(client: pg.Client): Promise<AppliedMigrations> {
  const { rows: tables } = await client.query<{ name: string }>(`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'platform' and c.relkind = 'r' and c.relname ~ '^migration_' and c.relname <> 'migration_lock' order by 1`)
  const applied: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ name: string }>(`select name from ${quoted('platform', name)} order by name`)
    applied[name.slice('migration_'.length)] = rows.map((row) => row.name)
  }
  return applied
}

/** Every sequence and where it stands. */
export async function readSequences(client: pg.Client) {
  const { rows: names } = await client.query<{ schema: string; sequence: string }>(`
    select n.nspname as schema, c.relname as sequence from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ours} order by 1, 2`)
  const found: { schema: string; sequence: string; value: string; called: boolean }[] = []
  for (const { schema, sequence } of names) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoted(schema, sequence)}`,
    )
    if (rows[0]) found.push({ schema, sequence, ...rows[0] })
  }
  return found
}
