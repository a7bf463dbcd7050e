import type { Config } from '../../apps/server/src/platform/config/index.ts'
import { startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'
import {
  BUILT_IN_DATABASE,
  type ClaimedFolder,
  claimDataFolder,
  databaseOf,
  holderOf,
} from '../../apps/server/src/platform/supervisor/index.ts'

/** Where the database is, by an account that may administer it. */
export type Reached = { readonly administratorUrl: string; readonly database: string }

/** Does something with the database, whether Frontdesk runs or not. The built-in server is started for it where it does not, and stopped afterwards. */
export async function withDatabase<T>(config: Config, work: (reached: Reached) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return work({ administratorUrl: config.databaseUrl, database: databaseOf(config.databaseUrl) })
  const claim = await claimUnlessRunning(config.dataFolder)
  try {
    return await onBuiltIn(config, claim, work)
  } finally {
    claim?.release()
  }
}

/** The same, but refuses while Frontdesk runs, and keeps it from starting meanwhile. */
export async function withDatabaseAlone<T>(config: Config, work: (reached: Reached) => Promise<T>): Promise<T> {
  const claim = await claimDataFolder(config.dataFolder)
  try {
    if (config.databaseUrl) return await work({ administratorUrl: config.databaseUrl, database: databaseOf(config.databaseUrl) })
    return await onBuiltIn(config, claim, work)
  } finally {
    claim.release()
  }
}

async function onBuiltIn<T>(config: Config, claim: ClaimedFolder | undefined, work: (reached: Reached) => Promise<T>): Promise<T> {
  const server = await startPostgresServer(config.dataFolder, { account: config.postgresAccount })
  try {
    return await work({ administratorUrl: server.superuserUrl, database: BUILT_IN_DATABASE })
  } finally {
    if (claim) await server.stop() // otherwise it is the running Frontdesk's
  }
}

async function claimUnlessRunning(folder: string): Promise<ClaimedFolder | undefined> {
  try {
    return await claimDataFolder(folder)
  } catch (error) {
    if (holderOf(folder)) return undefined
    throw error
  }
}
