import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type ByteStore, FileUnreadable, isAddress } from './byte-store.ts'
import { isMissing, makeFolder, syncFolder } from './durable-files.ts'

const readAtOnce = 262_144

/** Keeps bytes under `<folder>/<first two digits>/<address>`. */
export function diskStore(folder: string): ByteStore {
  const shardOf = (address: string) => path.join(folder, address.slice(0, 2))
  const fileOf = (address: string) => {
    if (!isAddress(address)) throw new TypeError(`This is not the address of a file: ${address}`)
    return path.join(shardOf(address), address)
  }
  return {
    async keep(address, part) {
      await makeFolder(shardOf(address))
      await rename(part.path, fileOf(address))
      await syncFolder(shardOf(address))
    },
    read: async (address, range) => readBytes(fileOf(address), range?.from ?? 0, range?.to ?? Number.POSITIVE_INFINITY),
    remove: (address) => rm(fileOf(address), { force: true }),
    async *list() {
      for (const shard of await foldersIn(folder)) {
        if (!/^[0-9a-f]{2}$/.test(shard)) continue
        for (const name of await readdir(path.join(folder, shard))) if (isAddress(name)) yield name
      }
    },
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Opens the file only when somebody begins to read, and closes it however reading ends. */
async function* readBytes(file: string, from: number, to: number): AsyncGenerator<Uint8Array> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new FileUnreadable('missing', `The bytes of a file are not at ${file}. Put them back from a backup.`)
  }
  try {
    for (let at = from; at < to; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(readAtOnce, to - at)), 0, null, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}
