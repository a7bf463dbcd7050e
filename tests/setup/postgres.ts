import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type PostgresServer, startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'

let server: PostgresServer | undefined
let folder: string | undefined

/** One PostgreSQL for the whole run; each test file makes its own database on it. Uses the server that FRONTDESK_TEST_DATABASE_URL names, if any. */
export async function setup(): Promise<void> {
  if (process.env.FRONTDESK_TEST_DATABASE_URL) return
  folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-tests-'))
  // The account that runs PostgreSQL when we are root has to enter it.
  chmodSync(folder, 0o711)
  server = await startPostgresServer(folder, {
    settings: {
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
      max_connections: '200',
      shared_buffers: '128MB',
      log_min_messages: 'warning',
    },
  })
  process.env.FRONTDESK_TEST_DATABASE_URL = server.superuserUrl
}

/** Stops what `setup` started. */
export async function teardown(): Promise<void> {
  if (!server || !folder) return
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  delete process.env.FRONTDESK_TEST_DATABASE_URL
}
