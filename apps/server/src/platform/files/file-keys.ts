import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Keys } from '../crypto/index.ts'
import { destroyFile, isMissing, makeFolder, overwriteFile, replaceFile } from './durable-files.ts'

/** Which file of which workspace. */
export type FilePlace = { readonly workspaceId: string; readonly id: string }

/** What is needed to read a file: where its bytes lie and the key they are encrypted with. */
export type FileKey = { readonly address: string; readonly secret: Buffer }

/** The data keys of all files, each wrapped by the key ring `file` and in a small file of its own, outside the database. */
export type FileKeys = {
  keep(place: FilePlace, key: FileKey): Promise<void>
  /** Undefined when the key was destroyed, or never was. */
  find(place: FilePlace): Promise<FileKey | undefined>
  /** Where a file's bytes lie, without opening its key. */
  addressOf(place: FilePlace): Promise<string | undefined>
  addresses(): AsyncIterable<string>
  /** Destroys a key for good; false when it was gone already. From then on nobody can read the file, nor any copy of its bytes. */
  destroy(place: FilePlace): Promise<boolean>
  workspaces(): Promise<readonly string[]>
  /** The ids of a workspace's files. */
  ids(workspaceId: string): AsyncIterable<string>
  /** Wraps every key anew that an older ring key wraps; answers how many. Afterwards that ring key can be removed. */
  rewrap(): Promise<number>
  /** How many data keys a ring key wraps, as `Keys.removeRetired` wants to know. */
  countWrappedBy(keyId: string): Promise<number>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const boundTo = ({ workspaceId, id }: FilePlace) => `file key|${workspaceId}|${id}`

type Written = { readonly address: string; readonly key: string }

function parse(text: string, where: string): Written {
  const { address, key }: Partial<Written> = JSON.parse(text)
  if (typeof address !== 'string' || typeof key !== 'string')
    throw new Error(`The file key ${where} is damaged. Put back its copy (npm run restore -- --keys <file>).`)
  return { address, key }
}

/** Opens the store of data keys in `folder`: `<workspace>/<last two digits of the id>/<id>.json`. */
export function openFileKeys(folder: string, keys: Keys): FileKeys {
  function fileOf({ workspaceId, id }: FilePlace): string {
    if (!uuid.test(workspaceId) || !uuid.test(id))
      throw new TypeError(`A file key belongs to a workspace id and a file id, not ${workspaceId} ${id}.`)
    return path.join(folder, workspaceId, id.slice(-2), `${id}.json`)
  }
  const list = async (...parts: string[]): Promise<string[]> => {
    try {
      return (await readdir(path.join(folder, ...parts))).sort()
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }
  async function readWritten(place: FilePlace): Promise<Written | undefined> {
    const file = fileOf(place)
    try {
      return parse(await readFile(file, 'utf8'), file)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }
  const textOf = (place: FilePlace, { address, secret }: FileKey) =>
    `${JSON.stringify({ address, key: keys.wrap('file', secret, boundTo(place)) })}\n`
  const openWritten = (place: FilePlace, written: Written): FileKey => ({
    address: written.address,
    secret: keys.unwrap('file', written.key, boundTo(place)),
  })
  async function write(place: FilePlace, key: FileKey): Promise<void> {
    const file = fileOf(place)
    await makeFolder(path.dirname(file))
    await replaceFile(file, textOf(place, key))
  }
  /** What is being wrapped anew at this moment may be seen half written: it is read once more. */
  async function find(place: FilePlace): Promise<FileKey | undefined> {
    const read = async () => {
      const written = await readWritten(place)
      return written && openWritten(place, written)
    }
    return read().catch(read)
  }
  async function* ids(workspaceId: string): AsyncGenerator<string> {
    for (const shard of await list(workspaceId)) {
      for (const name of await list(workspaceId, shard)) {
        const id = name.replace(/\.json$/, '')
        if (uuid.test(id)) yield id
      }
    }
  }
  async function* all(): AsyncGenerator<{ place: FilePlace; written: Written }> {
    for (const workspaceId of await list()) {
      for await (const id of ids(workspaceId)) {
        const written = await readWritten({ workspaceId, id })
        if (written) yield { place: { workspaceId, id }, written }
      }
    }
  }
  const wrappedBy = (written: Written) => written.key.split('|')[1]

  return {
    keep: write,
    find,
    addressOf: async (place) => (await readWritten(place))?.address,
    async *addresses() {
      for await (const { written } of all()) yield written.address
    },
    destroy: (place) => destroyFile(fileOf(place)),
    workspaces: async () => (await list()).filter((name) => uuid.test(name)),
    ids,
    async rewrap() {
      let moved = 0
      for await (const { place, written } of all()) {
        if (wrappedBy(written) === keys.currentKeyId('file')) continue
        const key = await find(place)
        if (key && (await overwriteFile(fileOf(place), textOf(place, key)))) moved += 1
      }
      return moved
    },
    async countWrappedBy(keyId) {
      let count = 0
      for await (const { written } of all()) if (wrappedBy(written) === keyId) count += 1
      return count
    },
  }
}
