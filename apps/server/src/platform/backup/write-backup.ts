import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Keys } from '../crypto/index.ts'
import { isDiskFull, syncFolder } from '../files/index.ts'
import { dumpDatabase } from './dump-database.ts'
import { keepFileKeys } from './file-keys-copy.ts'
import { encodeRecord } from './records.ts'
import { writeSealed } from './sealed-file.ts'

/** What to back up, and where to. */
export type BackupSettings = {
  /** As the role `frontdesk_backup`. */
  readonly databaseUrl: string
  readonly keys: Keys
  /** `<data>/keys`. */
  readonly keyFolder: string
  /** `<data>/files`; undefined when files are kept in a bucket, which is backed up by its own means. */
  readonly fileFolder: string | undefined
  /** Backups are folders in it, named by their time. */
  readonly target: string
  readonly version: string
}

/** A backup that was made. */
export type BackupReport = {
  readonly folder: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly bytes: number
}

/** How many nightly backups stay. */
export const keptBackups = 14
const stamp = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/

/** The name of a backup made at this moment. */
export const stampOf = (now: Temporal.Instant): string => now.toString({ smallestUnit: 'second' }).replaceAll(':', '-')

/** The first words of the encrypted copy of the database. */
export const databaseKind = 'frontdesk-backup'
/** Its name in a backup. */
export const databaseFile = 'database.backup'

/** The secret that a backup is encrypted with. */
export const backupSecret = (keys: Keys, keyId?: string) => keys.subkey('backup', 'archive', keyId)

/** Makes one backup: the database as of one moment, encrypted, and the encrypted files as they are. Nothing half is left when it fails. */
export async function writeBackup(settings: BackupSettings, now: Temporal.Instant): Promise<BackupReport> {
  const folder = path.join(settings.target, stampOf(now))
  const part = `${folder}.part`
  await mkdir(settings.target, { recursive: true, mode: 0o700 })
  await rm(part, { recursive: true, force: true })
  try {
    await mkdir(part, { mode: 0o700 })
    const database = await writeDatabase(settings, part, now)
    const files =
      settings.fileFolder === undefined ? { files: 0, bytes: 0 } : await keepFiles(settings.fileFolder, path.join(part, 'files'))
    await writeFile(path.join(part, 'README.txt'), readme(now), { mode: 0o600, flush: true })
    await keepFileKeys(settings, now)
    await syncFolder(part)
    await rename(part, folder)
    await syncFolder(settings.target)
    return { folder, ...database, ...files }
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    if (!isDiskFull(error)) throw error
    throw new Error(
      `The disk that holds ${settings.target} is full, so no backup was made. Free some space, or name another place with --to.`,
      { cause: error },
    )
  }
}

/** The backup of every night: makes one, then removes those beyond the newest fourteen. */
export async function nightlyBackup(
  settings: BackupSettings,
  now: Temporal.Instant,
): Promise<BackupReport & { readonly removed: readonly string[] }> {
  const report = await writeBackup(settings, now)
  return { ...report, removed: await pruneBackups(settings.target, keptBackups) }
}

/** Removes the oldest backups, and what a crash left of unfinished ones. Answers what was removed. */
export async function pruneBackups(target: string, keep: number): Promise<readonly string[]> {
  const names = await readdir(target)
  const old = names
    .filter((name) => stamp.test(name))
    .sort()
    .slice(0, -keep)
  const unfinished = names.filter((name) => name.endsWith('.part') && stamp.test(name.slice(0, -'.part'.length)))
  for (const name of [...old, ...unfinished]) await rm(path.join(target, name), { recursive: true, force: true })
  return old
}

async function writeDatabase(settings: BackupSettings, folder: string, now: Temporal.Instant): Promise<{ tables: number; rows: number }> {
  const { keyId, key } = backupSecret(settings.keys)
  let totals = { tables: 0, rows: 0 }
  async function* bytes() {
    for await (const record of dumpDatabase(settings.databaseUrl, { version: settings.version, createdAt: now })) {
      if (record.kind === 'end') totals = { tables: record.tables, rows: record.rows }
      yield encodeRecord(record)
    }
  }
  await writeSealed(path.join(folder, databaseFile), `${databaseKind} 1 ${keyId} ${now}`, key, bytes())
  return totals
}

/** Files never change under their address, so a backup on the same disk is a second name for the same bytes and takes no room. */
async function keepFiles(from: string, to: string): Promise<{ files: number; bytes: number }> {
  let files = 0
  let bytes = 0
  for (const shard of (await readdir(from).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    await mkdir(path.join(to, shard), { recursive: true, mode: 0o700 })
    for (const name of await readdir(path.join(from, shard))) {
      const kept = await linkOrCopy(path.join(from, shard, name), path.join(to, shard, name))
      if (kept === undefined) continue // erased a moment ago
      files += 1
      bytes += kept
    }
  }
  return { files, bytes }
}

/** Gives a file a second name, or copies it where that cannot be; answers its size, or undefined when it is gone. */
export async function linkOrCopy(from: string, to: string): Promise<number | undefined> {
  try {
    await link(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return undefined
    if (code === 'EEXIST') throw error
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    const handle = await open(to, 'r+')
    await handle.sync().finally(() => handle.close())
  }
  return (await stat(to)).size
}

const readme = (now: Temporal.Instant) => `A backup of Frontdesk, made ${now}.

database.backup holds every table, encrypted. files/ holds the stored files, each encrypted.
Neither can be read without the keys, which are not in here.

To restore it into an empty data folder, in a clone of Frontdesk:
  npm run restore -- <this folder> --keys <your copy of the keys> --data <empty folder>
`
