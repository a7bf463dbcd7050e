import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { vacuumTables } from './vacuum-tables.ts'

const test = await testDatabase()
const words = { public: 'Zqvacuumword', open: 'Zqopenword' } as const

/** The bytes of the table as they lie on the disk now. */
async function bytesOf(table: string): Promise<Buffer> {
  await test.asSuperuser('checkpoint')
  const { rows } = await test.asSuperuser(`select current_setting('data_directory') || '/' || pg_relation_filepath($1::regclass) as file`, [
    table,
  ])
  return readFileSync(path.normalize(String(rows[0]?.file)))
}

/** Another program that read before the deletion and is not done. */
async function somebodyReading(): Promise<pg.Client> {
  const reader = new pg.Client({ connectionString: test.urls.app })
  await reader.connect()
  await reader.query('begin isolation level repeatable read')
  await reader.query('select 1')
  return reader
}

async function tableWith(word: string, name: string): Promise<void> {
  await test.asSuperuser(`create table public.${name} (note text not null)`)
  await test.asSuperuser(`alter table public.${name} owner to frontdesk_owner`)
  await test.asSuperuser(`insert into public.${name} select $1 from generate_series(1, 20)`, [word])
}

describe('the pages of deleted rows', () => {
  it('are written over only once nobody can read them any more, and that is waited for', async () => {
    await tableWith(words.public, 'left_behind')
    const reader = await somebodyReading()
    await test.asSuperuser('delete from public.left_behind')
    const done = vacuumTables(test.urls.owner, ['left_behind'])
    setTimeout(() => void reader.query('commit').then(() => reader.end()), 1_200)
    expect((await bytesOf('public.left_behind')).includes(words.public)).toBe(true)
    expect(['overwritten', 'freed']).toContain(await done)
    expect((await bytesOf('public.left_behind')).includes(words.public)).toBe(false)
  })

  it('are not said to be written over while somebody still can', async () => {
    await tableWith(words.open, 'still_open')
    const reader = await somebodyReading()
    await test.asSuperuser('delete from public.still_open')
    expect(await vacuumTables(test.urls.owner, ['still_open'], 700)).toBe('freed')
    expect((await bytesOf('public.still_open')).includes(words.open)).toBe(true)
    await reader.query('commit')
    await reader.end()
  })
})
