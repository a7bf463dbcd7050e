import { expect, it } from 'vitest'
import { migrationFolders } from '../../migration-order.ts'
import { prepareDatabase } from './index.ts'
import { loginRoles, type RolePasswords } from './roles.ts'
import { testDatabase } from './testing.ts'

const test = await testDatabase()
const urls: Readonly<Record<string, string>> = test.urls
const passwords = Object.fromEntries(
  loginRoles.map((role) => [role, new URL(urls[role.replace('frontdesk_', '')] ?? '').password]),
) as RolePasswords

/** A start; answers what was done at it. */
async function start(mark: string | undefined, fails = false): Promise<readonly string[]> {
  const done: string[] = []
  const work = async () => {
    if (fails) throw new Error('The disk is full.')
    done.push(`the rest of ${mark}`)
  }
  await prepareDatabase({
    administratorUrl: process.env.FRONTDESK_TEST_DATABASE_URL ?? '',
    database: new URL(test.urls.app).pathname.slice(1),
    dataFolder: test.folder,
    migrations: migrationFolders,
    passwords,
    ...(mark === undefined ? {} : { rest: { mark, work } }),
  })
  return done
}

it('a database is made ready once for the same code, and again for another, after a failure and after a restore', async () => {
  expect(await start('one')).toEqual(['the rest of one'])
  expect(await start('one')).toEqual([])
  await expect(start('two', true)).rejects.toThrow('The disk is full.')
  expect(await start('two')).toEqual(['the rest of two'])
  await start(undefined)
  expect(await start('two')).toEqual(['the rest of two'])
})
