import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  isRunning,
  type PostgresServer,
  type PostgresSettings,
  startPostgresServer,
} from '../../apps/server/src/platform/postgres-server/index.ts'

const PREFIX = 'frontdesk-tests-'
const settings: PostgresSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  shared_buffers: '128MB',
  log_min_messages: 'warning',
}

let server: PostgresServer | undefined
let folder: string | undefined

/** One PostgreSQL for the whole run; each test file makes its own database on it. Uses the server that FRONTDESK_TEST_DATABASE_URL names, if any. */
export async function setup(): Promise<void> {
  if (process.env.FRONTDESK_TEST_DATABASE_URL) return
  await removeAbandoned()
  folder = mkdtempSync(path.join(tmpdir(), PREFIX))
  // The account that runs PostgreSQL when we are root has to enter it.
  chmodSync(folder, 0o711)
  writeFileSync(path.join(folder, 'owner'), String(process.pid))
  server = await startPostgresServer(folder, { settings })
  process.env.FRONTDESK_TEST_DATABASE_URL = server.superuserUrl
}

/** Stops what `setup` started. */
export async function teardown(): Promise<void> {
  if (!server || !folder) return
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  delete process.env.FRONTDESK_TEST_DATABASE_URL
}

/** A run that was killed leaves its server behind: it is joined, stopped and removed. */
async function removeAbandoned(): Promise<void> {
  for (const owner of globSync(path.join(tmpdir(), `${PREFIX}*`, 'owner'))) {
    if (statSync(owner).uid !== process.getuid?.() || isRunning(Number(readFileSync(owner, 'utf8')))) continue
    const abandoned = path.dirname(owner)
    if (existsSync(path.join(abandoned, 'postgres/cluster/postmaster.pid')))
      await (await startPostgresServer(abandoned, { settings })).stop()
    rmSync(abandoned, { recursive: true, force: true })
  }
}
