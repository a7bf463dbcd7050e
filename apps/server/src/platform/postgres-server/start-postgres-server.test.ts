import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { isRunning, type PostgresServer, startPostgresServer } from './index.ts'

const root = mkdtempSync(path.join(tmpdir(), 'frontdesk-postgres-'))
chmodSync(root, 0o711) // the account that runs PostgreSQL for root has to enter
const asRoot = process.getuid?.() === 0
const running = new Set<PostgresServer>()

/** A data folder with a cluster that was started once and stopped cleanly. */
const everyday = path.join(root, 'everyday')

const start = async (folder: string, options?: Parameters<typeof startPostgresServer>[1]): Promise<PostgresServer> => {
  const server = await startPostgresServer(folder, options)
  running.add(server)
  return server
}
const ask = async (server: PostgresServer, sql: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: server.superuserUrl })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}
const pidFile = (folder: string) => path.join(folder, 'postgres', 'cluster', 'postmaster.pid')

/** Starts a server in a process of its own that is killed at once, and answers the server's pid. */
const leaveOrphan = async (folder: string): Promise<number> => {
  const module = new URL('./index.ts', import.meta.url)
  const script = `import { startPostgresServer } from ${JSON.stringify(String(module))}; const s = await startPostgresServer(${JSON.stringify(folder)}); console.log(s.pid); setInterval(() => {}, 1e6)`
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout!, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return Number(said)
}

afterEach(async () => {
  for (const server of running) await server.stop()
  running.clear()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('what it refuses', () => {
  it('refuses another password, over the loopback that everybody on the machine reaches', async () => {
    const server = await start(everyday)
    const client = new pg.Client({ host: server.host, port: server.port, user: 'postgres', password: 'guess', database: 'postgres' })
    await expect(client.connect()).rejects.toMatchObject({ code: '28P01' })
  })

  it('refuses data of another PostgreSQL version and leaves it untouched', async () => {
    const version = path.join(everyday, 'postgres', 'cluster', 'PG_VERSION')
    const before = readFileSync(version)
    writeFileSync(version, '17\n')
    await expect(start(everyday)).rejects.toThrow(/written by PostgreSQL 17; this Frontdesk brings 18.*npm run backup/s)
    writeFileSync(version, before)
  })

  it('says that damaged files are damaged', async () => {
    const folder = path.join(root, 'damaged')
    await (await start(folder)).stop()
    truncateSync(path.join(folder, 'postgres', 'cluster', 'global', 'pg_control'), 100)
    await expect(start(folder)).rejects.toThrow(/damaged.*restore the newest backup/s)
  })

  it.skipIf(!asRoot)('refuses, as root, a folder that no other account can enter, and names what closes it', async () => {
    const closed = path.join(root, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    await expect(start(path.join(closed, 'data'))).rejects.toThrow(`may not enter ${closed}. Set FRONTDESK_DATA`)
  })

  it.skipIf(!asRoot)('says that the disk is full', async () => {
    const small = path.join(root, 'small')
    mkdirSync(small)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', small])
    try {
      await expect(start(small)).rejects.toThrow(/The disk that holds .*small\/postgres is full.*free some space/s)
    } finally {
      execFileSync('umount', [small])
    }
  })
})

describe('how it runs', () => {
  it('never acknowledges what is not on the disk, and listens on loopback alone', async () => {
    const server = await start(everyday)
    const setting = (name: string) => ask(server, `select current_setting('${name}')`)
    expect(await Promise.all(['fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses'].map(setting))).toEqual([
      'on',
      'on',
      'on',
      '127.0.0.1',
    ])
  })

  it('keeps its secrets from others', async () => {
    const { pid } = await start(everyday)
    expect(statSync(path.join(everyday, 'postgres', 'superuser-password')).mode & 0o777).toBe(0o600)
    expect(statSync(path.join(everyday, 'postgres', 'cluster')).mode & 0o777).toBe(0o700)
    if (asRoot) expect(statSync(path.join(everyday, 'postgres', 'superuser-password')).uid).toBe(0)
    if (process.platform === 'linux') expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('HOME=')
  })

  it.skipIf(!asRoot)('runs as somebody else when we are root', async () => {
    const { pid } = await start(everyday)
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
  })

  it('writes no statement and no value into its log', async () => {
    const server = await start(everyday)
    await ask(
      server,
      "create temp table person (email text unique); insert into person values ('mia@example.com'); insert into person values ('mia@example.com')",
    ).catch(() => undefined)
    await ask(server, "select 'mia@example.com'::int").catch(() => undefined)
    const log = readFileSync(path.join(everyday, 'logs', 'postgres.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('mia@')
  })

  it('brings the extensions that the rooms use', async () => {
    const server = await start(everyday)
    const wanted = ['btree_gist', 'citext', 'pg_trgm', 'pgcrypto', 'unaccent']
    expect(
      await ask(server, `select array_agg(name::text order by name) from pg_available_extensions where name in ('${wanted.join("','")}')`),
    ).toEqual(wanted)
  })
})

describe('starting again', () => {
  it('keeps its port', async () => {
    const first = await start(everyday)
    await first.stop()
    expect((await start(everyday)).port).toBe(first.port)
  })

  it('takes another port when its own is taken', async () => {
    const first = await start(everyday)
    await first.stop()
    const stranger = createServer().listen(first.port, '127.0.0.1')
    await once(stranger, 'listening')
    const second = await start(everyday)
    stranger.close()
    expect(second.port).not.toBe(first.port)
    expect(await ask(second, 'select 1')).toBe(1)
  })

  it('joins a server that a killed run left behind', async () => {
    const orphan = await leaveOrphan(everyday)
    const server = await start(everyday)
    expect(server).toMatchObject({ pid: orphan, adopted: true })
    await server.stop()
    expect(isRunning(orphan)).toBe(false)
  })

  it('replaces a server left behind that runs on other settings, as after an update', async () => {
    const orphan = await leaveOrphan(everyday)
    const server = await start(everyday, { settings: { work_mem: '5MB' } })
    expect(server.pid).not.toBe(orphan)
    expect(await ask(server, 'show work_mem')).toBe('5MB')
  })

  it('starts once when two start at the same moment', async () => {
    const folder = path.join(root, 'twice')
    const [one, two] = await Promise.all([start(folder), start(folder)])
    expect(one.pid).toBe(two.pid)
  })

  it('tells when the server is gone', async () => {
    const server = await start(everyday)
    process.kill(server.pid, 'SIGKILL')
    await server.gone
    expect(isRunning(server.pid)).toBe(false)
  })

  it('comes back after a kill in the middle of a long query, with everything it acknowledged', async () => {
    const first = await start(everyday)
    await ask(first, 'create table kept as select 1 as n')
    const busy = ask(first, 'select count(*) from generate_series(1, 1e9)').catch(() => 'cut off')
    process.kill(first.pid, 'SIGKILL')
    const second = await start(everyday)
    expect(await busy).toBe('cut off')
    expect(await ask(second, 'select count(*)::int from kept')).toBe(1)
  })

  it('is not fooled by a stranger who has the pid of the last server', async () => {
    const first = await start(everyday)
    const note = readFileSync(pidFile(everyday), 'utf8')
    process.kill(first.pid, 'SIGKILL')
    await first.gone
    const stranger = spawn('sleep', ['1000'])
    writeFileSync(pidFile(everyday), note.replace(/^\d+/, String(stranger.pid)))
    const second = await start(everyday)
    expect(await ask(second, 'select 1')).toBe(1)
    expect(stranger.exitCode).toBeNull()
    stranger.kill()
  })

  it('goes on after a first start that was killed while it made the cluster', async () => {
    const folder = path.join(root, 'half')
    const server = await start(folder)
    await server.stop()
    renameSync(path.join(folder, 'postgres', 'cluster'), path.join(folder, 'postgres', 'cluster.part-0'))
    rmSync(path.join(folder, 'postgres', 'cluster.part-0', 'PG_VERSION'))
    expect(await ask(await start(folder), 'select 1')).toBe(1)
    expect(readdirSync(path.join(folder, 'postgres')).filter((name) => name.includes('part'))).toEqual([])
  })

  it('finds its way back when the password file is lost', async () => {
    await (await start(everyday)).stop()
    rmSync(path.join(everyday, 'postgres', 'superuser-password'))
    expect(await ask(await start(everyday), 'select 1')).toBe(1)
  })

  it('removes the binaries of an earlier version', async () => {
    const old = path.join(everyday, 'postgres', 'binaries-17.9.0')
    mkdirSync(old)
    await start(everyday)
    expect(existsSync(old)).toBe(false)
  })
})
