import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { vacuumTables } from './vacuum-tables.ts'

const test = await testDatabase()
const words = { public: 'Zqvacuumword', open: 'Zqopenword' } as const

/** Where the rows of the table lie; a rewritten table lies elsewhere. */
async function fileOf(table: string): Promise<string> {
  const { rows } = await test.asSuperuser(`select current_setting('data_directory') || '/' || pg_relation_filepath($1::regclass) as file`, [
    table,
  ])
  return path.normalize(String(rows[0]?.file))
}

/** The bytes of the table as they lie on the disk now. The rewriting goes on meanwhile, so the file may have gone. */
async function bytesOf(table: string): Promise<Buffer> {
  await test.asSuperuser('checkpoint')
  for (;;) {
    const file = await fileOf(table)
    try {
      return readFileSync(file)
    } catch (error) {
      if (file === (await fileOf(table))) throw error
    }
  }
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
    const first = await fileOf('public.left_behind')
    const done = vacuumTables(test.urls.owner, ['left_behind'])
    // It was rewritten, and the rows were taken along, because they may be read.
    await expect.poll(() => fileOf('public.left_behind'), { timeout: 15_000 }).not.toBe(first)
    expect((await bytesOf('public.left_behind')).includes(words.public)).toBe(true)
    await reader.query('commit')
    await reader.end()
    expect(await done).toBe('overwritten')
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
