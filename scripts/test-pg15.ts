/** `npm run test:pg15 [-- filters]`: the tests that use a database, against Debian's PostgreSQL 15, the oldest that Frontdesk supports. */
import { ensurePrograms } from './testing/debian-packages.ts'
import { startPostgres15 } from './testing/postgres-15.ts'
import { postgres15 } from './testing/programs.ts'
import { runVitest } from './testing/run-vitest.ts'
import { stopWith } from './testing/stop-with.ts'

/** Tests that start a database server of their own, or none, say nothing about PostgreSQL 15. */
const elsewhere = [
  'apps/server/src/platform/postgres-server/**',
  'apps/web/**',
  'packages/**',
  'tests/acme/**',
  'tests/e2e/**',
  'tests/runtime/**',
]

await stopWith(async () => {
  ensurePrograms([postgres15])
  const server = await startPostgres15()
  const filters = process.argv.slice(2)
  const code = await runVitest(filters, { FRONTDESK_TEST_DATABASE_URL: server.url, FRONTDESK_TEST_LEAVE_OUT: elsewhere.join(' ') })
  await server.stop()
  return code
})
