import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { CannotDecrypt, type Keys } from '../crypto/index.ts'
import { type DatabaseUrls, type MigrationFolder, onDatabase, type PrepareDatabase, prepareDatabase } from '../database/index.ts'
import { prepareJobs } from '../jobs/index.ts'
import { loadDatabase } from './load-database.ts'
import { type AppliedMigrations, type BackupRecord, BackupUnreadable, decodeRecords } from './records.ts'
import { quoted, readMigrations, readTables } from './schema-facts.ts'
import { readHeader, readSealed } from './sealed-file.ts'
import { backupSecret, databaseFile, databaseKind, linkOrCopy } from './write-backup.ts'

/** Which backup to restore, and into what. */
export type RestoreBackup = PrepareDatabase & {
  /** The folder of the backup. */
  readonly backup: string
  readonly keys: Keys
  /** `<data>/files`. */
  readonly fileFolder: string
}

/** What was restored. */
export type RestoreReport = {
  readonly urls: DatabaseUrls
  readonly createdAt: string
  readonly tables: number
  readonly rows: number
  readonly files: number
}

type Begin = Extract<BackupRecord, { kind: 'begin' }>

/**
 * Restores a backup into a database and a file folder that hold nothing yet, then brings the schema to the newest version. The keys have to be there already.
 * Throws an Error whose message says what to do; the data of anybody else is never touched.
 */
export async function restoreBackup(wish: RestoreBackup): Promise<RestoreReport> {
  await refuseFilledFolder(wish.fileFolder)
  const records = await openBackup(wish.backup, wish.keys)
  const { value: begin } = await records.next()
  if (begin?.kind !== 'begin') throw new BackupUnreadable(`${wish.backup} has no beginning. Use another backup.`)
  const migrations = await migrationsOf(wish.migrations, begin)
  await refuseFilledDatabase(wish, begin)

  const urls = await prepareDatabase({ ...wish, migrations })
  await prepareJobs(urls.owner, [])
  const loaded = await loadDatabase(urls.owner, begin.partitions, records)
  await prepareDatabase(wish)
  const files = await restoreFiles(path.join(wish.backup, 'files'), wish.fileFolder)
  return { urls, createdAt: begin.createdAt, ...loaded, files }
}

/** The records of a backup's database. Throws when its key is not in the key store. */
async function openBackup(backup: string, keys: Keys): Promise<AsyncGenerator<BackupRecord>> {
  const file = path.join(backup, databaseFile)
  const header = await readHeader(file, databaseKind)
  const [, format, keyId = ''] = header.split(' ')
  if (format !== '1') throw new BackupUnreadable(`${backup} was written by a newer Frontdesk. Use that one, or a newer one, to restore it.`)
  return decodeRecords(readSealed(file, header, secretFor(keys, keyId)))
}

function secretFor(keys: Keys, keyId: string): Buffer {
  try {
    return backupSecret(keys, keyId).key
  } catch (error) {
    if (!(error instanceof CannotDecrypt)) throw error
    throw new BackupUnreadable(
      'This backup was encrypted with keys that are not here. Name your copy of the keys: npm run restore -- <backup> --keys <file>',
      { cause: error },
    )
  }
}

/** The migrations the backup was made with. Throws when this version does not know one of them. */
async function migrationsOf(folders: readonly MigrationFolder[], { migrations, version }: Begin): Promise<readonly MigrationFolder[]> {
  const newer = (room: string) =>
    new BackupUnreadable(
      `The backup was made by a newer Frontdesk (${version}): this one does not know the migrations of "${room}" in it. Update, then restore.`,
    )
  const unknown = Object.entries(migrations).find(([room, names]) => names.length > 0 && !folders.some((folder) => folder.room === room))
  if (unknown) throw newer(unknown[0])
  return Promise.all(
    folders.map(async ({ room, folder }) => {
      const here = (await readdir(folder)).map((name) => name.replace(/\.sql$/, ''))
      const only = migrations[room] ?? []
      if (only.some((name) => !here.includes(name))) throw newer(room)
      return { room, folder, only }
    }),
  )
}

async function refuseFilledFolder(fileFolder: string): Promise<void> {
  const shards = existsSync(fileFolder) ? (await readdir(fileFolder)).filter((name) => /^[0-9a-f]{2}$/.test(name)) : []
  for (const shard of shards)
    if ((await readdir(path.join(fileFolder, shard))).length > 0) throw filled(`the folder ${fileFolder} holds files`)
}

const filled = (what: string) =>
  new Error(
    `A backup is restored into an empty place only, and here ${what}. Nothing was changed. Choose an empty one: npm run restore -- <backup> --keys <file> --data <empty folder>`,
  )

/** A database that is not there yet, or whose tables hold no row, is empty. */
async function refuseFilledDatabase({ administratorUrl, database }: RestoreBackup, begin: Begin): Promise<void> {
  const client = new pg.Client({ connectionString: administratorUrl })
  client.on('error', () => undefined)
  await client.connect()
  const { rowCount } = await client.query('select from pg_database where datname = $1', [database]).finally(() => client.end())
  if (rowCount === 0) return
  const inside = new pg.Client({ connectionString: onDatabase(administratorUrl, database) })
  inside.on('error', () => undefined)
  await inside.connect()
  try {
    const { rows: me } = await inside.query<{ seesAll: boolean }>('select rolsuper as "seesAll" from pg_roles where rolname = current_user')
    for (const { schema, table } of await readTables(inside)) {
      if (schema === 'pgboss') continue // its own bookkeeping; jobs come with the rows that caused them
      if (!me[0]?.seesAll)
        throw filled(`the database "${database}" has tables, and the account in DATABASE_URL cannot see whether they hold rows`)
      const { rows } = await inside.query<{ any: boolean }>(`select exists (select from ${quoted(schema, table)}) as any`)
      if (rows[0]?.any) throw filled(`the database "${database}" holds rows in ${schema}.${table}`)
    }
    refuseNewerSchema(await readMigrations(inside), begin, database)
  } finally {
    await inside.end()
  }
}

/** A schema that is older than the backup's, or the same, is brought to it. One that is newer cannot go back. */
function refuseNewerSchema(applied: AppliedMigrations, { migrations, version }: Begin, database: string): void {
  const newer = Object.entries(applied).some(([room, names]) => names.some((name) => !migrations[room]?.includes(name)))
  if (newer) throw filled(`the database "${database}" has tables that this backup (of Frontdesk ${version}) does not know`)
}

async function restoreFiles(from: string, to: string): Promise<number> {
  if (!existsSync(from)) return 0
  let files = 0
  for (const shard of await readdir(from)) {
    await mkdir(path.join(to, shard), { recursive: true, mode: 0o700 })
    for (const name of await readdir(path.join(from, shard))) {
      await linkOrCopy(path.join(from, shard, name), path.join(to, shard, name))
      files += 1
    }
  }
  return files
}
