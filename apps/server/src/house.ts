import path from 'node:path'
import { contactsRoom } from './modules/contacts/index.ts'
import { systemClock } from './platform/clock/index.ts'
import { openKeys } from './platform/crypto/index.ts'
import { openDatabase, openListener, openPool } from './platform/database/index.ts'
import { cleanUp, platformSchedules, requireFilledPorts, startRelay } from './platform/events/index.ts'
import { createHttpServer } from './platform/http/index.ts'
import type { Job } from './platform/jobs/index.ts'
import { startScheduler, startWorker } from './platform/jobs/index.ts'
import { errorFields, openLog } from './platform/log/index.ts'
import type { Room } from './platform/room/index.ts'
import { listenOn, type RoleStart, type RunningRole } from './platform/supervisor/index.ts'

const rooms: readonly Room[] = [contactsRoom]

/** Every job of the house: the rooms', their subscribers' and the platform's own. */
export const houseJobs: readonly Job[] = [
  cleanUp,
  ...rooms.flatMap(({ jobs, subscribers }) => [...jobs, ...subscribers.map(({ job }) => job)]),
]

/** Starts one role in this process. */
export async function startRole(start: RoleStart): Promise<RunningRole> {
  requireFilledPorts()
  return start.role === 'web' ? startWeb(start) : startWork(start)
}

function foundation({ config, database: urls, role }: RoleStart) {
  const clock = systemClock
  const log = openLog({ level: config.logLevel, role })
  const keys = openKeys(path.join(config.dataFolder, 'keys'), clock())
  const lost = (pool: string) => (error: Error) => log.warn('database.connection_lost', { pool, code: errorFields(error).code })
  const database = openDatabase({ url: urls.app, keys, clock, connections: role === 'web' ? 12 : 8, onConnectionLost: lost('app') })
  return { clock, log, keys, database, lost }
}

async function startWeb(start: RoleStart): Promise<RunningRole> {
  const { log, database } = foundation(start)
  const app = await createHttpServer({
    database,
    log,
    routes: rooms.flatMap(({ routes }) => routes),
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: start.config.http.trustedProxies,
  })
  const port = await listenOn(start.listen, async (host, wanted) => {
    await app.listen({ host, port: wanted })
    const address = app.server.address()
    return typeof address === 'object' && address ? address.port : wanted
  })
  return {
    port,
    stop: async () => {
      await app.close()
      await database.close()
    },
  }
}

async function startWork(start: RoleStart): Promise<RunningRole> {
  const { log, database, clock, lost } = foundation(start)
  const relay = openPool(start.database.relay, 4, lost('relay'))
  const listener = openListener({ url: start.database.relay, onLost: lost('listener') })
  const worker = await startWorker({ database, relay, listener, log, jobs: houseJobs })
  const relaying = startRelay({ relay, listener, log, subscribers: rooms.flatMap(({ subscribers }) => subscribers) })
  const scheduler = startScheduler({ relay, clock, log, schedules: platformSchedules(relay) })
  return {
    stop: async () => {
      await Promise.all([scheduler.stop(), relaying.stop(), worker.stop()])
      await listener.close()
      await relay.end()
      await database.close()
    },
  }
}
