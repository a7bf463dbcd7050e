import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChangeKeys, moveToNewKey, removeKey, rotateKey } from '../../apps/server/src/change-keys.ts'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type Keys, noWorkspace, openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { type Database, encryptedColumns, openDatabase, openPool } from '../../apps/server/src/platform/database/index.ts'
import { type TestDatabase, testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openFiles } from '../../apps/server/src/platform/files/index.ts'
import { oncePerKey } from '../../apps/server/src/platform/http/index.ts'
import { sized } from '../setup/sizes.ts'

const writers = sized(4, 16)
const writesEach = sized(40, 400)
const rotations = sized(3, 8)

let test: TestDatabase
let keyFolder: string
/** Another process, with its own look at the key store. */
let other: { readonly keys: Keys; readonly database: Database }
let eraser: Database
let auth: pg.Pool
let workspaces: readonly WorkspaceId[]
let said: string[]
let work: ChangeKeys

beforeAll(async () => {
  test = await testDatabase()
  keyFolder = path.join(test.folder, 'keys')
  const keys = openKeys(keyFolder, test.clock())
  other = { keys, database: openDatabase({ url: test.urls.app, keys, clock: test.clock, connections: 4 }) }
  const operator = openKeys(keyFolder, test.clock())
  eraser = openDatabase({ url: test.urls.eraser, keys: operator, clock: test.clock, connections: 1 })
  auth = openPool(test.urls.auth, 2)
  workspaces = [test.newWorkspaceId(), test.newWorkspaceId()]
  said = []
  const files = openFiles({ keys: operator, keyFolder: path.join(keyFolder, 'files'), folder: path.join(test.folder, 'files') })
  work = {
    keys: operator,
    eraser,
    auth,
    workspaces,
    columns: encryptedColumns(tableInventories),
    fileKeys: files.fileKeys,
    now: test.clock(),
    remember: async () => undefined,
    say: (line) => void said.push(line),
  }
})
afterAll(async () => {
  await Promise.all([other.database.close(), eraser.close(), auth.end()])
})

const answerOf = (key: string) => ({ key, secret: `the answer to ${key}` })
/** One write that carries an idempotency key: its answer is stored encrypted, and a repetition reads it. */
const write = (database: Database, workspaceId: WorkspaceId, key: string) =>
  database.inWorkspace(workspaceId, (tx) =>
    oncePerKey(tx, { principal: 'somebody', key, requestHash: 'h', sealed: true }, async () => ({ status: 200, answer: answerOf(key) })),
  )

it('reads and writes go on in two processes while keys rotate, and nothing becomes unreadable [L2] [L10]', async () => {
  const files = openFiles({ keys: other.keys, keyFolder: path.join(keyFolder, 'files'), folder: path.join(test.folder, 'files') })
  const personId = randomUUID()
  await auth.query(
    `insert into auth.person_mail (id, to_address, subject, state, attempts, next_attempt_at, raw, created_at) values ($1, 'a@example.com', 's', 'sent', 0, now(), $2, now())`,
    [
      personId,
      other.keys.encrypt('the mail to a person', { workspaceId: noWorkspace, table: 'person_mail', column: 'raw', rowId: personId }),
    ],
  )
  const first = other.keys.currentKeyId('field')
  const firstOfFiles = other.keys.currentKeyId('file')
  const written: { readonly workspaceId: WorkspaceId; readonly key: string }[] = []
  const stored: { readonly workspaceId: string; readonly id: string; readonly size: number; readonly content: string }[] = []

  const busy = Array.from({ length: writers }, async (_, writer) => {
    const database = writer % 2 === 0 ? test.database : other.database
    for (let turn = 0; turn < writesEach; turn += 1) {
      const workspaceId = workspaces[turn % workspaces.length] as WorkspaceId
      const key = `${writer} ${turn}`
      await write(database, workspaceId, key)
      written.push({ workspaceId, key })
      const known = written[(turn * 7919) % written.length]
      if (known) expect(await write(database, known.workspaceId, known.key)).toMatchObject({ replayed: true, answer: answerOf(known.key) })
      if (turn % 10 === 0) {
        const content = `file ${key}`
        const put = await files.put(Buffer.from(content), {
          workspaceId,
          subjects: [],
          purpose: 'attachment',
          maxBytes: 100,
          now: test.clock(),
        })
        stored.push({ ...put, content })
        const one = stored[(turn * 31) % stored.length]
        if (one) expect(Buffer.concat(await Array.fromAsync(await files.get(one))).toString()).toBe(one.content)
      }
    }
  })
  const rotating = (async () => {
    for (let turn = 0; turn < rotations; turn += 1) {
      await rotateKey(work, 'field')
      await rotateKey(work, 'file')
    }
  })()
  await Promise.all([...busy, rotating])

  // What the processes wrote before they heard of the last key is moved by the next run, as each of them learns within seconds.
  test.keys.refresh()
  other.keys.refresh()
  await moveToNewKey(work, 'field')
  await moveToNewKey(work, 'file')
  expect(written).toHaveLength(writers * writesEach)
  for (const { workspaceId, key } of written)
    expect(await write(other.database, workspaceId, key)).toMatchObject({ replayed: true, answer: answerOf(key) })
  for (const one of stored) expect(Buffer.concat(await Array.fromAsync(await files.get(one))).toString()).toBe(one.content)
  const { rows } = await auth.query('select raw from auth.person_mail where id = $1', [personId])
  expect(other.keys.decrypt(rows[0].raw, { workspaceId: noWorkspace, table: 'person_mail', column: 'raw', rowId: personId })).toBe(
    'the mail to a person',
  )
  expect(rows[0].raw).toContain(`v1|${work.keys.currentKeyId('field')}|`)
  expect(said.some((line) => /idempotency_key\.answer: \d+ of \d+ \(\d+ %\)/.test(line))).toBe(true)

  // The first keys are needed by nothing any more, and may go once nobody can be writing with them.
  await expect(removeKey(work, 'field', first)).rejects.toThrow('was retired a short while ago')
  const later = { ...work, now: work.now.add({ minutes: 11 }) }
  await removeKey(later, 'field', first)
  await removeKey(later, 'file', firstOfFiles)
  const fresh = openDatabase({ url: test.urls.app, keys: openKeys(keyFolder, test.clock()), clock: test.clock, connections: 1 })
  try {
    for (const { workspaceId, key } of written.slice(0, 50))
      expect(await write(fresh, workspaceId, key)).toMatchObject({ replayed: true, answer: answerOf(key) })
  } finally {
    await fresh.close()
  }
})

it('a retired key stays while a row, a file or a password needs it, and some stay for good [L2]', async () => {
  const workspaceId = workspaces[0] as WorkspaceId
  await write(test.database, workspaceId, 'the last of its key')
  const old = work.keys.currentKeyId('field')
  work.keys.rotate('field', work.now)
  const later = { ...work, now: work.now.add({ minutes: 11 }) }
  await expect(removeKey(later, 'field', old)).rejects.toThrow(/still needed by \d+ values/)
  expect(await write(other.database, workspaceId, 'the last of its key')).toMatchObject({ replayed: true })
  await expect(removeKey(later, 'field', work.keys.currentKeyId('field'))).rejects.toThrow('in use')
  for (const purpose of ['hash', 'audit', 'backup', 'link'] as const)
    await expect(removeKey(later, purpose, work.keys.currentKeyId(purpose))).rejects.toThrow('stay')
})

it('a value that nobody can read is named and left as it is; the others are moved [L2]', async () => {
  const workspaceId = workspaces[1] as WorkspaceId
  await write(test.database, workspaceId, 'to be broken')
  await test.asSuperuser(
    `update idempotency_key set answer = to_jsonb(replace(answer #>> '{}', 'v1|', 'v1|zzzz')) where key = 'to be broken'`,
  )
  await test.asSuperuser(
    `update idempotency_key set answer = to_jsonb(regexp_replace(answer #>> '{}', '^v1\\|zzzz....\\|', 'v1|zzzz|')) where key = 'to be broken'`,
  )
  await rotateKey(work, 'field')
  expect(said.at(-1)).toContain('1 values of idempotency_key.answer can be read with none of the keys')
})

it('moves every column that holds encrypted values: the inventory knows them all [L2]', async () => {
  const known = new Set(encryptedColumns(tableInventories).map(({ schema, table, column }) => `${schema}.${table}.${column}`))
  const { rows } = await test.asSuperuser(
    `select table_schema as schema, table_name as table, column_name as column from information_schema.columns where table_schema in ('public', 'auth', 'platform') and data_type in ('text', 'jsonb')`,
  )
  for (const { schema, table, column } of rows) {
    const { rowCount } = await test.asSuperuser(
      `select from "${schema}"."${table}" where to_jsonb("${column}") #>> '{}' ~ '^v1\\|[a-z0-9]{4}\\|' limit 1`,
    )
    if ((rowCount ?? 0) > 0) expect(known).toContain(`${schema}.${table}.${column}`)
  }
  expect([...known]).toEqual(
    expect.arrayContaining([
      'public.mail.raw',
      'public.inbound_mail.raw',
      'public.idempotency_key.answer',
      'auth.person_mail.raw',
      'auth.credential.secret',
    ]),
  )
})
