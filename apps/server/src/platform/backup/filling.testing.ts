import type pg from 'pg'

type Query = (text: string) => Promise<pg.QueryResult>

type Column = {
  readonly name: string
  readonly type: string
  readonly required: boolean
  /** The first value that a check allows. */
  readonly choice: string | null
  /** The table whose id it holds. */
  readonly refers: string | null
}

const samples: Readonly<Record<string, string>> = {
  text: String.raw`E'line one\n tab\t back\\slash – é'`,
  integer: '7',
  smallint: '3',
  bigint: '9007199254740991',
  boolean: 'true',
  'double precision': '0.1',
  jsonb: String.raw`'{"deep": ["\n", "é", null, 1.5]}'`,
  json: `'{"deep": 1}'`,
  bytea: String.raw`'\x00ff0a'`,
  date: `'2027-02-28'`,
  'time without time zone': `'09:30'`,
  'text[]': `array['a,b', '"c"', null]`,
  tstzrange: `tstzrange('2027-01-05T10:00Z', '2027-01-05T11:00Z')`,
}

/** Each table's row has the id that the rows of others would name, so that they fit together in whatever order they are made. */
const idIn = (table: string, workspaceId: string) => (table === 'workspace' ? `'${workspaceId}'` : `md5('${table}')::uuid`)

function sampleFor(table: string, { name, type, choice, refers }: Column, workspaceId: string): string {
  if (name === 'workspace_id') return `'${workspaceId}'`
  if (name === 'id' && type === 'uuid') return idIn(table, workspaceId)
  if (refers && type === 'uuid') return idIn(refers, workspaceId)
  if (choice) return `'${choice}'`
  if (type === 'uuid') return `md5('${table} ${name}')::uuid`
  if (type.startsWith('timestamp')) return `'2027-01-05T10:00:00.123Z'`
  return samples[type] ?? 'null'
}

/**
 * Puts a row into every table that a made-up row fits, going by the database's own description of the tables; answers which have rows then. Foreign keys are looked at
 * afterwards, when all the rows are there.
 */
export async function fillTables(query: Query, workspaceId: string): Promise<readonly string[]> {
  const withoutTriggers = (statement: string) =>
    query(`do $do$ begin perform set_config('session_replication_role', 'replica', true); execute $sql$${statement}$sql$; end $do$`)
  const tables = (await query(tableNames)).rows.map(({ name }) => String(name))
  for (const table of tables) {
    const columns: Column[] = (await query(describe(table))).rows
    for (const wanted of [columns, columns.filter((column) => column.required)]) {
      const values = wanted.map((column) => sampleFor(table, column, workspaceId))
      const insert = `insert into ${table} (${wanted.map((column) => `"${column.name}"`).join(', ')}) values (${values.join(', ')})`
      const fits = await withoutTriggers(insert).then(
        () => true,
        () => false, // a rule of that table which a made-up row does not meet
      )
      if (fits) break
    }
  }
  await removeDangling(query, withoutTriggers)
  const filled: string[] = []
  for (const table of tables) if ((await query(`select from ${table} limit 1`)).rowCount) filled.push(table)
  return filled
}

async function removeDangling(query: Query, withoutTriggers: Query): Promise<void> {
  const { rows } = await query(`
    select k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
      (select string_agg(format('p.%I = c.%I', f.attname, a.attname), ' and ') from unnest(k.conkey, k.confkey) u (own, theirs)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own join pg_attribute f on f.attrelid = k.confrelid and f.attnum = u.theirs) as matches,
      (select string_agg(format('c.%I is not null', a.attname), ' and ') from unnest(k.conkey) u (own) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own) as given
    from pg_constraint k where k.contype = 'f' and k.conparentid = 0`)
  for (let round = 0; round < 5; round += 1) {
    for (const { child, parent, matches, given } of rows) {
      await withoutTriggers(`delete from ${child} c where ${given} and not exists (select from ${parent} p where ${matches})`)
    }
  }
}

const tableNames = `
  select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
    and c.relnamespace::regnamespace::text in ('public', 'auth', 'platform') and c.relname !~ '^migration_' order by c.oid`

const describe = (table: string) => `
  select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required,
    (select substring(pg_get_constraintdef(k.oid) from 'ARRAY\\[''([^'']+)''') from pg_constraint k
      where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as choice,
    (select k.confrelid::regclass::text from pg_constraint k
      where k.conrelid = a.attrelid and k.contype = 'f' and a.attnum = any (k.conkey) order by cardinality(k.conkey) desc limit 1) as refers
  from pg_attribute a
  where a.attrelid = '${table}'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''`

/** For each table of each schema, how many rows it has and a digest of them all. */
export async function tableDigests(query: Query): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await query(`
    select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace::regnamespace::text !~ '^(pg_|information)' and c.relname !~ '^migration_' order by 1`)
  const digests: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as digest from ${name} t`,
    )
    digests[name] = rows[0].digest
  }
  return digests
}
