import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Keys, openKeys } from '../crypto/index.ts'
import { Refusal } from '../errors/index.ts'
import { type Files, FileUnreadable, openFiles, type PutFile, type StoredFile } from './index.ts'

const now = Temporal.Instant.from('2026-11-23T10:00:00Z')
const wish: PutFile = {
  workspaceId: '01890a5d-ac96-774b-bcce-b302099a8057',
  subjects: [],
  purpose: 'attachment',
  maxBytes: 20_000_000,
  now,
}
const frame = 65_536 + 16
const header = 36

let folder: string
let keys: Keys
let files: Files
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'))
  keys = openKeys(path.join(folder, 'keys'), now)
  files = openFiles({ keys, keyFolder: path.join(folder, 'keys/files'), folder: path.join(folder, 'files') })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const all = async (source: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(source))
const pathOf = (file: StoredFile) => path.join(folder, 'files', file.address.slice(0, 2), file.address)
const everything = (of: string): string[] =>
  readdirSync(path.join(folder, of), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
async function* chunks(bytes: Buffer, size = 30_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error) => (error instanceof Refusal ? error.type : error),
  )
const unreadable = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error) => (error instanceof FileUnreadable ? error.reason : error),
  )

describe('refuses, and keeps nothing of', () => {
  it.each<[string, string, () => Parameters<Files['put']>]>([
    ['a stream one byte too long', 'http/too-large', () => [chunks(randomBytes(100_001)), { ...wish, maxBytes: 100_000 }]],
    [
      'what calls itself a picture and is a page',
      'files/refused',
      () => [Buffer.from('<!doctype html><script>alert(1)</script>'), { ...wish, name: 'me.png', accept: ['image/*'] }],
    ],
    [
      'a long stream of the wrong type',
      'files/refused',
      () => [chunks(Buffer.alloc(1_000_000, 'text ')), { ...wish, accept: ['image/png'] }],
    ],
  ])('%s', async (_what, type, attempt) => {
    expect(await refusal(files.put(...attempt()))).toBe(type)
    expect(everything('files')).toEqual([])
    expect(readdirSync(path.join(folder, 'keys'))).not.toContain('files')
  })

  it('a stream that breaks off', async () => {
    async function* broken() {
      yield randomBytes(200_000)
      throw new Error('the sender hung up')
    }
    await expect(files.put(broken(), wish)).rejects.toThrow('hung up')
    expect(everything('files')).toEqual([])
  })
})

describe('a stored file whose bytes were', () => {
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['changed', (bytes) => Buffer.from(bytes.map((byte, at) => (at === 70_000 ? byte ^ 4 : byte)))],
    ['cut off within a frame', (bytes) => bytes.subarray(0, bytes.length - 3)],
    ['cut off between frames', (bytes) => bytes.subarray(0, header + 2 * frame)],
    [
      'swapped',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, header),
          bytes.subarray(header + frame, header + 2 * frame),
          bytes.subarray(header, header + frame),
          bytes.subarray(header + 2 * frame),
        ]),
    ],
    ['emptied', () => Buffer.alloc(0)],
  ])('%s is not given out', async (_how, change) => {
    const file = await files.put(randomBytes(200_000), wish)
    writeFileSync(pathOf(file), change(readFileSync(pathOf(file))))
    expect(await unreadable(files.get(file).then(all))).toBe('damaged')
    expect(await unreadable(files.get(file, { start: 0, end: 200_000 }).then(all))).toBe('damaged')
  })

  it('removed is said to be missing, and one whose beginning is damaged is refused before the first byte', async () => {
    const file = await files.put(randomBytes(200_000), wish)
    truncateSync(pathOf(file), 100)
    await expect(files.get(file)).rejects.toThrow(FileUnreadable)
    rmSync(pathOf(file))
    expect(await unreadable(files.get(file))).toBe('missing')
  })

  it('exchanged with those of another file is not given out', async () => {
    const [one, two] = [await files.put(randomBytes(100), wish), await files.put(randomBytes(100), wish)]
    writeFileSync(pathOf(one), readFileSync(pathOf(two)))
    expect(await unreadable(files.get(one))).toBe('damaged')
  })
})

describe('an erased file', () => {
  it('cannot be read any more, not even from a copy of its bytes', async () => {
    const file = await files.put(Buffer.from('MARKER of a person'), wish)
    const copy = readFileSync(pathOf(file))
    await files.erase(file)
    expect([...everything('files'), ...everything('keys/files')]).toEqual([])
    writeFileSync(pathOf(file), copy)
    expect(await unreadable(files.get(file))).toBe('erased')
    await files.erase(file)
  })

  it('goes with its whole workspace', async () => {
    const neighbour = { ...wish, workspaceId: '01890a5d-ac96-774b-bcce-b302099a8058' }
    const kept = await files.put(Buffer.from('neighbour'), neighbour)
    await files.put(Buffer.from('one'), wish)
    await files.put(Buffer.from('two'), wish)
    expect(await files.eraseWorkspace(wish.workspaceId)).toBe(2)
    expect((await all(await files.get(kept))).toString()).toBe('neighbour')
    expect(everything('files')).toHaveLength(1)
  })
})

describe('on the disk', () => {
  it('nothing shows what a file says, and the same content never looks the same', async () => {
    const [one, two] = [await files.put(Buffer.from('MARKER'.repeat(100)), wish), await files.put(Buffer.from('MARKER'.repeat(100)), wish)]
    expect(one.address).not.toBe(two.address)
    for (const file of [...everything('files'), ...everything('keys/files')]) expect(readFileSync(file).includes('MARKER')).toBe(false)
  })

  it('a full disk is said in words, and leaves nothing half', async (test) => {
    const { execFileSync } = await import('node:child_process')
    const small = path.join(folder, 'files')
    try {
      execFileSync('mkdir', ['-p', small])
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' })
    } catch {
      test.skip('needs the right to mount a small disk')
    }
    try {
      expect(await refusal(files.put(chunks(randomBytes(2_000_000)), wish))).toBe('http/unavailable')
      expect(everything('files')).toEqual([])
      const file = await files.put(randomBytes(500_000), wish)
      expect((await all(await files.get(file))).length).toBe(500_000)
    } finally {
      execFileSync('umount', [small])
    }
  })
})

describe('gives back', () => {
  it('10 MB as they were', async () => {
    const content = randomBytes(10_000_000)
    const file = await files.put(chunks(content), { ...wish, name: 'C:\\pictures\\trip\u202e.bin' })
    expect(file).toMatchObject({ size: 10_000_000, mediaType: 'application/octet-stream', name: 'trip.bin' })
    expect(Buffer.compare(await all(await files.get(file)), content)).toBe(0)
  })

  it('any range, and an empty file', async () => {
    const content = randomBytes(200_000)
    const file = await files.put(content, wish)
    for (const [start, end] of [
      [0, 0],
      [0, 1],
      [65_535, 65_537],
      [131_072, 200_000],
      [199_999, 200_000],
      [200_000, 200_000],
    ] as const) {
      expect(Buffer.compare(await all(await files.get(file, { start, end })), content.subarray(start, end))).toBe(0)
    }
    const empty = await files.put(Buffer.alloc(0), wish)
    expect(await all(await files.get(empty))).toHaveLength(0)
    expect(await all(await files.get(empty, { start: 0, end: 0 }))).toHaveLength(0)
  })

  it('nothing to a reader who leaves, and closes the file', async () => {
    const file = await files.put(randomBytes(1_000_000), wish)
    const stream = await files.get(file)
    stream.destroy()
    await expect(all(stream)).rejects.toThrow()
  })
})

it.each([
  ['\u0089PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IDAT', 'x.txt', 'image/png'],
  ['%PDF-1.7\n', 'x.png', 'application/pdf'],
  ['name,phone\nAnna,+1', 'people.csv', 'text/csv'],
  ['name,phone\nAnna,+1', 'people.exe', 'text/plain'],
  ['BEGIN:VCALENDAR\r\n', 'x', 'text/calendar'],
  ['  <!DOCTYPE html><html>', 'x.csv', 'text/html'],
  ['<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>', 'x.txt', 'image/svg+xml'],
  ['MZ\x90\0\x03\0\0\0', 'x.txt', 'application/x-msdownload'],
  ['\0\x01\x02\x03 nothing known', 'x.txt', 'application/octet-stream'],
])('knows by its content what %j named %s is', async (content, name, mediaType) => {
  expect((await files.put(Buffer.from(content, 'latin1'), { ...wish, name })).mediaType).toBe(mediaType)
})

it('ends the life of imports and exports after 30 days', async () => {
  const thirty = now.add({ hours: 720 }).toString()
  expect((await files.put(Buffer.from('a'), { ...wish, purpose: 'export' })).expiresAt?.toString()).toBe(thirty)
  expect(
    (await files.put(Buffer.from('a'), { ...wish, purpose: 'import', expiresAt: now.add({ hours: 9999 }) })).expiresAt?.toString(),
  ).toBe(thirty)
  expect((await files.put(Buffer.from('a'), { ...wish, purpose: 'import', expiresAt: now.add({ hours: 1 }) })).expiresAt?.toString()).toBe(
    now.add({ hours: 1 }).toString(),
  )
  expect((await files.put(Buffer.from('a'), wish)).expiresAt).toBeNull()
})

describe('cleaning up', () => {
  it('finds the files that no row knows, but not those that are being recorded right now', async () => {
    const known = await files.put(Buffer.from('known'), wish)
    const orphan = await files.put(Buffer.from('orphan'), wish)
    await files.put(Buffer.from('fresh'), { ...wish, now: now.add({ hours: 2 }) })
    const found = await Array.fromAsync(
      files.orphans(wish.workspaceId, now.add({ hours: 1 }), async (ids) => new Set(ids.filter((id) => id === known.id))),
    )
    expect(found).toEqual([orphan.id])
  })

  it('removes bytes without a key and uploads that never ended', async () => {
    const kept = await files.put(Buffer.from('kept'), wish)
    const stray = path.join(folder, 'files/ab', `ab${'0'.repeat(62)}`)
    for (const file of [stray, path.join(folder, 'files/incoming/gone.part')]) {
      const { mkdirSync, utimesSync } = await import('node:fs')
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, 'x')
      utimesSync(file, 0, 0)
    }
    expect(await files.sweep(now)).toEqual({ withoutKey: 1, unfinished: 1 })
    expect(everything('files')).toEqual([pathOf(kept)])
  })

  it('refuses to remove anything when the key store itself is missing', async () => {
    for (let count = 0; count < 25; count += 1) await files.put(Buffer.from('x'), wish)
    rmSync(path.join(folder, 'keys/files'), { recursive: true })
    await expect(files.sweep(now)).rejects.toThrow('25 of 25 stored files have no key')
    expect(everything('files')).toHaveLength(25)
  })
})

it('wraps the data keys anew after the ring was rotated, so that the old key can go', async () => {
  const file = await files.put(Buffer.from('content'), wish)
  const old = keys.currentKeyId('file')
  keys.rotate('file', now)
  await expect(keys.removeRetired('file', old, () => files.fileKeys.countWrappedBy(old))).rejects.toThrow('still needed by 1')
  expect(await files.fileKeys.rewrap()).toBe(1)
  expect(await files.fileKeys.rewrap()).toBe(0)
  await keys.removeRetired('file', old, () => files.fileKeys.countWrappedBy(old))
  expect((await all(await files.get(file))).toString()).toBe('content')
})
