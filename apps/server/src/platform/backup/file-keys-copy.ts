import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Keys } from '../crypto/index.ts'
import { decodeEntries, encodeEntries, isFileKey, isTombstone, type KeyEntry, readKeyFolder } from './key-entries.ts'
import { readHeader, readSealed, writeSealed } from './sealed-file.ts'

const kind = 'frontdesk-file-keys'
const folderName = 'file-keys'

/** Copies of the files' keys live shorter than backups, so that an erased file's key is soon nowhere: three nights. */
export const keptFileKeys = 3

const secretOf = (keys: Keys, keyId?: string) => keys.subkey('backup', 'file keys', keyId)

/** What changes every day: keys of files, and tombstones. */
async function* dailyEntries(folder: string): AsyncGenerator<KeyEntry> {
  for await (const entry of readKeyFolder(folder)) if (isFileKey(entry.path) || isTombstone(entry.path)) yield entry
}

/** Copies the wrapped keys of all files beside the backups, and removes all but the newest copies. They open nothing without the key rings. */
export async function keepFileKeys(
  where: { readonly keys: Keys; readonly keyFolder: string; readonly target: string },
  now: Temporal.Instant,
): Promise<void> {
  const folder = path.join(where.target, folderName)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${now.toString({ smallestUnit: 'second' }).replaceAll(':', '-')}.keys`)
  const { keyId, key } = secretOf(where.keys)
  await rm(`${file}.part`, { force: true })
  await writeSealed(`${file}.part`, `${kind} 1 ${keyId} ${now}`, key, encodeEntries(dailyEntries(where.keyFolder)))
  await rename(`${file}.part`, file)
  const copies = (await readdir(folder)).filter((name) => name.endsWith('.keys')).sort()
  for (const old of copies.slice(0, -keptFileKeys)) await rm(path.join(folder, old), { force: true })
}

/** The newest copy of the files' keys that lies beside a backup, or undefined. */
export async function newestFileKeys(backup: string): Promise<{ readonly file: string; readonly createdAt: Temporal.Instant } | undefined> {
  const folder = path.join(path.dirname(path.resolve(backup)), folderName)
  const newest = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith('.keys'))
    .sort()
    .at(-1)
  if (newest === undefined) return undefined
  const file = path.join(folder, newest)
  const [, , , createdAt = ''] = (await readHeader(file, kind)).split(' ')
  return { file, createdAt: Temporal.Instant.from(createdAt) }
}

/** The entries of such a copy. */
export async function* readFileKeys(file: string, keys: Keys): AsyncGenerator<KeyEntry> {
  const header = await readHeader(file, kind)
  const [, , keyId] = header.split(' ')
  yield* decodeEntries(readSealed(file, header, secretOf(keys, keyId).key))
}
