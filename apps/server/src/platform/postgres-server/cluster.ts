import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { Account } from './account.ts'
import { explainFailure } from './explain-failure.ts'
import type { NativeBinaries } from './native-binaries.ts'
import { isRunning } from './processes.ts'

/** The role that `initdb` makes. Used to make the others, never by the application. */
export const SUPERUSER = 'postgres'

const LEAST_FREE_BYTES = 64_000_000
const PART = 'cluster.part-'

/** Our environment holds secrets, and other programs of the account may read the server's: it gets none of it. */
export const serverEnvironment = { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin', TZ: 'UTC' }

/** Refuses a cluster that these binaries cannot open, and a disk on which none can run. */
export function refuseUnusable(home: string, cluster: string, binaries: NativeBinaries): void {
  const { bavail, bsize } = statfsSync(home)
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new Error(explainFailure(home, `${Math.floor((bavail * bsize) / 1e6)} MB free: No space left on device`))
  if (!existsSync(cluster)) return
  const version = readVersion(cluster)
  if (version !== undefined && version !== binaries.major) {
    throw new Error(
      `The data in ${cluster} was written by PostgreSQL ${version}; this Frontdesk brings ${binaries.major} and leaves it untouched. Go back to the Frontdesk that made it, run npm run backup there, and restore that backup here into a new data folder.`,
    )
  }
}

function readVersion(cluster: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8'), 10)
  } catch {
    return undefined // unreadable for us or damaged: PostgreSQL itself says it better
  }
}

/** Reads the superuser's password, or makes it. Only our own account can read it, not the one that runs PostgreSQL. */
export function superuserPassword(home: string): string {
  const file = path.join(home, 'superuser-password')
  if (!existsSync(file)) {
    const part = `${file}.part-${process.pid}`
    writeFileSync(part, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    try {
      linkSync(part, file) // unlike a rename it never replaces one that somebody else has just made
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(part)
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** Makes the cluster if there is none. It appears under its name only when it is complete. */
export async function createCluster(
  cluster: string,
  binaries: NativeBinaries,
  account: Account | undefined,
  password: string,
  durable: boolean,
): Promise<void> {
  if (existsSync(cluster)) return
  const home = path.dirname(cluster)
  for (const name of readdirSync(home)) {
    if (name.startsWith(PART) && !isRunning(Number(name.split('-')[1]))) rmSync(path.join(home, name), { recursive: true, force: true })
  }

  const part = path.join(home, `${PART}${process.pid}-${randomBytes(4).toString('hex')}`)
  const passwordFile = `${part}.password`
  mkdirSync(part, { mode: 0o700 })
  chmodSync(part, 0o700)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) for (const place of [part, passwordFile]) chownSync(place, account.uid, account.gid)

  // The built-in locale sorts alike on every system and never changes under an index when the C library does.
  const locale = ['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  try {
    await run('initdb', binaries, ['-D', part, ...locale, ...access, ...(durable ? [] : ['--no-sync'])], account, home)
    if (!existsSync(cluster)) renameSync(part, cluster)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(part, { recursive: true, force: true })
  }
}

/**
 * Gives the superuser the password we know, in PostgreSQL's single-user mode, for a data folder whose password file was lost. Whoever can write the folder could do so
 * anyway. No server may be running on it.
 */
export async function setPassword(
  cluster: string,
  binaries: NativeBinaries,
  account: Account | undefined,
  password: string,
): Promise<void> {
  await run(
    'postgres',
    binaries,
    ['--single', '-D', cluster, 'postgres'],
    account,
    cluster,
    `alter role ${SUPERUSER} password '${password}'\n`,
  )
}

function run(
  program: 'initdb' | 'postgres',
  binaries: NativeBinaries,
  args: string[],
  account: Account | undefined,
  folder: string,
  input = '',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(binaries.folder, 'bin', program), args, {
      ...account,
      cwd: '/',
      env: serverEnvironment,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.stdin.on('error', () => undefined) // it may end without reading; its exit code tells
    child.stdin.end(input)
    // ENOENT for a file that is there: the program that loads it, the C library's, is not.
    child.once('error', (error) => reject(new Error(explainFailure(folder, error.message.replace('ENOENT', 'ENOENT (ld-linux)')))))
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(explainFailure(folder, said)))))
  })
}
