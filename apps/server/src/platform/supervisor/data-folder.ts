import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

const PRIVATE_FOLDERS = ['keys', 'files', 'backups', 'logs', 'cache']
const STOPPING_MS = 90_000
const POLL_MS = 100

/** Who has claimed a data folder, for whoever comes second. */
export type Holder = { readonly pid: number; readonly url?: string | undefined; readonly stopping?: boolean }

/** A data folder that is ours until this process ends. */
export type ClaimedFolder = {
  /** Tells others what we are doing in it. */
  readonly note: (holder: Omit<Holder, 'pid'>) => void
  readonly release: () => void
}

/**
 * Makes the data folder where there is none, and claims it. Waits for a holder that is just stopping.
 * @throws Error when another Frontdesk works in it, or it cannot be made.
 */
export async function claimDataFolder(folder: string): Promise<ClaimedFolder> {
  makeFolders(folder)
  const until = performance.now() + STOPPING_MS
  for (;;) {
    const lock = tryLock(path.join(folder, 'lock'))
    if (lock) return claimed(folder, lock)
    const holder = holderOf(folder)
    if (!holder?.stopping || performance.now() > until) throw new Error(inUse(folder, holder))
    await pause(POLL_MS)
  }
}

/** Who works in a data folder, as far as it was noted. */
export function holderOf(folder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'running.json'), 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/**
 * SQLite's file lock is one of the kernel: it goes with the process, however that ends, and never has to be judged stale as a file with a pid in it would.
 * Node offers no other way to it.
 */
function tryLock(file: string): DatabaseSync | undefined {
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && error.message.includes('locked')) return undefined
    throw error
  }
}

function claimed(folder: string, lock: DatabaseSync): ClaimedFolder {
  const file = path.join(folder, 'running.json')
  const note = (holder: Omit<Holder, 'pid'>) => writeFileSync(file, JSON.stringify({ pid: process.pid, ...holder }), { mode: 0o600 })
  note({})
  const release = () => {
    rmSync(file, { force: true })
    lock.close()
  }
  return { note, release }
}

function makeFolders(folder: string): void {
  try {
    // The account that runs PostgreSQL for root has to pass through, and sees nothing else.
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    for (const name of PRIVATE_FOLDERS) mkdirSync(path.join(folder, name), { recursive: true, mode: 0o700 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'ENOSPC') throw new Error(`The disk that holds ${folder} is full. Free some space and start again.`, { cause: error })
    if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST'].includes(code)) {
      throw new Error(
        `Frontdesk keeps its data in ${folder}, but your account cannot make or write that folder. Set FRONTDESK_DATA to one that it can, or name it with --data.`,
        { cause: error },
      )
    }
    throw error
  }
}

const inUse = (folder: string, holder: Holder | undefined): string =>
  `Frontdesk already runs on this data${holder ? ` (process ${holder.pid}${holder.url ? `, ${holder.url}` : ''})` : ''}. Stop it first, or name another folder than ${folder} with --data or FRONTDESK_DATA.`
