import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { SmallMachine } from './small-machine.ts'

const cloneRoot = path.resolve(import.meta.dirname, '../..')
const START_MS = 180_000

/** A whole Frontdesk in processes of its own, as `npm start` runs it. */
export type RunningDesk = {
  /** Its address on this computer. */
  readonly url: string
  readonly dataFolder: string
  readonly process: ChildProcess
  /** Everything it has printed so far. */
  readonly output: () => string
  /** Its processes by what they do, PostgreSQL's postmaster included. */
  readonly pids: () => {
    readonly supervisor: number
    readonly web: number | undefined
    readonly worker: number | undefined
    readonly postgres: number | undefined
  }
  /** Every process it has, and their children. */
  readonly family: () => readonly number[]
  /** Memory that its processes hold, in bytes; what several share counts for each of them. */
  readonly residentBytes: () => number
  /** Asks it to stop and waits for its end. Answers the exit code. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export type DeskOptions = {
  readonly dataFolder?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The clone to start; this one unless given. */
  readonly clone?: string
  /** A machine of one processor and 2 GB to run it on. */
  readonly machine?: SmallMachine
}

/** A new data folder that the account PostgreSQL runs as can enter. */
export function newDataFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-desk-'))
  chmodSync(folder, 0o711)
  return folder
}

/** Removes a data folder, also while a killed PostgreSQL's last sessions still write into it. */
export function removeDataFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/** Spawns a desk without waiting for it. */
export function spawnDesk(options: DeskOptions & { readonly dataFolder: string }): { child: ChildProcess; output: () => string } {
  const main = path.join(options.clone ?? cloneRoot, 'apps/server/src/main.ts')
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(FRONTDESK_|DATABASE_URL|VITEST|NODE_ENV|PORT$)/.test(name)),
  )
  const child = spawn(process.execPath, [main, 'start', '--data', options.dataFolder, ...(options.args ?? ['--port', '0'])], {
    env: { NODE_COMPILE_CACHE: path.join(cloneRoot, 'node_modules/.cache/frontdesk-code'), ...env, ...options.env }, // as the bootstrap does
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true, // a process group of its own, as in a terminal
  })
  if (child.pid) options.machine?.put(child.pid)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk))
  return { child, output: () => said }
}

/** Starts a desk and waits until it says that it is ready. */
export async function startDesk(options: DeskOptions = {}): Promise<RunningDesk> {
  const dataFolder = options.dataFolder ?? newDataFolder()
  const { child, output } = spawnDesk({ ...options, dataFolder })
  await untilTrue(() => /Ctrl-C stops it/.test(output()) || child.exitCode !== null, `the start: ${output()}`)
  const url = /Address {3}.*?(http:\/\/localhost:\d+)/.exec(output())?.[1]
  if (!url || !child.pid) throw new Error(`Frontdesk did not start:\n${output()}`)
  const supervisor = child.pid
  return {
    url,
    dataFolder,
    process: child,
    output,
    family: () => [supervisor, ...descendants(supervisor)],
    pids: () => {
      const find = (sign: string) => descendants(supervisor).find((pid) => commandOf(pid).includes(sign))
      return { supervisor, web: find('--role web'), worker: find('--role worker'), postgres: find('/postgres -D ') }
    },
    residentBytes: () => [supervisor, ...descendants(supervisor)].map(residentOf).reduce((sum, bytes) => sum + bytes, 0),
    stop: async (signal = 'SIGINT') => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        process.kill(supervisor, signal)
        await ended
      }
      return child.exitCode
    },
  }
}

/** Waits until something is so. Polls, since it happens in other processes; fails after a long while with a name. */
export async function untilTrue(isSo: () => boolean | Promise<boolean>, what: string, patienceMs = START_MS): Promise<void> {
  const until = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > until) throw new Error(`Waited ${patienceMs / 1_000} s in vain for ${what}`)
    await pause(25)
  }
}

/** Whether a server answers this address with success. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  )

function descendants(root: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? / \(.*\) [A-Y] (\d+) /s.exec(read(`/proc/${name}/stat`))?.[1] : undefined
    if (parent) parents.set(Number(name), Number(parent))
  }
  const children = (of: number): number[] => [...parents].filter(([, parent]) => parent === of).flatMap(([pid]) => [pid, ...children(pid)])
  return children(root)
}

const residentOf = (pid: number): number => 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)

const commandOf = (pid: number): string => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
