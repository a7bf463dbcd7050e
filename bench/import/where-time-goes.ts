import { readFileSync, writeFileSync } from 'node:fs'
import type pg from 'pg'
import type { RunningDesk } from '../../tests/setup/desk.ts'

/** Processor time of one stretch of work in seconds, by who spent it, and the statements that took longest. */
export type TimeSpent = { readonly processors: ReadonlyMap<string, number>; readonly statements: readonly string[] }

export type Watched = {
  readonly desk: RunningDesk
  /** A superuser's, of a server that has loaded pg_stat_statements; without it statements are not told apart. */
  readonly client: pg.Client
  /** Where a CPU profile of the worker goes. */
  readonly profile?: string | undefined
}

const TICKS_PER_SECOND = 100

/** Watches from now on until the answer is called. */
export async function watchTime({ desk, client, profile }: Watched): Promise<() => Promise<TimeSpent>> {
  const before = spentBy(desk)
  await client.query('select pg_stat_statements_reset()')
  const stopProfile = profile === undefined ? undefined : await profileOf(desk.pids().worker ?? 0, profile)
  return async () => {
    await stopProfile?.()
    const { rows } = await client.query<{ ms: number; calls: number; rows: number; query: string }>(
      `select round(total_exec_time)::int as ms, calls::int, rows::int, left(regexp_replace(query, '\\s+', ' ', 'g'), 160) as query
        from pg_stat_statements where toplevel is not null order by total_exec_time desc limit 60`,
    )
    const after = spentBy(desk)
    return {
      processors: new Map([...after].map(([who, seconds]) => [who, seconds - (before.get(who) ?? 0)])),
      statements: rows.map(
        ({ ms, calls, rows: count, query }) =>
          `${String(ms).padStart(7)} ms ${String(calls).padStart(7)} calls ${String(count).padStart(8)} rows  ${query}`,
      ),
    }
  }
}

/** Seconds of processor time so far: of our processes, and of PostgreSQL's by what they are. */
function spentBy(desk: RunningDesk): Map<string, number> {
  const { worker, web } = desk.pids()
  const spent = new Map<string, number>()
  for (const pid of desk.family()) {
    const seconds = processorSecondsOf(pid)
    const title = /^postgres: (\w+)/.exec(read(`/proc/${pid}/cmdline`))?.[1]
    const who = pid === worker ? 'worker' : pid === web ? 'web' : title === undefined ? 'others' : `postgres ${title}`
    spent.set(who, (spent.get(who) ?? 0) + seconds)
  }
  return spent
}

/** Seconds of processor time that a process has had so far. */
export function processorSecondsOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
  return (Number(user) + Number(system)) / TICKS_PER_SECOND
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** A CPU profile of a running process of Node, over its inspector. */
/** Profiles a process until the answer is called, which writes the profile into a file. */
export async function profileOf(pid: number, file: string): Promise<() => Promise<void>> {
  process.kill(pid, 'SIGUSR1')
  const target = await inspectorOf()
  const socket = new WebSocket(target)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  let asked = 0
  const waiting = new Map<number, (result: unknown) => void>()
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    waiting.get(id)?.(result)
  }
  const ask = (method: string, params: object = {}) =>
    new Promise<unknown>((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      socket.send(JSON.stringify({ id: asked, method, params }))
    })
  await ask('Profiler.enable')
  await ask('Profiler.setSamplingInterval', { interval: 500 })
  await ask('Profiler.start')
  return async () => {
    const { profile } = (await ask('Profiler.stop')) as { profile: unknown }
    writeFileSync(file, JSON.stringify(profile))
    socket.close()
  }
}

async function inspectorOf(): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const targets = (await (await fetch('http://127.0.0.1:9229/json/list')).json()) as { webSocketDebuggerUrl: string }[]
      if (targets[0]) return targets[0].webSocketDebuggerUrl
    } catch (error) {
      if (attempt > 50) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
