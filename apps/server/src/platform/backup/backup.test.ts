import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrationFolders } from '../../migration-order.ts'
import { openKeys } from '../crypto/index.ts'
import { onDatabase, type PrepareDatabase } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { FileUnreadable, openFiles, recordFile, type StoredFile } from '../files/index.ts'
import { fillTables, tableDigests } from './filling.testing.ts'
import {
  type BackupReport,
  type BackupSettings,
  BackupUnreadable,
  keptBackups,
  nightlyBackup,
  pruneBackups,
  restoreBackup,
  writeBackup,
} from './index.ts'

const source = await testDatabase()
const now = Temporal.Instant.from('2027-01-05T03:15:00Z')
const workspaceId = source.newWorkspaceId()
const keyFolder = path.join(source.folder, 'keys')
const fileFolder = path.join(source.folder, 'files')
const files = openFiles({ keys: source.keys, keyFolder: path.join(keyFolder, 'files'), folder: fileFolder })
const server = process.env.FRONTDESK_TEST_DATABASE_URL ?? ''
const passwords = Object.fromEntries(
  Object.entries(source.urls).map(([role, url]) => [`frontdesk_${role}`, new URL(url).password]),
) as NonNullable<PrepareDatabase['passwords']>
const made: string[] = []

const settings = (changes: Partial<BackupSettings> = {}): BackupSettings => ({
  databaseUrl: source.urls.backup,
  keys: source.keys,
  keyFolder,
  fileFolder,
  target: path.join(source.folder, 'backups'),
  version: '0.1.0',
  ...changes,
})

let stored: StoredFile
let backup: BackupReport
let filled: readonly string[]
beforeAll(async () => {
  stored = await files.put(Buffer.from('MARKER of a plan'), { workspaceId, subjects: [], purpose: 'attachment', maxBytes: 100, now })
  await source.database.inWorkspace(workspaceId, (tx) => recordFile(tx, stored))
  filled = await fillTables(source.asSuperuser, workspaceId)
  await source.asSuperuser(`insert into pgboss.job (name, data) values ('jobs.dead', '{"workspaceId": "none"}')`)
  backup = await writeBackup(settings(), now)
})
afterAll(async () => {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  for (const name of made) await client.query(`drop database if exists ${name} with (force)`)
  await client.end()
})

/** An empty place: a folder with the same keys or others, and the name of a database that is not there. */
function emptyPlace({ sameKeys = true } = {}) {
  const folder = mkdtempSync(path.join(source.folder, 'place-'))
  if (sameKeys) cpSync(keyFolder, path.join(folder, 'keys'), { recursive: true })
  const database = `restored_${randomBytes(6).toString('hex')}`
  made.push(database)
  const keys = openKeys(path.join(folder, 'keys'), now)
  return {
    administratorUrl: server,
    database,
    dataFolder: folder,
    migrations: migrationFolders,
    passwords,
    keys,
    fileFolder: path.join(folder, 'files'),
  }
}

async function onServer<T>(database: string, work: (query: (text: string) => Promise<pg.QueryResult>) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: onDatabase(server, database) })
  await client.connect()
  return work((text) => client.query(text)).finally(() => client.end())
}

/** A copy of the backup with its database changed. */
function changed(change: (bytes: Buffer) => Buffer): string {
  const copy = mkdtempSync(path.join(source.folder, 'changed-'))
  cpSync(backup.folder, copy, { recursive: true })
  const file = path.join(copy, 'database.backup')
  writeFileSync(file, change(readFileSync(file)))
  return copy
}

describe('refuses to restore', () => {
  it('without the keys it was made with', async () => {
    await expect(restoreBackup({ ...emptyPlace({ sameKeys: false }), backup: backup.folder })).rejects.toThrow('keys that are not here')
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['one bit flipped', (bytes) => Buffer.from(bytes.map((byte, at) => (at === 5000 ? byte ^ 1 : byte)))],
    ['its end cut off', (bytes) => bytes.subarray(0, bytes.length - 10)],
    ['another time in its first line', (bytes) => Buffer.from(bytes.toString('latin1').replace('2027-01-05', '2027-01-06'), 'latin1')],
  ])('a backup with %s, and leaves nothing of it', async (_what, change) => {
    const place = emptyPlace()
    await expect(restoreBackup({ ...place, backup: changed(change) })).rejects.toThrow(BackupUnreadable)
    const exists = await onServer('postgres', (query) => query(`select from pg_database where datname = '${place.database}'`))
    if (exists.rowCount) expect((await onServer(place.database, (query) => query('select from file'))).rowCount).toBe(0)
  })

  it('what is no backup', async () => {
    await expect(restoreBackup({ ...emptyPlace(), backup: source.folder })).rejects.toThrow('could not be opened')
    await expect(restoreBackup({ ...emptyPlace(), backup: changed(() => Buffer.from('something else\n')) })).rejects.toThrow(
      'is not frontdesk backup',
    )
  })

  it('over rows, and over files', async () => {
    const { pathname } = new URL(source.urls.owner)
    const digests = await tableDigests(source.asSuperuser)
    await expect(restoreBackup({ ...emptyPlace(), database: pathname.slice(1), backup: backup.folder })).rejects.toThrow('empty place only')
    expect(await tableDigests(source.asSuperuser)).toEqual(digests)
    await expect(restoreBackup({ ...emptyPlace(), fileFolder, backup: backup.folder })).rejects.toThrow('holds files')
  })

  it('over tables whose rows it cannot see, because row-level security hides them', async () => {
    const { pathname } = new URL(source.urls.owner)
    const place = { ...emptyPlace(), administratorUrl: source.urls.owner, database: pathname.slice(1) }
    await expect(restoreBackup({ ...place, backup: backup.folder })).rejects.toThrow('cannot see whether they hold rows')
  })

  it('what a newer Frontdesk has made', async () => {
    await expect(restoreBackup({ ...emptyPlace(), migrations: migrationFolders.slice(0, -1), backup: backup.folder })).rejects.toThrow(
      'newer Frontdesk',
    )
  })
})

describe('refuses to back up', () => {
  it('when one table cannot be read whole', async () => {
    await source.asSuperuser('create table hidden (id int); alter table hidden enable row level security')
    await expect(writeBackup(settings({ target: path.join(source.folder, 'nowhere') }), now)).rejects.toThrow('public.hidden')
    expect(readdirSync(path.join(source.folder, 'nowhere')).filter((name) => name !== 'file-keys')).toEqual([])
    await source.asSuperuser('drop table hidden')
  })

  it('on a full disk, and leaves nothing half', async (test) => {
    const { execFileSync } = await import('node:child_process')
    const small = mkdtempSync(path.join(tmpdir(), 'small-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', small], { stdio: 'ignore' })
    } catch {
      test.skip('needs the right to mount a small disk')
    }
    try {
      await files.put(randomBytes(200_000), { workspaceId, subjects: [], purpose: 'attachment', maxBytes: 1_000_000, now })
      await expect(writeBackup(settings({ target: small }), now)).rejects.toThrow('is full')
      expect(readdirSync(small).filter((name) => name !== 'file-keys')).toEqual([])
    } finally {
      execFileSync('umount', [small])
      rmSync(small, { recursive: true })
    }
  })
})

it('says nothing of what it holds', () => {
  const all = readdirSync(backup.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  expect(all.length).toBe(3)
  for (const file of all) expect(readFileSync(file).includes('MARKER')).toBe(false)
  expect(statSync(backup.folder).mode & 0o077).toBe(0)
})

it('takes no room for files on the same disk', () => {
  const inBackup = path.join(backup.folder, 'files', stored.address.slice(0, 2), stored.address)
  expect(statSync(inBackup).ino).toBe(statSync(path.join(fileFolder, stored.address.slice(0, 2), stored.address)).ino)
})

it('restores every row of every table, the files, and a schema that goes on working', async () => {
  expect(filled.length, filled.join(' ')).toBeGreaterThan(20)
  const before = await tableDigests(source.asSuperuser)
  const fresh = await writeBackup(settings(), now.add({ hours: 1 }))
  const place = emptyPlace()
  const report = await restoreBackup({ ...place, backup: fresh.folder })
  expect(report).toMatchObject({ rows: fresh.rows, tables: fresh.tables, files: fresh.files })

  const { after, guards } = await onServer(place.database, async (query) => ({
    after: await tableDigests(query),
    guards: (await query(guardsOf)).rows,
  }))
  // What the database was made ready for is not brought along: the next start looks itself.
  expect(after).toEqual({ ...before, 'platform.preparation': '0 ' })
  expect(guards).toEqual((await source.asSuperuser(guardsOf)).rows)

  const restored = openFiles({ keys: place.keys, keyFolder: path.join(place.dataFolder, 'keys/files'), folder: place.fileFolder })
  expect(Buffer.concat(await Array.fromAsync(await restored.get(stored))).toString()).toBe('MARKER of a plan')
  rmSync(path.join(place.dataFolder, 'keys/files'), { recursive: true })
  await expect(restored.get(stored)).rejects.toThrow(FileUnreadable)
})

/** Foreign keys, triggers and row-level security, which loading sets aside. */
const guardsOf = `
  select conrelid::regclass::text as at, conname as name, pg_get_constraintdef(oid) as says from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|information)'
  union all select tgrelid::regclass::text, tgname, tgenabled::text from pg_trigger where not tgisinternal
  union all select oid::regclass::text, 'row security', relrowsecurity::text || relforcerowsecurity::text from pg_class where relnamespace::regnamespace::text !~ '^(pg_|information)'
  order by 1, 2, 3`

it('sees one moment, however much is written meanwhile', async () => {
  const withoutSubject = 'select count(*)::int as count from file where not exists (select from file_subject where file_id = file.id)'
  const before = (await source.asSuperuser(withoutSubject)).rows
  let writing = true
  const writer = (async () => {
    while (writing) {
      await source.database.inWorkspace(workspaceId, (tx) =>
        recordFile(tx, { ...stored, id: tx.newId(), subjects: [{ contactId: tx.newId() }] }),
      )
    }
  })()
  const report = await writeBackup(settings(), now.add({ hours: 2 })).finally(() => {
    writing = false
  })
  await writer
  const place = emptyPlace()
  await restoreBackup({ ...place, backup: report.folder })
  expect((await onServer(place.database, (query) => query(withoutSubject))).rows).toEqual(before)
})

it('keeps the newest fourteen of every night, and copies of the file keys for three', async () => {
  const target = path.join(source.folder, 'nights')
  const removed: string[] = []
  for (let night = 0; night < keptBackups + 2; night += 1) {
    removed.push(...(await nightlyBackup(settings({ target, fileFolder: undefined }), now.add({ hours: 24 * night }))).removed)
  }
  expect(removed).toEqual(['2027-01-05T03-15-00Z', '2027-01-06T03-15-00Z'])
  expect(readdirSync(target).filter((name) => name !== 'file-keys')).toHaveLength(keptBackups)
  expect(readdirSync(path.join(target, 'file-keys'))).toEqual([
    '2027-01-18T03-15-00Z.keys',
    '2027-01-19T03-15-00Z.keys',
    '2027-01-20T03-15-00Z.keys',
  ])

  renameSync(path.join(target, '2027-01-20T03-15-00Z'), path.join(target, '2027-01-20T03-15-00Z.part'))
  linkSync(path.join(source.folder, 'keys/hash.json'), path.join(target, 'something of yours'))
  expect(await pruneBackups(target, 1)).toHaveLength(keptBackups - 2)
  expect(readdirSync(target).sort()).toEqual(['2027-01-19T03-15-00Z', 'file-keys', 'something of yours'])
  expect(existsSync(target)).toBe(true)
  chmodSync(target, 0o700)
})
