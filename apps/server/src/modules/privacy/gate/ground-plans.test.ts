import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { requestPermit } from './request-permit.ts'
import { subjectSources } from './subject-sources.ts'

const test = await testDatabase()
const place = await testWorkspace(test)
const aboutId = '019b0000-0000-7000-8000-00000000b001'
const others = 2000

const rowsRead = async (tx: WorkspaceTx) =>
  new Map(
    (
      await sql<{ table: string; rows: number }>`
        select relname as table, seq_tup_read + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables`.execute(tx.db)
    ).rows.map(({ table, rows }) => [table, rows]),
  )

it('the gate reads what is about her alone, also by a plan that a connection made while the tables were empty', async () => {
  subjectSources.provide('test', {
    types: ['booking'],
    facts: async () => ({ open: true, startedBy: 'contact' }),
    newest: async () => null,
  })
  const contactId = await place.newContact('plans@home.example')
  const ask = (tx: WorkspaceTx) =>
    requestPermit(tx, { contactId, channel: 'email', purpose: 'service', about: { type: 'booking', id: aboutId } })
  const read = await test.database.inWorkspace(place.workspaceId, async (tx) => {
    for (let n = 0; n < 8; n++) await ask(tx) // by now every statement has the plan it keeps
    await crowd(tx)
    const before = await rowsRead(tx)
    expect(await ask(tx)).toMatchObject({ allowed: true })
    return [...(await rowsRead(tx))].map(([table, rows]) => ({ table, rows: rows - (before.get(table) ?? 0) }))
  })
  expect(read.find(({ table }) => table === 'permit')?.rows).toBe(8)
  expect(read.filter(({ rows }) => rows > 20)).toEqual([])
})

/** Other customers with what the gate looks at; nothing counts them for the planner. */
async function crowd(tx: WorkspaceTx): Promise<void> {
  const { workspaceId, now } = tx
  const people = sql`select id from contact where workspace_id = ${workspaceId} and source = 'import'`
  await sql`insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, last_dealing_at, created_at, updated_at)
    select ${workspaceId}, gen_random_uuid(), 1, 'P' || n, 'p' || n, 'import', 'p' || n, ${now}, ${now}, ${now}, ${now} from generate_series(1, ${others}::int) n`.execute(
    tx.db,
  )
  await sql`insert into permit (workspace_id, id, contact_id, channel, purpose, about_type, about_id, decision, reasons, requires, rulebook_version, expires_at, created_at)
    select ${workspaceId}, gen_random_uuid(), id, 'email', 'service', 'booking', id, 'allowed', '[]', '[]', '1', ${now}, ${now} from (${people}) who`.execute(
    tx.db,
  )
  await sql`insert into dealing (workspace_id, id, contact_id, kind, source_type, source_id, happened_at, created_at)
    select ${workspaceId}, gen_random_uuid(), id, 'transaction', 'booking', id, ${now}, ${now} from (${people}) who`.execute(tx.db)
  await sql`insert into suppression (workspace_id, id, kind, value_hash, scope, cause, contact_id, added_by, created_at)
    select ${workspaceId}, gen_random_uuid(), 'email', 'crowd.' || id, 'marketing', 'asked', id, 'test', ${now} from (${people}) who`.execute(
    tx.db,
  )
  await sql`insert into preference (workspace_id, id, version, contact_id, channels_off, hours, languages, created_at, updated_at)
    select ${workspaceId}, gen_random_uuid(), 1, id, '[]', '[]', '[]', ${now}, ${now} from (${people}) who`.execute(tx.db)
}
