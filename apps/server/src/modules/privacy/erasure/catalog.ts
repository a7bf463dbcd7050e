import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** One column as the database has it. */
export type LiveColumn = { readonly name: string; readonly type: string; readonly notNull: boolean; readonly generated: boolean }

/** A foreign key: `table.column` names an id of `to`. Every key has the workspace beside it. */
export type ForeignKey = { readonly table: string; readonly column: string; readonly to: string }

/** The workspace tables as they are right now. What the inventory declares is resolved against this, never against a list somebody wrote down. */
export type Catalog = {
  readonly columns: ReadonlyMap<string, readonly LiveColumn[]>
  readonly foreignKeys: readonly ForeignKey[]
}

/** Reads the workspace tables and their foreign keys from the database. */
export async function readCatalog({ db }: Pick<WorkspaceTx, 'db'>): Promise<Catalog> {
  const { rows } = await sql<LiveColumn & { readonly table: string }>`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as "notNull", a.attgenerated <> '' as generated
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id' and not w.attisdropped)
    order by c.relname, a.attnum`.execute(db)
  const { rows: foreignKeys } = await sql<ForeignKey>`
    select k.conrelid::regclass::text as "table", a.attname as "column", k.confrelid::regclass::text as "to"
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
    where k.contype = 'f' and k.conparentid = 0 and f.attname = 'id' and a.attname not in ('workspace_id', 'id')
    order by 1, 2`.execute(db)
  const columns = new Map<string, LiveColumn[]>()
  for (const { table, ...column } of rows) columns.set(table, [...(columns.get(table) ?? []), column])
  return { columns, foreignKeys }
}
