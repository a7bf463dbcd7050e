import path from 'node:path'
import type { ContactId, MemberId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../database/testing.ts'
import { orderedId } from '../ids/index.ts'
import {
  expiredFiles,
  type FileSubject,
  filesAbout,
  findFile,
  forgetFile,
  knownFiles,
  openFiles,
  recordFile,
  type StoredFile,
  tidyFiles,
} from './index.ts'

const { database, newWorkspaceId, clock, keys, folder } = await testDatabase()
const workspaceId = newWorkspaceId()
const contactId: ContactId = orderedId(1)
const other: ContactId = orderedId(1)
const memberId: MemberId = orderedId(1)

const stored = (changes: Partial<StoredFile> = {}): StoredFile => ({
  workspaceId,
  id: orderedId(clock().epochMilliseconds),
  address: 'a'.repeat(64),
  purpose: 'attachment',
  name: 'plan.pdf',
  mediaType: 'application/pdf',
  size: 3_000_000_000,
  subjects: [],
  createdAt: clock(),
  expiresAt: null,
  ...changes,
})
const record = (file: StoredFile) => database.inWorkspace(workspaceId, (tx) => recordFile(tx, file))

describe('the database refuses', () => {
  it('a shared file without an end, or with one after 30 days', async () => {
    await expect(record(stored({ purpose: 'export' }))).rejects.toThrow('check constraint')
    await expect(record(stored({ purpose: 'import', expiresAt: clock().add({ hours: 721 }) }))).rejects.toThrow('check constraint')
  })

  it('an address that could lead out of the store', async () => {
    await expect(record(stored({ address: '../../etc/passwd' }))).rejects.toThrow('check constraint')
  })
})

it('refuses to record a file that was stored for another workspace', async () => {
  await expect(record(stored({ workspaceId: newWorkspaceId() }))).rejects.toThrow('another workspace')
})

it('does not show a file to another workspace', async () => {
  const file = stored()
  await record(file)
  expect(await database.inWorkspace(newWorkspaceId(), (tx) => findFile(tx, file.id))).toBeUndefined()
})

it('finds a file by its id and by each person it is about', async () => {
  const subjects: FileSubject[] = [{ contactId }, { contactId: other }, { memberId }]
  const file = stored({ subjects })
  await record(file)
  await database.inWorkspace(workspaceId, async (tx) => {
    expect(await findFile(tx, file.id)).toMatchObject({ name: 'plan.pdf', size: 3_000_000_000, media_type: 'application/pdf' })
    for (const subject of subjects) expect((await filesAbout(tx, subject)).map((row) => row.id)).toEqual([file.id])
    expect(await filesAbout(tx, { contactId: orderedId(1) })).toEqual([])
    expect(await knownFiles(tx, [file.id, orderedId(1)])).toEqual(new Set([file.id]))
    expect(await knownFiles(tx, [])).toEqual(new Set())
    await forgetFile(tx, file.id)
    expect(await findFile(tx, file.id)).toBeUndefined()
    expect(await filesAbout(tx, { contactId })).toEqual([])
  })
})

it('names the files whose time is over', async () => {
  const file = stored({ purpose: 'export', expiresAt: clock().add({ hours: 1 }) })
  await record(file)
  const expired = () => database.inWorkspace(workspaceId, async (tx) => (await expiredFiles(tx)).map((row) => row.id))
  expect(await expired()).toEqual([])
  clock.advance({ hours: 1 })
  expect(await expired()).toEqual([file.id])
})

it('erases at night what has expired and what no row knows, and nothing else', async () => {
  const files = openFiles({ keys, keyFolder: path.join(folder, 'keys/files'), folder: path.join(folder, 'files') })
  const workspace = newWorkspaceId()
  const put = (purpose: 'export' | 'attachment') =>
    files.put(Buffer.from('content'), { workspaceId: workspace, subjects: [], purpose, maxBytes: 100, now: clock() })
  const [expiring, kept, orphan] = [await put('export'), await put('attachment'), await put('attachment')]
  for (const file of [expiring, kept]) await database.inWorkspace(workspace, (tx) => recordFile(tx, file))
  const tidy = () => tidyFiles(files, workspace, clock(), (work) => database.inWorkspace(workspace, work))

  clock.advance({ hours: 24 })
  expect(await tidy()).toEqual({ expired: 0, orphaned: 0 })
  clock.advance({ hours: 1 })
  expect(await tidy()).toEqual({ expired: 0, orphaned: 1 })
  await expect(files.get(orphan)).rejects.toMatchObject({ reason: 'erased' })
  clock.advance({ days: 30 })
  expect(await tidy()).toEqual({ expired: 1, orphaned: 0 })
  await expect(files.get(expiring)).rejects.toMatchObject({ reason: 'erased' })
  expect((await Array.fromAsync(await files.get(kept))).join('')).toBe('content')
})
