import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'

const BIN = '/usr/lib/postgresql/15/bin'
const START_MS = 30_000
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/** A private PostgreSQL 15 from Debian's binaries, for one run of tests. */
export async function startPostgres15(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-postgres-15-'))
  chmodSync(folder, 0o711)
  const data = path.join(folder, 'data')
  const account = process.getuid?.() === 0 ? ownerOf('/var/lib/postgresql') : undefined
  mkdirSync(data, { mode: 0o700 })
  if (account) chownSync(data, account.uid, account.gid)
  // With passwords, as the built-in server: a wrong one has to be refused here as there.
  const password = randomBytes(16).toString('hex')
  const passwordFile = path.join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account) chownSync(passwordFile, account.uid, account.gid)
  const access = ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  execFileSync(path.join(BIN, 'initdb'), ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', ...access, '--no-sync'], {
    ...account,
    cwd: '/',
    stdio: 'pipe',
  })

  const port = await freePort()
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(path.join(BIN, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
    detached: true,
  })
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  await untilAnswers(url, server.pid)
  return {
    url,
    stop: async () => {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian's package makes the account `postgres`; its home tells the ids. */
function ownerOf(folder: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(folder)
  return { uid, gid }
}

async function untilAnswers(url: string, pid: number | undefined): Promise<void> {
  const until = performance.now() + START_MS
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    const error = await client.connect().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    await client.end().catch(() => undefined)
    if (error === undefined) return
    if (performance.now() > until)
      throw new Error(`PostgreSQL 15 (process ${pid}) did not answer within ${START_MS / 1_000} seconds.`, { cause: error })
    await pause(50)
  }
}
