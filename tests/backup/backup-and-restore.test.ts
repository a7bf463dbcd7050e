import { spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrationFolders } from '../../apps/server/src/migration-order.ts'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { type DatabaseUrls, onDatabase, openDatabase, prepareDatabase } from '../../apps/server/src/platform/database/index.ts'
import { type Files, FileUnreadable, openFiles, recordFile, type StoredFile } from '../../apps/server/src/platform/files/index.ts'
import { orderedId } from '../../apps/server/src/platform/ids/index.ts'
import { prepareJobs } from '../../apps/server/src/platform/jobs/index.ts'
import { startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'
import { BUILT_IN_DATABASE, claimDataFolder } from '../../apps/server/src/platform/supervisor/index.ts'

const clone = path.resolve(import.meta.dirname, '../..')
const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-backup-'))
chmodSync(root, 0o711) // the account that runs PostgreSQL for root passes through
const first = path.join(root, 'first')
const second = path.join(root, 'second')
const backups = path.join(root, 'elsewhere')
const keysCopy = path.join(root, 'desk.keys')
const passphraseFile = path.join(root, 'passphrase')
const now = Temporal.Instant.from('2026-01-05T10:00:00Z')
const workspaceId = orderedId<'workspace'>(1)
/** Where a value stands that a key of fields encrypts. */
const sealedAt = { workspaceId, table: 'idempotency_key', column: 'answer', rowId: orderedId(1) }
let plan: StoredFile

/** Runs one of our commands on a data folder, as npm does. */
async function run(script: string, data: string, ...args: string[]): Promise<{ code: number | null; said: string }> {
  const env = { ...process.env, FRONTDESK_DATA: data, DATABASE_URL: '' }
  const child = spawn(process.execPath, [path.join(clone, 'scripts', script), ...args], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said: Buffer.concat(chunks).toString() }
}

const filesOf = (data: string): Files =>
  openFiles({ keys: openKeys(path.join(data, 'keys'), now), keyFolder: path.join(data, 'keys/files'), folder: path.join(data, 'files') })

const placeOf = (data: string, administratorUrl: string) => ({
  administratorUrl,
  database: BUILT_IN_DATABASE,
  dataFolder: data,
  migrations: migrationFolders,
})
/** The keys of a data folder as its start brings them. */
const keysHere = (data: string) => ({ folder: path.join(data, 'keys'), open: () => openKeys(path.join(data, 'keys'), now) })

async function onServerOf<T>(data: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startPostgresServer(data)
  return work(server.superuserUrl).finally(() => server.stop())
}

beforeAll(async () => {
  const claim = await claimDataFolder(first)
  await onServerOf(first, async (administratorUrl) => {
    const urls = await prepareDatabase({ ...placeOf(first, administratorUrl), keysHere: keysHere(first) })
    await prepareJobs(urls.owner, [])
    const keys = openKeys(path.join(first, 'keys'), now)
    const database = openDatabase({ url: urls.app, keys, clock: () => now, connections: 1 })
    plan = await filesOf(first).put(Buffer.from('the plan'), { workspaceId, subjects: [], purpose: 'attachment', maxBytes: 100, now })
    await database.inWorkspace(workspaceId, async (tx) => {
      await sql`insert into workspace (id, name, slug, zone, locale, currency, brand_colour, created_at, version)
        values (${workspaceId}, 'Salon Nine', 'nine', 'UTC', 'en', 'USD', '#000000', ${tx.now}, 1)`.execute(tx.db)
      await sql`insert into workspace_slug (workspace_id, id, slug, created_at) values (${workspaceId}, ${tx.newId()}, 'nine', ${tx.now})`.execute(
        tx.db,
      )
      await sql`insert into member (workspace_id, id, user_id, name, email, role, joined_at, created_at, version)
        values (${workspaceId}, ${tx.newId()}, ${tx.newId()}, 'Dana', 'dana@home.example', 'owner', ${tx.now}, ${tx.now}, 1)`.execute(tx.db)
      await recordFile(tx, plan)
      const answer = JSON.stringify(tx.keys.encrypt('the sealed answer', sealedAt))
      await tx.db
        .insertInto('idempotency_key')
        .values({
          workspace_id: workspaceId,
          id: sealedAt.rowId,
          principal: 'test',
          key: 'one',
          request_hash: 'x',
          status: 200,
          answer,
          created_at: tx.now,
        })
        .execute()
    })
    await database.close()
  })
  claim.release()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

it('says what to do where there is nothing to back up, and for what it does not know', async () => {
  const nothing = await run('backup.ts', path.join(root, 'nothing'))
  expect(nothing).toMatchObject({ code: 1, said: expect.stringContaining('start one there with: npm start') })
  expect(existsSync(path.join(root, 'nothing'))).toBe(false)
  expect((await run('backup.ts', first, '--frequently')).said).toContain("Unknown option '--frequently'")
  expect((await run('restore.ts', first)).said).toContain('Say which backup to restore')
})

it('works on the folder that --data names, over FRONTDESK_DATA, and makes none where a name was misspelt', async () => {
  const nothing = path.join(root, 'nothing')
  const { code, said } = await run('backup.ts', nothing, '--data', first, '--to', path.join(root, 'named'))
  expect(code, said).toBe(0)
  expect((await run('operator.ts', nothing, 'verify-audit', '--data', first)).code).toBe(0)
  for (const [script, ...args] of [['backup.ts'], ['operator.ts', 'mails'], ['restore.ts', '--keys', keysCopy]] as const) {
    expect(await run(script, first, ...args, '--data', nothing), script).toMatchObject({ code: 1, said: expect.stringContaining(nothing) })
  }
  expect((await run('operator.ts', first, 'mails', '--data')).said).toContain("'--data <value>' argument missing")
  expect(existsSync(nothing)).toBe(false)
})

it('keeps keys and data apart: no copy of the keys inside the data folder', async () => {
  expect((await run('backup.ts', first, '--keys', path.join(first, 'backups/desk.keys'))).said).toContain('belong apart')
})

it('copies the keys, and counts the copy once it was opened with its passphrase', async () => {
  const copied = await run('backup.ts', first, '--keys', keysCopy)
  const passphrase = /^ {2}((?:[a-z2-9]{5}-){4}[a-z2-9]{5})$/m.exec(copied.said)?.[1] ?? ''
  expect(passphrase).not.toBe('')
  writeFileSync(passphraseFile, 'not this one')
  expect((await run('backup.ts', first, '--confirm-keys', keysCopy, '--passphrase-file', passphraseFile)).code).toBe(1)
  writeFileSync(passphraseFile, `${passphrase}\n`)
  expect((await run('backup.ts', first, '--confirm-keys', keysCopy, '--passphrase-file', passphraseFile)).said).toContain(
    'holds every key in use',
  )
})

it('backs up one data folder and restores it in another: the same rows, and files that only the keys open [L7]', async () => {
  const made = await run('backup.ts', first, '--to', backups)
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('1 files') })
  const backup = path.join(backups, readdirSync(backups).find((name) => name !== 'file-keys') ?? '')

  expect((await run('restore.ts', second, backup)).said).toContain('can only be read with the keys')
  const restored = await run('restore.ts', first, backup, '--keys', keysCopy, '--passphrase-file', passphraseFile, '--data', second)
  expect(restored, restored.said).toMatchObject({ code: 0 })

  const { rows } = await onServerOf(second, async (url) => {
    const client = new pg.Client({ connectionString: onDatabase(url, BUILT_IN_DATABASE) })
    await client.connect()
    return client.query('select id, address from file').finally(() => client.end())
  })
  expect(rows).toEqual([{ id: plan.id, address: plan.address }])
  expect((await Array.fromAsync(await filesOf(second).get(plan))).join('')).toBe('the plan')

  const stranger = path.join(root, 'stranger')
  cpSync(path.join(second, 'files'), path.join(stranger, 'files'), { recursive: true })
  await expect(filesOf(stranger).get(plan)).rejects.toThrow(FileUnreadable)

  const again = await run('restore.ts', second, backup)
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining('empty place only') })
  expect(readFileSync(path.join(backup, 'README.txt'), 'utf8')).toContain('npm run restore')
})

it('does not bring back a file that was erased after the copy of the keys and before the backup', async () => {
  const third = path.join(root, 'third')
  await filesOf(first).erase(plan)
  const later = path.join(root, 'later')
  expect((await run('backup.ts', first, '--to', later)).code).toBe(0)
  const backup = path.join(later, readdirSync(later).find((name) => name !== 'file-keys') ?? '')
  expect((await run('restore.ts', third, backup, '--keys', keysCopy, '--passphrase-file', passphraseFile)).code).toBe(0)
  await expect(filesOf(third).get(plan)).rejects.toMatchObject({ reason: 'erased' })
})

it('changes a key on request, says how far it is, and keeps the old one while something needs it or could still be made with it [L2]', async () => {
  expect((await run('operator.ts', first, 'rotate-key', 'everything')).said).toContain('Say which keys: field, hash')
  const before = await run('operator.ts', first, 'keys')
  const old = /^field +(\w{4}) .* in use, \d+ values$/m.exec(before.said)?.[1] ?? ''
  expect(old, before.said).not.toBe('')
  const keysBefore = path.join(root, 'keys-before')
  cpSync(path.join(first, 'keys'), keysBefore, { recursive: true })
  const changed = await run('operator.ts', first, 'rotate-key', 'field')
  expect(changed, changed.said).toMatchObject({
    code: 0,
    said: expect.stringMatching(/is in use for "field".*\b1 values are encrypted with the new key/s),
  })
  expect((await run('operator.ts', first, 'rotate-key', 'file')).said).toContain('keys of files are wrapped by the new key')
  const after = await run('operator.ts', first, 'keys')
  expect(after.said).toMatch(new RegExp(`^field +${old} .* retired .*, 0 values$`, 'm'))
  expect(await run('operator.ts', first, 'remove-key', 'field', old)).toMatchObject({
    code: 1,
    said: expect.stringContaining('was retired a short while ago'),
  })
  expect(await run('operator.ts', first, 'remove-key', 'hash', old)).toMatchObject({
    code: 1,
    said: expect.stringContaining('stay, also when they are retired'),
  })
  const start = async <T>(folder: string, work: (urls: DatabaseUrls) => Promise<T>) =>
    onServerOf(first, async (url) =>
      work(await prepareDatabase({ ...placeOf(first, url), keysHere: { folder, open: () => openKeys(folder, now) } })),
    )
  // The database knows the new key: the next start reads with it what the old one had encrypted, and refuses keys without it.
  const read = await start(path.join(first, 'keys'), async (urls) => {
    const database = openDatabase({ url: urls.app, keys: openKeys(path.join(first, 'keys'), now), clock: () => now, connections: 1 })
    const sealed = await database.inWorkspace(workspaceId, (tx) =>
      tx.db.selectFrom('idempotency_key').select('answer').where('id', '=', sealedAt.rowId).executeTakeFirstOrThrow(),
    )
    await database.close()
    return { sealed: String(sealed.answer), opened: database.keys.decrypt(String(sealed.answer), sealedAt) }
  })
  const made = /^field +(\w{4}) .* in use, 1 values$/m.exec(after.said)?.[1]
  expect(made, after.said).toMatch(/^\w{4}$/)
  expect(made).not.toBe(old)
  expect(read.opened).toBe('the sealed answer')
  expect(read.sealed).toContain(made)
  await expect(start(keysBefore, async () => 'started')).rejects.toThrow('npm run operator -- accept-keys')
})

it('starts with new keys only after the operator said that the old ones are lost for good', async () => {
  rmSync(path.join(second, 'keys'), { recursive: true })
  const start = () =>
    onServerOf(second, (url) => prepareDatabase({ ...placeOf(second, url), keysHere: keysHere(second) })).then(
      () => 'started',
      (error: Error) => error.message,
    )
  expect(await start()).toContain('npm run operator -- accept-keys')
  expect((await run('operator.ts', first, 'accept-keys', '--data', second)).said).toContain('The next start takes the keys that are here.')
  expect(await start()).toBe('started')
})
