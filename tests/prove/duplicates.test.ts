import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { findDuplicates } from '../../apps/server/src/modules/contacts/index.ts'
import { searchDuplicatesJob } from '../../apps/server/src/modules/contacts/merge/search-duplicates.ts'
import { type TestWorkspace, testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { enqueue } from '../../apps/server/src/platform/jobs/index.ts'
import { sized } from '../setup/sizes.ts'

/** In one workspace; one in twenty is there twice, at the same number, with a slip in the name. */
const people = sized(4000, 1_000_000)
const twice = people / 20

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [searchDuplicatesJob] })
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
  await test.asSuperuser(
    `insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, last_dealing_at, created_at, updated_at)
      select $1, ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, name, lower(name), 'import', ' ' || lower(name), now(), now(), now(), now()
      from generate_series(1, $2::int) n, lateral (select case when n <= $3 then 'Anna Person' || n else 'Ana Person' || (n - $3) end || 'x' as name) named`,
    [place.workspaceId, people + twice, people],
  )
  await test.asSuperuser(
    `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select $1, gen_random_uuid(), ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'phone', value, value, true, true, now()
      from generate_series(1, $2::int) n, lateral (select '+1' || (2000000000 + case when n <= $3 then n else n - $3 end) as value) numbered`,
    [place.workspaceId, people + twice, people],
  )
  await test.asSuperuser('analyze contact; analyze contact_point')
}, 1_800_000)

it('looks through all contacts and finds each double once', async () => {
  await test.database.inWorkspace(place.workspaceId, (tx) => enqueue(tx, searchDuplicatesJob, {}))
  await background.settle()
  const { rows } = await test.asSuperuser(
    'select likeness, count(*)::int as pairs from duplicate_pair where workspace_id = $1 group by 1',
    [place.workspaceId],
  )
  expect(rows).toEqual([{ likeness: 'same', pairs: twice }])
})

it('reads a handful of rows for somebody new, however many there are', async () => {
  await test.asSuperuser('analyze duplicate_pair; analyze duplicate_key')
  const read = await test.database.inWorkspace(place.workspaceId, async (tx) => {
    // Entries of indexes too: of a table that was vacuumed nothing else may be looked at.
    const count = async () =>
      new Map(
        (
          await sql<{ name: string; count: number }>`
            select relname as name, (pg_stat_get_xact_tuples_returned(relid) + coalesce((
              select sum(pg_stat_get_xact_tuples_returned(indexrelid)) from pg_index where indrelid = relid), 0))::int as count
            from pg_stat_xact_user_tables`.execute(tx.db)
        ).rows.map(({ name, count }) => [name, count]),
      )
    const before = await count()
    await findDuplicates(tx, ['01900000-0000-7000-8000-000000000007' as never])
    return [...(await count())].map(([name, now]) => [name, now - (before.get(name) ?? 0)] as const).filter(([, rows]) => rows > 0)
  })
  expect(read.map(([name]) => name)).toEqual(expect.arrayContaining(['contact', 'contact_point', 'duplicate_key']))
  expect(read.filter(([, rows]) => rows > 60)).toEqual([])
})
