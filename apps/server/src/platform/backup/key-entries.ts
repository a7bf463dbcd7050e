import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { BackupUnreadable } from './records.ts'

/** One file of the key store, by its path inside it. */
export type KeyEntry = { readonly path: string; readonly text: string }

const ringFile = /^[a-z]+\.json$/
const fileKeyFile = /^files\/[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f-]{36}\.json$/

/** Whether a path is that of a key ring. */
export const isRing = (entry: string): boolean => ringFile.test(entry) && entry !== 'copy-confirmed.json'

/** Whether a path is that of a file's key. */
export const isFileKey = (entry: string): boolean => fileKeyFile.test(entry)

const tombstoneFile = /^(tombstones\/[0-9a-f-]{36}|deletions)\/[0-9a-f-]{36}\.json$/

/** Whether a path is that of a tombstone: who was erased, as keyed hashes, or which workspace was deleted, by its certificate. They lie beside the keys, because they must outlive every backup of the database. */
export const isTombstone = (entry: string): boolean => tombstoneFile.test(entry)

/** The entries of a key store, the rings first. */
export async function* readKeyFolder(folder: string): AsyncGenerator<KeyEntry> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.split(path.sep).join('/')).sort()
  for (const name of [...names.filter(isRing), ...names.filter(isFileKey), ...names.filter(isTombstone)]) {
    try {
      yield { path: name, text: await readFile(path.join(folder, name), 'utf8') }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error // destroyed a moment ago
    }
  }
}

/** Entries as bytes: one line of JSON each. */
export async function* encodeEntries(entries: AsyncIterable<KeyEntry>): AsyncGenerator<Buffer> {
  for await (const entry of entries) yield Buffer.from(`${JSON.stringify(entry)}\n`)
}

/** Reads what `encodeEntries` wrote, and refuses paths that lead out of the key store. */
export async function* decodeEntries(source: AsyncIterable<Uint8Array>): AsyncGenerator<KeyEntry> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const entry: KeyEntry = JSON.parse(line) // written by us: the stream is authenticated
      if (!isRing(entry.path) && !isFileKey(entry.path) && !isTombstone(entry.path))
        throw new BackupUnreadable(`The copy of the keys holds something that is no key: ${entry.path}`)
      yield entry
    }
  }
}
