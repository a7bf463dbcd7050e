import { randomBytes, randomInt, scrypt } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Keys, writeDurably } from '../crypto/index.ts'
import { isDiskFull } from '../files/index.ts'
import { decodeEntries, encodeEntries, isRing, type KeyEntry, readKeyFolder } from './key-entries.ts'
import { BackupUnreadable } from './records.ts'
import { readHeader, readSealed, writeSealed } from './sealed-file.ts'

const kind = 'frontdesk-keys'
const confirmation = 'copy-confirmed.json'
const stretch = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

/** 128 MB and about half a second for each guess (RFC 7914). */
const cost = { N: 131_072, r: 8, p: 1 }

const secretOf = (passphrase: string, salt: Buffer, { N, r, p } = cost) =>
  stretch(passphrase.normalize('NFKC').trim(), salt, 32, { N, r, p, maxmem: 256 * N * r })

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 123 random bits in groups that can be written down: no letter in it looks like another. */
export function newPassphrase(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return Array.from({ length: 5 }, group).join('-')
}

/** Copies the whole key store into one file that the passphrase protects. Refuses to replace a file. */
export async function writeKeysCopy(keyFolder: string, file: string, passphrase: string, now: Temporal.Instant): Promise<void> {
  if (existsSync(file)) throw new Error(`There is a file ${file} already. Name another one; nothing was written.`)
  const salt = randomBytes(16)
  const header = `${kind} 1 ${now} scrypt,${cost.N},${cost.r},${cost.p} ${salt.toString('base64url')}`
  const part = `${file}.part`
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true })
    await rm(part, { force: true })
    await writeSealed(part, header, await secretOf(passphrase, salt), encodeEntries(readKeyFolder(keyFolder)))
    await rename(part, file)
  } catch (error) {
    await rm(part, { force: true })
    throw isDiskFull(error) ? new Error(`There is no room for ${file}. Name another place; nothing was written.`, { cause: error }) : error
  }
}

/** Opens a copy of the keys. Throws `BackupUnreadable` for a wrong passphrase. */
export async function openKeysCopy(
  file: string,
  passphrase: string,
): Promise<{ readonly createdAt: Temporal.Instant; readonly entries: AsyncIterable<KeyEntry> }> {
  const header = await readHeader(file, kind)
  const [, format, createdAt = '', parameters = '', salt = ''] = header.split(' ')
  const [name, N = 0, r = 0, p = 0] = parameters.split(',').map((part, at) => (at === 0 ? part : Number(part))) as [
    string,
    number,
    number,
    number,
  ]
  if (format !== '1' || name !== 'scrypt' || N > 2 ** 20 || r > 32 || p > 4)
    throw new BackupUnreadable(`${file} was written by a newer Frontdesk. Use that one to read it.`)
  const secret = await secretOf(passphrase, Buffer.from(salt, 'base64url'), { N, r, p })
  return { createdAt: Temporal.Instant.from(createdAt), entries: decodeEntries(readSealed(file, header, secret)) }
}

/** Notes that a copy is kept elsewhere and can be opened, after checking that every key in use today is in it. */
export async function confirmKeysCopy(keyFolder: string, file: string, passphrase: string, now: Temporal.Instant): Promise<void> {
  const copy = await openKeysCopy(file, passphrase)
  const copied = new Map<string, string>()
  for await (const entry of copy.entries) if (isRing(entry.path)) copied.set(entry.path, entry.text)
  const missing: string[] = []
  const confirmed: string[] = []
  for await (const entry of readKeyFolder(keyFolder)) {
    if (!isRing(entry.path)) break // the rings come first
    const held = keysIn(copied.get(entry.path))
    for (const [id, secret] of keysIn(entry.text)) (held.get(id) === secret ? confirmed : missing).push(`${entry.path} ${id}`)
  }
  if (missing.length > 0)
    throw new Error(
      `This copy is of other or older keys: ${missing.length} of those in use are not in it. Make a new one: npm run backup -- --keys <file>`,
    )
  writeDurably(path.join(keyFolder, confirmation), `${JSON.stringify({ confirmedAt: now.toString(), keys: confirmed })}\n`)
}

const keysIn = (ring: string | undefined): Map<string, string> => {
  const { keys = [] }: { keys?: { id: string; secret: string }[] } = ring === undefined ? {} : JSON.parse(ring)
  return new Map(keys.map(({ id, secret }) => [id, secret]))
}

/** Whether every key in use is in a copy that was confirmed. False again after a key was rotated. */
export function keysCopyConfirmed(keyFolder: string, keys: Keys): boolean {
  const file = path.join(keyFolder, confirmation)
  if (!existsSync(file)) return false
  const { keys: confirmed = [] }: { keys?: string[] } = JSON.parse(readFileSync(file, 'utf8'))
  return keys.describe().every(({ purpose, id }) => confirmed.includes(`${purpose}.json ${id}`))
}

/** Whether a key store was begun in this folder. */
export const hasKeys = (keyFolder: string): boolean => existsSync(path.join(keyFolder, 'backup.json'))

/** Writes entries into a key store. Never replaces a key. */
export async function putKeys(keyFolder: string, entries: AsyncIterable<KeyEntry>, wanted: (path: string) => boolean): Promise<number> {
  let put = 0
  for await (const entry of entries) {
    if (!wanted(entry.path)) continue
    const file = path.join(keyFolder, entry.path)
    if (existsSync(file)) {
      if ((await readFile(file, 'utf8')) === entry.text) continue
      throw new Error(`There are other keys in ${keyFolder} already; nothing of them was replaced. Restore into an empty data folder.`)
    }
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    writeDurably(file, entry.text)
    put += 1
  }
  return put
}
