import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a new, renamed or removed entry of a folder survive a power cut. Windows cannot open a folder and needs no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function writePart(path: string, content: string | Uint8Array, mode: number): string {
  const part = `${path}.${randomBytes(6).toString('hex')}.part`
  const handle = openSync(part, 'wx', mode)
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
    fsyncSync(handle)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  return part
}

/** Replaces a small file so that after a crash or a full disk either the old or the new content is there, whole. */
export function writeDurably(path: string, content: string | Uint8Array, mode = 0o600): void {
  const part = writePart(path, content, mode)
  try {
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** As `writeDurably`, but never replaces: false when the file was there already, even if another process made it this very moment. */
export function createDurably(path: string, content: string | Uint8Array, mode = 0o600): boolean {
  const part = writePart(path, content, mode)
  try {
    linkSync(part, path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(part, { force: true })
  }
  syncFolder(dirname(path))
  return true
}
