import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrationFolders } from '../../migration-order.ts'
import { type Keys, openKeys } from '../crypto/index.ts'
import { prepareDatabase } from './index.ts'
import { testDatabase } from './testing.ts'

const test = await testDatabase()
const { folder, clock, asSuperuser } = test
const administratorUrl = process.env.FRONTDESK_TEST_DATABASE_URL ?? ''
const database = new URL(test.urls.app).pathname.slice(1)
const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)
const passwords = {
  frontdesk_owner: passwordOf(test.urls.owner),
  frontdesk_app: passwordOf(test.urls.app),
  frontdesk_auth: passwordOf(test.urls.auth),
  frontdesk_relay: passwordOf(test.urls.relay),
  frontdesk_eraser: passwordOf(test.urls.eraser),
  frontdesk_backup: passwordOf(test.urls.backup),
}

const keysIn = (name: string): Keys => openKeys(path.join(folder, name), clock())
/** The start of a machine whose keys lie in a folder of that name. Answers what it says when it stops. */
const start = (name: string, more: Partial<Parameters<typeof prepareDatabase>[0]> = {}): Promise<string | undefined> => {
  const place = path.join(folder, name)
  const keysHere = { folder: place, open: () => openKeys(place, clock()) }
  return prepareDatabase({
    administratorUrl,
    database,
    dataFolder: folder,
    migrations: migrationFolders,
    passwords,
    keysHere,
    ...more,
  }).then(
    () => undefined,
    (error: Error) => error.message,
  )
}
const marks = async () => (await asSuperuser('select purpose, key_id, fingerprint from platform.key_version order by purpose, key_id')).rows

describe('the keys of a database', () => {
  it('are those of one machine only, when two with keys of their own begin at once', async () => {
    const said = await Promise.all(['this', 'that'].map((name) => start(name)))
    expect(said.filter((sentence) => sentence === undefined)).toHaveLength(1)
    expect(said.find((sentence) => sentence !== undefined)).toContain('This database works with keys')
    await asSuperuser('delete from platform.key_version')
  })

  it('are noted at the first start, without anything that opens something', async () => {
    expect(await start('first')).toBeUndefined()
    expect((await marks()).length).toBe(keysIn('first').describe().length)
    const secrets = keysIn('first').subkey('field', 'fingerprint').key
    expect(JSON.stringify(await marks())).not.toMatch(new RegExp(secrets.toString('hex').slice(0, 20)))
    expect(await start('first')).toBeUndefined()
  })

  it('stop a machine that brings others, and one that brings none makes none', async () => {
    const before = await marks()
    keysIn('second')
    expect(await start('second')).toContain(`those in ${path.join(folder, 'second')} are others`)
    expect(await start('nothing')).toContain(`there are no keys in ${path.join(folder, 'nothing')}`)
    expect(existsSync(path.join(folder, 'nothing'))).toBe(false)
    expect(await marks()).toEqual(before)
  })

  it('may be copied, until one of them is changed: then the older copy is refused', async () => {
    cpSync(path.join(folder, 'first'), path.join(folder, 'copy'), { recursive: true })
    expect(await start('copy')).toBeUndefined()
    clock.advance({ minutes: 1 })
    const keys = keysIn('first')
    const old = keys.currentKeyId('field')
    keys.rotate('field', clock())
    expect(await start('first')).toBeUndefined()
    expect(await start('copy')).toContain('some of those (field)')
    await keys.removeRetired('field', old, async () => 0)
    expect(await start('first')).toBeUndefined()
  })
})

it('does not give the roles other passwords while somebody works with those they have', async () => {
  await test.database.pool.query('select 1')
  const said = await start('first', { passwords: { ...passwords, frontdesk_app: 'of another machine' } })
  expect(said).toContain('Another Frontdesk is at work on this PostgreSQL server')
  expect(said).toContain('copy its database-roles.json')
  expect(await start('first')).toBeUndefined()
})
