import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { type KeysHere, recordKeys, refuseForeignKeys } from './key-versions.ts'
import { type MigrationFolder, migrate } from './migrate.ts'
import { notePreparation, readPreparation } from './preparation.ts'
import {
  extensionStatements,
  extensions,
  type LoginRole,
  loginRoles,
  type RolePasswords,
  roleStatements,
  runAsAdministrator,
} from './roles.ts'

/** Where each role connects. */
export type DatabaseUrls = Readonly<Record<'owner' | 'app' | 'auth' | 'relay' | 'eraser' | 'backup', string>>

export type PrepareDatabase = {
  /** An account that may create roles and databases: the embedded server's superuser, or what DATABASE_URL names. */
  readonly administratorUrl: string
  /** The database to use; created when missing. */
  readonly database: string
  /** Holds `database-roles.json` (0600), the roles' passwords. */
  readonly dataFolder: string
  readonly migrations: readonly MigrationFolder[]
  /** Given by tests; otherwise made once and kept in the data folder. */
  readonly passwords?: RolePasswords
  /** The keys that whoever starts works with. Left out where nobody starts, such as before a restore. */
  readonly keysHere?: KeysHere
  /** What else makes it ready, and the mark under which none of it has to be done again. Left out where everything is looked at, such as after a restore. */
  readonly rest?: { readonly mark: string; readonly work: (urls: DatabaseUrls) => Promise<void> }
}

/** Makes the roles, the database and the newest schema. Idempotent; throws an Error whose message says what an administrator has to do. */
export async function prepareDatabase(asked: PrepareDatabase): Promise<DatabaseUrls> {
  const wish = { ...asked, administratorUrl: await reachableUrl(asked.administratorUrl) }
  const passwords = wish.passwords ?? rolePasswords(path.join(wish.dataFolder, 'database-roles.json'))
  const urls = urlsOf(wish.administratorUrl, wish.database, passwords)

  if (wish.keysHere) await refuseForeignKeys([urls.owner, onDatabase(wish.administratorUrl, wish.database)], wish.keysHere)
  // An account that may not make roles can still start what an administrator has set up once.
  if (!(await isSetUp(urls))) {
    await refuseToLockOut(wish, urls)
    await setUp(wish, passwords)
  }
  const isReady = wish.rest !== undefined && (await readPreparation(urls.owner)) === wish.rest.mark
  if (!isReady) await migrate(urls.owner, wish.migrations)
  if (wish.keysHere) await recordKeys(urls.owner, wish.keysHere)
  if (isReady) return urls
  await wish.rest?.work(urls)
  // Not where an older schema is made for a backup, which has no such table yet.
  if (wish.migrations.every(({ only }) => only === undefined)) await notePreparation(urls.owner, wish.rest?.mark)
  return urls
}

/** The administrator's own database, or `postgres` where the one that DATABASE_URL names has still to be made. */
async function reachableUrl(administratorUrl: string): Promise<string> {
  const isMissing = await withClient(administratorUrl, async () => undefined).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === '3D000', // invalid_catalog_name
  )
  return isMissing ? onDatabase(administratorUrl, 'postgres') : administratorUrl
}

/** Whether every role can log in already and the database has its extensions. */
async function isSetUp(urls: DatabaseUrls): Promise<boolean> {
  try {
    for (const url of Object.values(urls)) await withClient(url, async () => undefined)
    let missing = true
    await withClient(urls.owner, async (client) => {
      const { rowCount } = await client.query('select from pg_extension where extname = any($1)', [extensions])
      const { rows } = await client.query(
        "select has_schema_privilege('public', 'create') and has_database_privilege(current_database(), 'create') as may",
      )
      missing = rowCount !== extensions.length || rows[0]?.may !== true
    })
    return !missing
  } catch {
    return false
  }
}

/** Setting up gives the roles the passwords of this machine. Whoever works with others at this moment would be locked out in the middle of it. */
async function refuseToLockOut(wish: PrepareDatabase, urls: DatabaseUrls): Promise<void> {
  const isRefused = await withClient(urls.app, async () => undefined).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === '28P01',
  )
  if (!isRefused) return
  let atWork = false
  await withClient(wish.administratorUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_stat_activity where usename = any($1) limit 1', [loginRoles])
    atWork = rowCount !== 0
  })
  if (!atWork) return
  throw new Error(
    `Another Frontdesk is at work on this PostgreSQL server, and its roles have other passwords than those in ${path.join(wish.dataFolder, 'database-roles.json')}. Nothing was changed.
To be a second machine of it, copy its database-roles.json there. To be a Frontdesk of its own, use another PostgreSQL server: roles belong to a whole server.`,
  )
}

async function setUp(wish: PrepareDatabase, passwords: RolePasswords): Promise<void> {
  const file = path.join(wish.dataFolder, 'database-roles.json')
  const asAdministrator = (client: pg.Client, statements: readonly string[]) => runAsAdministrator(client, statements, file)
  await withClient(wish.administratorUrl, async (client) => {
    // Two machines that start at once would alter the same roles at the same moment. The lock ends with the connection.
    await client.query(`select pg_advisory_lock(hashtextextended('frontdesk set-up', 0))`)
    await asAdministrator(client, roleStatements(passwords))
    const { rowCount } = await client.query('select from pg_database where datname = $1', [wish.database])
    if (rowCount === 0) {
      await asAdministrator(client, [
        'grant frontdesk_owner to current_user',
        `create database ${pg.escapeIdentifier(wish.database)} owner frontdesk_owner`,
      ])
    }
    await withClient(onDatabase(wish.administratorUrl, wish.database), (inside) =>
      asAdministrator(inside, [
        ...extensionStatements,
        `revoke all on database ${pg.escapeIdentifier(wish.database)} from public`,
        `grant connect on database ${pg.escapeIdentifier(wish.database)} to ${loginRoles.join(', ')}`,
        `grant create on database ${pg.escapeIdentifier(wish.database)} to frontdesk_owner`,
        'revoke create on schema public from public',
        'grant usage, create on schema public to frontdesk_owner',
      ]),
    )
  })
}

/** The URLs of all roles on one database, from any URL of the same server. */
export function urlsOf(serverUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const as = (role: LoginRole) => {
    const url = new URL(onDatabase(serverUrl, database))
    url.username = role
    url.password = passwords[role]
    return url.toString()
  }
  return {
    owner: as('frontdesk_owner'),
    app: as('frontdesk_app'),
    auth: as('frontdesk_auth'),
    relay: as('frontdesk_relay'),
    eraser: as('frontdesk_eraser'),
    backup: as('frontdesk_backup'),
  }
}

/** The same server, another database. */
export function onDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.toString()
}

/** Reads the roles' passwords, and makes those that are missing. */
export function rolePasswords(file: string): RolePasswords {
  const kept: Partial<RolePasswords> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  if (loginRoles.every((role) => kept[role])) return kept as RolePasswords
  const made = Object.fromEntries(loginRoles.map((role) => [role, kept[role] ?? randomBytes(24).toString('base64url')]))
  writeFileSync(`${file}.part`, JSON.stringify(made), { mode: 0o600 })
  renameSync(`${file}.part`, file)
  return made as RolePasswords
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
