import { describe, expect, it } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { planErasure, readCatalog } from '../../apps/server/src/modules/privacy/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'

const { asSuperuser, database, newWorkspaceId } = await testDatabase()

/** The migrator's own bookkeeping, the queue (its payloads are declared with each job) and the partitions of declared tables. */
const outside = `n.nspname in ('public', 'auth', 'platform') and c.relname !~ '^migration_' and not c.relispartition`

type LiveColumn = { place: string; column: string }

async function liveColumns(): Promise<LiveColumn[]> {
  const { rows } = await asSuperuser(`
    select n.nspname || '.' || c.relname as place, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p', 'm', 'v') and a.attnum > 0 and not a.attisdropped and ${outside}
    order by 1, 2`)
  return rows
}

/** What the schema has and the inventory lacks, and the other way round, as `schema.table.column`. */
async function differences(): Promise<{ undeclared: string[]; vanished: string[] }> {
  const live = new Set((await liveColumns()).map(({ place, column }) => `${place}.${column}`))
  const declared = new Set(
    tableInventories.flatMap(({ schema, table, columns }) => Object.keys(columns).map((column) => `${schema}.${table}.${column}`)),
  )
  return {
    undeclared: [...live].filter((column) => !declared.has(column)).sort(),
    vanished: [...declared].filter((column) => !live.has(column)).sort(),
  }
}

describe('the inventory', () => {
  it('declares every column of the migrated schema, and nothing else', async () => {
    expect(await differences()).toEqual({ undeclared: [], vanished: [] })
  })

  it('notices a column that only a migration added', async () => {
    await asSuperuser('alter table contact add column secret_note text')
    expect((await differences()).undeclared).toEqual(['public.contact.secret_note'])
    await asSuperuser('alter table contact drop column secret_note')
  })

  it('notices a table that only a migration added', async () => {
    await asSuperuser('create table public.stowaway (workspace_id uuid, id uuid)')
    expect((await differences()).undeclared).toEqual(['public.stowaway.id', 'public.stowaway.workspace_id'])
    await asSuperuser('drop table public.stowaway')
  })

  it('says whose data each table with personal columns holds', () => {
    const lost = tableInventories
      .filter(({ columns }) => Object.values(columns).some((field) => field.kind === 'personal'))
      .filter(({ subjects }) => subjects.length === 0)
      .map(({ table }) => table)
    expect(lost).toEqual([])
  })

  it('leads from every table that points at a contact to that contact, and says what becomes of the row', async () => {
    const catalog = await database.inWorkspace(newWorkspaceId(), readCatalog)
    const planned = new Set(planErasure(tableInventories, catalog).tables.map(({ table }) => table))
    const pointing = catalog.foreignKeys.filter(({ to }) => to === 'contact').map(({ table }) => table)
    expect(pointing.length).toBeGreaterThan(5)
    expect(pointing.filter((table) => !planned.has(table))).toEqual([])
  })

  it('refuses a path that leads nowhere, and a column that cannot go with a row that stays', async () => {
    const catalog = await database.inWorkspace(newWorkspaceId(), readCatalog)
    const withNote = (change: object) => tableInventories.map((each) => (each.table === 'note' ? { ...each, ...change } : each))
    expect(() => planErasure(withNote({ subjects: [{ root: 'contact', via: ['body', 'contact_id'] }] }), catalog)).toThrow('no foreign key')
    const note = tableInventories.find(({ table }) => table === 'note')
    const kept = { ...note?.columns, contact_id: { kind: 'reference', to: 'contact', erase: 'null' } }
    expect(() => planErasure(withNote({ columns: kept }), catalog)).toThrow('the row stays')
  })

  it('declares each table once', () => {
    const names = tableInventories.map(({ schema, table }) => `${schema}.${table}`)
    expect(names).toEqual([...new Set(names)])
  })
})

describe('every workspace table', () => {
  it('has (workspace_id, id) as its key, forced row-level security and a policy for the bound workspace', async () => {
    const { rows } = await asSuperuser(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        (select string_agg(a.attname, ',' order by array_position(i.indkey::int2[], a.attnum)) from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indrelid = c.oid and i.indisprimary) as key,
        exists (select from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname and p.policyname = 'in_workspace') as policy
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname !~ '^migration_' order by 1`)
    expect(rows.length).toBeGreaterThan(10)
    const wrong = rows.filter(
      ({ name, forced, key, policy }) => !forced || !policy || (name !== 'workspace' && !String(key).startsWith('workspace_id,')),
    )
    expect(wrong).toEqual([])
  })
})
