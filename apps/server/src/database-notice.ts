import { configuredConnections } from './connections.ts'
import type { Config } from './platform/config/index.ts'
import type { Database } from './platform/database/index.ts'
import { serverMayUse } from './platform/egress/index.ts'

/** What the register says against the database that the server stands on. The server cannot stop itself, so it says so at each start, as the screen does. */
export async function databaseNotice(
  config: Pick<
    Config,
    'mail' | 'objectStore' | 'google' | 'facebook' | 'googleCalendar' | 'microsoftCalendar' | 'databaseUrl' | 'tracesUrl' | 'domain'
  >,
  database: Database,
): Promise<string | undefined> {
  if (!configuredConnections(config).some(({ connection }) => connection === 'database')) return undefined
  const answer = await serverMayUse(database, { connection: 'database', purpose: 'service', categories: [] })
  if (answer.allowed) return undefined
  return `${answer.why} All data lie in that database (DATABASE_URL), and this server goes on using it, because it cannot run without. Move them to another one: npm run backup here, npm run restore there.`
}
