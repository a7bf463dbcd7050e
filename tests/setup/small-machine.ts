import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = '/sys/fs/cgroup'
const BYTES = 2 * 1024 ** 3
let made = 0

/** What a process and its children may use: one processor and 2 GB, as on the smallest machine that we promise to run on. */
export type SmallMachine = {
  /** Moves a process in; what it starts afterwards is in as well. */
  readonly put: (pid: number) => void
  /** The most memory it held at once, in bytes, file cache included. */
  readonly peakBytes: () => number
  /** Whether anything was ended for want of memory. */
  readonly ranOut: () => boolean
  /** Takes it down, once its processes are gone. */
  readonly close: () => void
}

/** Makes a small machine out of control groups, version 2 or 1. Needs root; says so where it cannot. */
export function openSmallMachine(): SmallMachine {
  const name = `frontdesk-small-${process.pid}-${made++}`
  return existsSync(path.join(ROOT, 'cgroup.controllers')) ? unified(path.join(ROOT, name)) : separate(name)
}

function unified(folder: string): SmallMachine {
  make(folder)
  write(path.join(ROOT, 'cgroup.subtree_control'), '+cpu +memory')
  write(path.join(folder, 'cpu.max'), '100000 100000')
  write(path.join(folder, 'memory.max'), String(BYTES))
  return {
    put: (pid) => write(path.join(folder, 'cgroup.procs'), String(pid)),
    peakBytes: () => Number(readFileSync(path.join(folder, 'memory.peak'), 'utf8')),
    ranOut: () => !/^oom_kill 0$/m.test(readFileSync(path.join(folder, 'memory.events'), 'utf8')),
    close: () => rmdirSync(folder),
  }
}

function separate(name: string): SmallMachine {
  const cpu = path.join(ROOT, 'cpu', name)
  const memory = path.join(ROOT, 'memory', name)
  for (const folder of [cpu, memory]) make(folder)
  write(path.join(cpu, 'cpu.cfs_period_us'), '100000')
  write(path.join(cpu, 'cpu.cfs_quota_us'), '100000')
  write(path.join(memory, 'memory.limit_in_bytes'), String(BYTES))
  return {
    put: (pid) => {
      for (const folder of [cpu, memory]) write(path.join(folder, 'cgroup.procs'), String(pid))
    },
    peakBytes: () => Number(readFileSync(path.join(memory, 'memory.max_usage_in_bytes'), 'utf8')),
    ranOut: () => !/^oom_kill 0$/m.test(readFileSync(path.join(memory, 'memory.oom_control'), 'utf8')),
    close: () => {
      for (const folder of [cpu, memory]) rmdirSync(folder)
    },
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    throw new Error(`This proof needs control groups that it may change (${folder}): run it as root on Linux.`, { cause: error })
  }
}

const write = (file: string, text: string): void => writeFileSync(file, text)
