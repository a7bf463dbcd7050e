import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { prepared } from './temporal-client.ts'
import { testDatabase } from './testing.ts'

const test = await testDatabase()
const names = sql<{
  name: string
  calls: number
}>`select name, (generic_plans + custom_plans)::int as calls from pg_prepared_statements where name = 'test.sum'`

it('plans a marked statement once a connection, with times and lists as everywhere', async () => {
  await test.database.inWorkspace(test.newWorkspaceId(), async (tx) => {
    for (const count of [1, 2, 3]) {
      const moments = Array.from({ length: count }, () => tx.now)
      const { rows } = await sql<{ count: number; at: Temporal.Instant }>`
        select cardinality(${moments}::timestamptz[]) as count, ${tx.now}::timestamptz as at ${prepared('test.sum')}`.execute(tx.db)
      expect(rows).toEqual([{ count, at: tx.now }])
    }
    expect((await names.execute(tx.db)).rows).toEqual([{ name: 'test.sum', calls: 3 }])
  })
})

it('refuses one name for two texts', async () => {
  await expect(
    test.database.inWorkspace(test.newWorkspaceId(), async (tx) => {
      await sql`select ${1}::int ${prepared('test.twice')}`.execute(tx.db)
      await sql`select ${1}::bigint ${prepared('test.twice')}`.execute(tx.db)
    }),
  ).rejects.toThrow('unique')
})
