import { readdir, readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { openPool } from './open-database.ts'

/** One room's numbered SQL files; all of them, or `only` those that a backup was made with. */
export type MigrationFolder = { readonly room: string; readonly folder: URL; readonly only?: readonly string[] }

const LOOKUPS = new URL('./lookups.sql', import.meta.url)

/** Brings the schema to the newest version, room by room, as the owner. Several processes at once go one after the other. */
export async function migrate(ownerUrl: string, rooms: readonly MigrationFolder[]): Promise<void> {
  const pool = openPool(ownerUrl, 3)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    await db.connection().execute(async (turn) => {
      await sql`select pg_advisory_lock(hashtextextended('frontdesk migrations', 0))`.execute(turn)
      try {
        await bringUp(db, rooms)
      } finally {
        await sql`select pg_advisory_unlock(hashtextextended('frontdesk migrations', 0))`.execute(turn)
      }
    })
  } finally {
    await db.destroy()
  }
}

async function bringUp(db: Kysely<unknown>, rooms: readonly MigrationFolder[]): Promise<void> {
  for (const { room, folder, only } of rooms) {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => readMigrations(folder, only) },
      migrationTableSchema: 'platform',
      migrationTableName: `migration_${room}`,
      migrationLockTableName: 'migration_lock',
      // A room's parts number their migrations apart; one that arrives later may have the smaller number. On a new database the order is by number.
      allowUnorderedMigrations: true,
    })
    const { error, results } = await migrator.migrateToLatest()
    if (error === undefined) continue
    const failed = results?.find((result) => result.status === 'Error')?.migrationName
    throw new Error(`The migration ${room}/${failed ?? '?'} failed and was rolled back. The data is as it was before.`, { cause: error })
  }
  // The look-ups are of the newest schema, and so is what a room does for the tables of all rooms.
  if (rooms.some(({ only }) => only !== undefined)) return
  await sql.raw(await readFile(LOOKUPS, 'utf8')).execute(db)
  const { rows: wanted } = await sql<{ name: string }>`
      select proname as name from pg_proc where pronamespace = 'platform'::regnamespace and starts_with(proname, 'after_migrations_') order by 1`.execute(
    db,
  )
  for (const { name } of wanted) await sql`call ${sql.id('platform', name)}()`.execute(db)
}

async function readMigrations(folder: URL, only?: readonly string[]): Promise<Record<string, Migration>> {
  const names = (await readdir(folder))
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name) && (only?.includes(name.replace('.sql', '')) ?? true))
    .sort()
  const entries = names.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, `${folder}/`), 'utf8')
    return [
      name.replace('.sql', ''),
      {
        up: (db) =>
          sql
            .raw(text)
            .execute(db)
            .then(() => undefined),
      },
    ]
  })
  return Object.fromEntries(await Promise.all(entries))
}
