/**
 * Databases for tests: one per test file, cloned from a template that holds the newest schema. Real PostgreSQL, real roles.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import pg from 'pg'
import { afterAll } from 'vitest'
import { migrationFolders } from '../../migration-order.ts'
import { type Keys, openKeys } from '../crypto/index.ts'
import { orderedId } from '../ids/index.ts'
import { prepareJobs } from '../jobs/index.ts'
import { type Database, openDatabase } from './open-database.ts'
import { type DatabaseUrls, onDatabase, prepareDatabase, urlsOf } from './prepare-database.ts'
import { loginRoles, type RolePasswords } from './roles.ts'

/** A clock that a test sets; it starts on a Monday morning. */
export type TestClock = {
  (): Temporal.Instant
  set(instant: string | Temporal.Instant): void
  advance(duration: Temporal.DurationLike): void
}

export type TestDatabase = {
  /** As the app role, bound by row-level security. */
  readonly database: Database
  readonly urls: DatabaseUrls
  readonly keys: Keys
  readonly clock: TestClock
  /** A new workspace id. Rows of the accounts room are made by its own use cases. */
  readonly newWorkspaceId: () => WorkspaceId
  /** Runs SQL as the superuser, past every policy: to look, not to set up. */
  readonly asSuperuser: (text: string, values?: readonly unknown[]) => Promise<pg.QueryResult>
  /** A folder that is removed after the file's tests. */
  readonly folder: string
}

const passwords: RolePasswords = Object.fromEntries(loginRoles.map((role) => [role, `test-${role}`])) as RolePasswords

/** The administrator's address of the server that the test run started (tests/setup/postgres.ts). */
function administratorUrl(): string {
  const url = process.env.FRONTDESK_TEST_DATABASE_URL
  if (!url) throw new Error('No test database. Run the tests through `npm test`, or `npx vitest run <file>`, which start one.')
  return url
}

/** Makes the template once per schema: its name is the hash of every migration. Safe to run by several test runs at once. */
export async function prepareTemplate(serverUrl: string): Promise<string> {
  const hash = createHash('sha256')
  const files = migrationFolders.flatMap(({ folder }) =>
    readdirSync(folder)
      .sort()
      .map((name) => new URL(name, `${folder}/`)),
  )
  for (const file of [...files, new URL('./lookups.sql', import.meta.url), new URL('./roles.ts', import.meta.url)])
    hash.update(readFileSync(file))
  const template = `frontdesk_template_${hash.digest('hex').slice(0, 12)}`
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-template-'))
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4242)')
    const { rowCount } = await client.query('select from pg_database where datname = $1', [template])
    if (rowCount === 0) {
      const building = `${template}_building`
      await client.query(`drop database if exists ${building} with (force)`)
      const { owner } = await prepareDatabase({
        administratorUrl: serverUrl,
        database: building,
        dataFolder: folder,
        migrations: migrationFolders,
        passwords,
      })
      await prepareJobs(owner, []) // a test that commits jobs adds their queues with backgroundOf (platform/events/testing.ts)
      await client.query(`alter database ${building} rename to ${template}`)
    }
  } finally {
    await client.end()
    rmSync(folder, { recursive: true, force: true })
  }
  return template
}

/** A database of the run's own server with the newest schema and nothing in it. */
export type EmptyDatabase = {
  readonly name: string
  /** An administrator's address of it. */
  readonly url: string
  /** What the roles of the server log in with. */
  readonly passwords: RolePasswords
  readonly drop: () => Promise<void>
}

/** Clones the template. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const server = administratorUrl()
  const template = await prepareTemplate(server)
  const name = `test_${randomBytes(8).toString('hex')}`
  const administrator = new pg.Client({ connectionString: server })
  administrator.on('error', () => undefined)
  await administrator.connect()
  await createFromTemplate(administrator, name, template)
  await administrator.query(`alter database ${name} owner to frontdesk_owner`) // as prepareDatabase makes it
  return {
    name,
    url: onDatabase(server, name),
    passwords,
    drop: async () => {
      await administrator.query(`drop database if exists ${name} with (force)`)
      await administrator.end()
    },
  }
}

/** A database of its own for one test file; dropped after its last test. */
export async function testDatabase(): Promise<TestDatabase> {
  const { url, name, drop } = await emptyDatabase()
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-test-'))
  const urls = urlsOf(url, name, passwords)
  const clock = testClock()
  const keys = openKeys(path.join(folder, 'keys'), clock())
  const database = openDatabase({ url: urls.app, keys, clock, connections: 12 })
  const superuser = new pg.Pool({ connectionString: url, max: 2 })
  superuser.on('error', () => undefined)

  afterAll(async () => {
    await database.close()
    await superuser.end()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    database,
    urls,
    keys,
    clock,
    folder,
    newWorkspaceId: () => orderedId(clock().epochMilliseconds),
    asSuperuser: (text, values) => superuser.query(text, values ? [...values] : undefined),
  }
}

/** A template that another connection looks at cannot be cloned at that moment: asked again a few times. */
async function createFromTemplate(client: pg.Client, name: string, template: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`create database ${name} template ${template}`)
      return
    } catch (error) {
      if (attempt === 20 || !(error instanceof Error) || !('code' in error) || error.code !== '55006') throw error
      await client.query('select pg_sleep(0.1)')
    }
  }
}

function testClock(): TestClock {
  let now = Temporal.Instant.from('2027-01-04T14:00:00Z')
  const clock = (() => now) as TestClock
  clock.set = (instant) => {
    now = Temporal.Instant.from(instant)
  }
  clock.advance = (duration) => {
    now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
  }
  return clock
}
