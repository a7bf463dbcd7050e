import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { openKeys } from '../crypto/index.ts'
import { openFiles, type PutFile } from '../files/index.ts'
import {
  BackupUnreadable,
  confirmKeysCopy,
  hasKeys,
  isFileKey,
  isRing,
  keysCopyConfirmed,
  newPassphrase,
  openKeysCopy,
  putKeys,
  writeKeysCopy,
} from './index.ts'
import { decodeEntries, encodeEntries } from './key-entries.ts'

const now = Temporal.Instant.from('2027-01-05T03:15:00Z')
const passphrase = 'quiet kettle'
const root = mkdtempSync(path.join(tmpdir(), 'keys-copy-'))
const keyFolder = path.join(root, 'keys')
const keys = openKeys(keyFolder, now)
const files = openFiles({ keys, keyFolder: path.join(keyFolder, 'files'), folder: path.join(root, 'files') })
const wish: PutFile = { workspaceId: '01890a5d-ac96-774b-bcce-b302099a8057', subjects: [], purpose: 'attachment', maxBytes: 100, now }
const file = await files.put(Buffer.from('a plan'), wish)
const copy = path.join(root, 'copy.keys')
await writeKeysCopy(keyFolder, copy, passphrase, now)
afterAll(() => rmSync(root, { recursive: true }))

let place: string
beforeEach(() => {
  place = path.join(mkdtempSync(path.join(root, 'place-')), 'keys')
})
const entriesOf = async (from = copy, words = passphrase) => Array.fromAsync((await openKeysCopy(from, words)).entries)

it('cannot be opened with another passphrase, nor after a change', async () => {
  await expect(entriesOf(copy, 'quiet kettles')).rejects.toThrow(BackupUnreadable)
  const changed = path.join(root, 'changed.keys')
  writeFileSync(changed, Buffer.from(readFileSync(copy).map((byte, at) => (at === 300 ? byte ^ 1 : byte))))
  await expect(entriesOf(changed)).rejects.toThrow('changed or cut off')
  await expect(entriesOf(path.join(keyFolder, 'hash.json'))).rejects.toThrow('is not frontdesk keys')
})

it('never replaces a file, and never other keys', async () => {
  await expect(writeKeysCopy(keyFolder, copy, passphrase, now)).rejects.toThrow('already')
  openKeys(place, now)
  await expect(putKeys(place, (await openKeysCopy(copy, passphrase)).entries, isRing)).rejects.toThrow('other keys')
})

it('holds no secret in the clear', () => {
  const text = readFileSync(copy, 'latin1')
  for (const name of readdirSync(keyFolder).filter(isRing)) {
    for (const { secret } of JSON.parse(readFileSync(path.join(keyFolder, name), 'utf8')).keys) expect(text).not.toContain(secret)
  }
})

it.each(['../escape.json', 'files/../../escape.json', '/etc/passwd', 'copy-confirmed.json', 'files/x.json'])(
  'refuses the path %s',
  async (bad) => {
    async function* entries() {
      yield { path: bad, text: '{}' }
    }
    await expect(Array.fromAsync(decodeEntries(encodeEntries(entries())))).rejects.toThrow('no key')
  },
)

it('gives every key back: fields, hashes and files can be read with it', async () => {
  expect(hasKeys(place)).toBe(false)
  const { createdAt, entries } = await openKeysCopy(copy, `  ${passphrase}\n`)
  expect(createdAt.toString()).toBe(now.toString())
  expect(await putKeys(place, entries, (entry) => isRing(entry) || isFileKey(entry))).toBe(keys.describe().length + 1)
  const restored = openKeys(place, now)
  expect(restored.describe()).toEqual(keys.describe())
  expect(restored.hash('none', 'eml', 'a@example.com')).toBe(keys.hash('none', 'eml', 'a@example.com'))
  const readable = openFiles({ keys: restored, keyFolder: path.join(place, 'files'), folder: path.join(root, 'files') })
  expect(Buffer.concat(await Array.fromAsync(await readable.get(file))).toString()).toBe('a plan')
})

it('counts as confirmed once it was opened, and until a key is rotated', async () => {
  cpSync(keyFolder, place, { recursive: true })
  const mine = openKeys(place, now)
  expect(keysCopyConfirmed(place, mine)).toBe(false)
  await expect(confirmKeysCopy(place, copy, 'guess', now)).rejects.toThrow(BackupUnreadable)
  expect(existsSync(path.join(place, 'copy-confirmed.json'))).toBe(false)
  await confirmKeysCopy(place, copy, passphrase, now)
  expect(keysCopyConfirmed(place, mine)).toBe(true)

  mine.rotate('field', now)
  expect(keysCopyConfirmed(place, mine)).toBe(false)
  await expect(confirmKeysCopy(place, copy, passphrase, now)).rejects.toThrow('other or older keys: 1 ')
  expect(await entriesOf()).toHaveLength(keys.describe().length + 1)
})

it('makes passphrases that nobody guesses and everybody can copy down', () => {
  const made = new Set(Array.from({ length: 100 }, newPassphrase))
  expect(made.size).toBe(100)
  for (const each of made) expect(each).toMatch(/^([a-hj-km-np-z2-9]{5}-){4}[a-hj-km-np-z2-9]{5}$/)
})
