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

/** Does something while Frontdesk does not run on this data, and keeps it from starting. Throws when it runs. */
export async function withFolderAlone<T>(config: Config, work: () => Promise<T>): Promise<T> {
  const claim = await claimDataFolder(config.dataFolder)
  try {
    return await work()
  } finally {
    claim.release()
  }
}

/** Does something with the database. `alone`: the caller holds the data folder. The built-in server is started where it does not run, and stopped afterwards. */
export async function withDatabase<T>(config: Config, alone: boolean, work: (reached: Reached) => Promise<T>): Promise<T> {
  if (config.databaseUrl) return work({ administratorUrl: config.databaseUrl, database: databaseOf(config.databaseUrl) })
  const server = await startPostgresServer(config.dataFolder, { account: config.postgresAccount })
  try {
    return await work({ administratorUrl: server.superuserUrl, database: BUILT_IN_DATABASE })
  } finally {
    if (alone) await server.stop() // otherwise it is the running Frontdesk's
  }
}

/** The same, whether Frontdesk runs or not. */
export async function withAnyDatabase<T>(config: Config, work: (reached: Reached) => Promise<T>): Promise<T> {
  const claim = config.databaseUrl ? undefined : await claimUnlessRunning(config.dataFolder)
  try {
    return await withDatabase(config, claim !== undefined, work)
  } finally {
    claim?.release()
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
