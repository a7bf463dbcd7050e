import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { commandLine, isRunning } from './processes.ts'

/** What a running server notes in `postmaster.pid`. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean }

/** Larger than any process id a system gives out. */
const NOBODYS_PID = 2_147_483_647

/** Reads the note of the server that runs on this cluster, or undefined when none does, however the last one ended. */
export function runningPostmaster(cluster: string): Postmaster | undefined {
  const note = readNote(cluster)
  return note && isPostmasterOf(note.pid, cluster) ? note : undefined
}

/**
 * PostgreSQL refuses to start while the process named in `postmaster.pid` lives, whoever that is by now: after a power cut or in a new container the number often
 * belongs to a stranger. Names a process that cannot exist instead. The rest of the file stays: by it PostgreSQL still detects sessions of the old server.
 */
export function disownStrangersPid(cluster: string): void {
  const note = readNote(cluster)
  if (!note || isPostmasterOf(note.pid, cluster)) return
  const [, ...rest] = readFileSync(fileIn(cluster), 'utf8').split('\n')
  writeFileSync(fileIn(cluster), [NOBODYS_PID, ...rest].join('\n'))
}

function readNote(cluster: string): Postmaster | undefined {
  let lines: string[]
  try {
    lines = readFileSync(fileIn(cluster), 'utf8').split('\n')
  } catch {
    return undefined
  }
  // PostgreSQL's own order: pid, data folder, start time, port, socket folder, address, shared memory, status.
  return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false
  // Its children call themselves "postgres: checkpointer" and the like; only the postmaster shows the arguments it was given.
  return commandLine(pid).includes(`/postgres -D ${cluster} `)
}

const fileIn = (cluster: string): string => path.join(cluster, 'postmaster.pid')
