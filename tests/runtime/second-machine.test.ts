import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onDatabase } from '../../apps/server/src/platform/database/index.ts'
import { type PostgresServer, startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'
import { answers, newDataFolder, type RunningDesk, removeDataFolder, spawnDesk, startDesk, untilTrue } from '../setup/desk.ts'

const folders: string[] = []
const folder = (): string => {
  const made = newDataFolder()
  folders.push(made)
  return made
}
let server: PostgresServer
let first: RunningDesk
let env: { readonly DATABASE_URL: string }

beforeAll(async () => {
  server = await startPostgresServer(folder())
  env = { DATABASE_URL: onDatabase(server.superuserUrl, 'frontdesk') }
  first = await startDesk({ dataFolder: folder(), env })
})
afterAll(async () => {
  await first?.stop()
  await server?.stop()
  for (const made of folders) removeDataFolder(made)
})

/** What a machine says that is not let in. */
async function refusalOf(dataFolder: string): Promise<string> {
  const { child, output } = spawnDesk({ dataFolder, env })
  expect(await once(child, 'exit')).toEqual([1, null])
  return output()
}

it('stops a second machine that has keys of its own, or none, and changes nothing for the first', async () => {
  const stranger = folder()
  expect(await refusalOf(stranger)).toContain(`there are no keys in ${path.join(stranger, 'keys')}`)
  expect(readdirSync(path.join(stranger, 'keys')), 'none are made that would look like its own').toEqual([])

  const own = await startDesk({ dataFolder: stranger }) // has worked alone so far
  await own.stop()
  expect(await refusalOf(stranger)).toContain(`those in ${path.join(stranger, 'keys')} are others`)
  expect(await answers(`${first.url}/healthz`)).toBe(true)
})

it('stops one that would give the database roles other passwords, and lets in one that shares what is to be shared', async () => {
  const second = folder()
  mkdirSync(second, { recursive: true })
  symlinkSync(path.join(first.dataFolder, 'keys'), path.join(second, 'keys'))
  expect(await refusalOf(second)).toContain('Another Frontdesk is at work on this PostgreSQL server')
  expect(await answers(`${first.url}/healthz`)).toBe(true)

  const passwords = path.join(second, 'database-roles.json')
  copyFileSync(path.join(first.dataFolder, 'database-roles.json'), passwords)
  chmodSync(passwords, 0o600)
  const desk = await startDesk({ dataFolder: second, env, args: ['--port', '0', '--role', 'web'] })
  await untilTrue(() => answers(`${desk.url}/readyz`), 'the second machine')
  expect(await desk.stop()).toBe(0)
  expect(await answers(`${first.url}/healthz`)).toBe(true)
})
