import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Account, refuseUnreachable, unprivilegedAccount } from './account.ts'
import { createCluster, refuseUnusable, SUPERUSER, serverEnvironment, setPassword, superuserPassword } from './cluster.ts'
import { explainFailure } from './explain-failure.ts'
import { freeLoopbackPort } from './free-port.ts'
import { type NativeBinaries, removeOtherBinaries, settleBinaries } from './native-binaries.ts'
import { disownStrangersPid, type Postmaster, runningPostmaster } from './postmaster-file.ts'
import { isRunning, processesIn, signal } from './processes.ts'
import { ServerLog } from './server-log.ts'
import { everydaySettings, type PostgresSettings, settingArguments } from './settings.ts'

const HOST = '127.0.0.1'
const POLL_MS = 20
const ADOPTION_MS = 60_000
const LEFTOVERS_MS = 5_000
const STOP_MS = 60_000
const WRONG_PASSWORD = '28P01'

/** Choices of whoever starts the server. */
export type PostgresServerOptions = {
  /** Whom it runs as when we are root; otherwise found by itself. */
  readonly account?: Account | undefined
  /** On top of the everyday settings. Tests turn durability off. */
  readonly settings?: PostgresSettings
}

/** A PostgreSQL server of our own. */
export type PostgresServer = {
  readonly host: string
  readonly port: number
  /** Connects the superuser to the database `postgres`. */
  readonly superuserUrl: string
  readonly pid: number
  /** True when it was running already: an earlier run was killed and left it behind. */
  readonly adopted: boolean
  /** Resolves when the server is gone, for whatever reason. */
  readonly gone: Promise<void>
  /** Keeps the server's log from growing without bound; called now and then. */
  readonly rotateLog: () => void
  /** Ends its sessions, rolls back what is open and waits until it is gone. */
  readonly stop: () => Promise<void>
}

type Parts = {
  readonly home: string
  readonly cluster: string
  readonly binaries: NativeBinaries
  readonly account: Account | undefined
  readonly password: string
  readonly settings: PostgresSettings
  readonly log: ServerLog
}

type Attempt = { readonly server: PostgresServer } | { readonly lastWords: string }

/**
 * Starts PostgreSQL on the cluster in `<dataFolder>/postgres`, making both when there are none; joins a server that an earlier run left behind; recovers by itself
 * from any kind of sudden end. Throws an Error whose message says what to do.
 */
export async function startPostgresServer(dataFolder: string, options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const parts = await prepare(dataFolder, options)
  const deadline = performance.now() + ADOPTION_MS
  for (;;) {
    const running = runningPostmaster(parts.cluster)
    const joined = running && (await join(parts, running, deadline))
    if (joined) return joined

    disownStrangersPid(parts.cluster)
    const attempt = await spawnServer(parts, await freeLoopbackPort(rememberedPort(parts.home)))
    if ('server' in attempt) {
      removeOtherBinaries(parts.home, parts.binaries)
      return attempt.server
    }
    if (performance.now() > deadline || !(await canTryAgain(parts, attempt.lastWords)))
      throw new Error(explainFailure(parts.home, attempt.lastWords))
  }
}

async function prepare(dataFolder: string, options: PostgresServerOptions): Promise<Parts> {
  const place = path.join(dataFolder, 'postgres')
  mkdirSync(place, { recursive: true, mode: 0o711 })
  const home = realpathSync(place)
  const cluster = path.join(home, 'cluster')
  const account = unprivilegedAccount(cluster, options.account)
  if (account) refuseUnreachable(home, account)
  const binaries = settleBinaries(home)
  refuseUnusable(home, cluster, binaries)
  const password = superuserPassword(home)
  const settings = { ...everydaySettings, ...options.settings }
  await createCluster(cluster, binaries, account, password, settings.fsync !== 'off')
  return { home, cluster, binaries, account, password, settings, log: new ServerLog(path.join(dataFolder, 'logs')) }
}

/** The server that is running, once it answers; undefined when it went away, or was sent away because it is not the one we would start. */
async function join(parts: Parts, running: Postmaster, deadline: number): Promise<PostgresServer | undefined> {
  for (let now: Postmaster | undefined = running; now; now = runningPostmaster(parts.cluster)) {
    if (now.ready && (await tryLogin(parts, now.port)) === undefined) {
      if (runsAsWeWould(parts, now)) return handleOf(parts, now.pid, now.port, watch(now.pid), true)
      await stop(now.pid)
      return undefined
    }
    if (performance.now() > deadline) {
      await stop(now.pid)
      return undefined
    }
    await pause(POLL_MS * 5)
  }
  return undefined
}

async function spawnServer(parts: Parts, port: number): Promise<Attempt> {
  parts.log.rotate()
  const from = parts.log.length
  const output = parts.log.open()
  // Detached: Ctrl-C in the terminal has to reach us alone, so that the database stops last.
  const child = spawn(path.join(parts.binaries.folder, 'bin', 'postgres'), serverArguments(parts, port), {
    ...parts.account,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  const ended = endOf(child)
  let over: string | undefined
  void ended.then((how) => {
    over = how
  })
  while (over === undefined) {
    const now = runningPostmaster(parts.cluster)
    if (now?.ready && now.pid === child.pid) {
      child.unref()
      writeFileSync(path.join(parts.home, 'port'), String(port))
      if ((await tryLogin(parts, port)) !== WRONG_PASSWORD)
        return {
          server: handleOf(
            parts,
            now.pid,
            port,
            ended.then(() => undefined),
            false,
          ),
        }
      await stop(now.pid)
      return { lastWords: WRONG_PASSWORD }
    }
    await pause(POLL_MS)
  }
  return { lastWords: `${parts.log.since(from)}${over}` }
}

const serverArguments = (parts: Parts, port: number): string[] => [
  '-D',
  parts.cluster,
  '-p',
  String(port),
  ...settingArguments(parts.settings),
]

/** Resolves when the child is gone, with a reason where there never was one. */
const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message.replace('ENOENT', 'ENOENT (ld-linux)')))
    child.once('exit', () => resolve(''))
  })

/** Whether the obstacle is one that passes: a port just taken, another start at the same moment, sessions of a killed server that are still ending. */
async function canTryAgain(parts: Parts, lastWords: string): Promise<boolean> {
  if (lastWords === WRONG_PASSWORD) {
    await setPassword(parts.cluster, parts.binaries, parts.account, parts.password)
    return true
  }
  if (/could not (bind|create any TCP\/IP sockets)|Address already in use/.test(lastWords)) return true
  if (/lock file "postmaster.pid" already exists/.test(lastWords)) return true
  if (!/pre-existing shared memory block/.test(lastWords)) return false
  const until = performance.now() + LEFTOVERS_MS
  while (processesIn(parts.cluster).length > 0 && performance.now() < until) await pause(POLL_MS)
  for (const pid of processesIn(parts.cluster)) signal(pid, 'SIGQUIT')
  await pause(POLL_MS * 5)
  for (const pid of processesIn(parts.cluster)) signal(pid, 'SIGKILL')
  return true
}

function handleOf(parts: Parts, pid: number, port: number, gone: Promise<void>, adopted: boolean): PostgresServer {
  return {
    host: HOST,
    port,
    superuserUrl: `postgres://${SUPERUSER}:${encodeURIComponent(parts.password)}@${HOST}:${port}/postgres`,
    pid,
    adopted,
    gone,
    rotateLog: () => parts.log.rotate(),
    stop: () => stop(pid),
  }
}

/** An adopted server is not our child: nobody tells us when it ends. */
async function watch(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(POLL_MS * 10, undefined, { ref: false })
}

/** SIGINT is the fast shutdown: sessions end, open transactions roll back, a checkpoint is written. The rest is for a server that hangs. */
async function stop(pid: number): Promise<void> {
  for (const [name, patience] of [
    ['SIGINT', STOP_MS],
    ['SIGQUIT', STOP_MS / 4],
    ['SIGKILL', STOP_MS],
  ] as const) {
    signal(pid, name)
    const until = performance.now() + patience
    while (isRunning(pid)) {
      if (performance.now() > until) break
      await pause(POLL_MS)
    }
    if (!isRunning(pid)) return
  }
}

/** The same version with the same settings. Otherwise it is stopped and started anew, so that an update takes effect. */
function runsAsWeWould(parts: Parts, running: Postmaster): boolean {
  const options = readFileSync(path.join(parts.cluster, 'postmaster.opts'), 'utf8')
  const wanted = [
    path.join(parts.binaries.folder, 'bin', 'postgres'),
    ...serverArguments(parts, running.port).map((argument) => `"${argument}"`),
  ]
  return options.trim() === wanted.join(' ')
}

/** Answers undefined after a login to this very cluster, otherwise the error code, or `other` for another cluster. */
async function tryLogin(parts: Parts, port: number): Promise<string | undefined> {
  const client = new pg.Client({
    host: HOST,
    port,
    user: SUPERUSER,
    password: parts.password,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder")
    return rows[0]?.folder === parts.cluster ? undefined : 'other'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other'
  } finally {
    await client.end().catch(() => undefined)
  }
}

function rememberedPort(home: string): number | undefined {
  try {
    return Number(readFileSync(path.join(home, 'port'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}
