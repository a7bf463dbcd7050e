import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

/** Makes new, renamed or removed entries of a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes a folder for this account only; a new one survives a power cut together with what is put into it. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first) await syncFolder(path.dirname(first))
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten
}

/** Writes a stream to a new file and waits until it is on the disk. Leaves nothing behind when that fails. */
export async function writeNewFile(file: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    for await (const bytes of source) await writeAll(handle, bytes)
    await handle.sync()
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

async function* once(bytes: Uint8Array) {
  yield bytes
}

/** Replaces a small file: afterwards, whatever happens, the old or the new content is there, whole. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const part = `${file}.${randomBytes(6).toString('hex')}.part`
  await writeNewFile(part, once(Buffer.from(content)))
  await rename(part, file)
  await syncFolder(path.dirname(file))
}

/** Writes as many bytes over a small file as it has, where it lies: one that is destroyed meanwhile stays destroyed. False when it is not there, or of another size. */
export async function overwriteFile(file: string, content: string): Promise<boolean> {
  const bytes = Buffer.from(content)
  let handle: FileHandle
  try {
    handle = await open(file, 'r+')
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  try {
    if ((await handle.stat()).size !== bytes.length) return false
    await handle.write(bytes, 0, bytes.length, 0)
    await handle.sync()
    return true
  } finally {
    await handle.close()
  }
}

/** Overwrites a small file before removing it. What a disk keeps of it beyond that is out of our hands. */
export async function destroyFile(file: string): Promise<boolean> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r+')
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
  try {
    await writeAll(handle, randomBytes((await handle.stat()).size))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rm(file, { force: true })
  await syncFolder(path.dirname(file))
  return true
}

/** Whether an error says that a file or folder is not there. */
export const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Whether an error says that nothing more can be written: full disk, quota, size limit, read-only. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS'].includes(String(error.code))
