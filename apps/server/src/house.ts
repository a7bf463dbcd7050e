import path from 'node:path'
import { startArrivals } from './arrivals.ts'
import { asDemo, demoNotices, demoStateOf, openDemo } from './demo/index.ts'
import { notices } from './notices.ts'
import { startSealer } from './platform/audit/index.ts'
import { nightlySchedule } from './platform/backup/index.ts'
import { untilDatabaseAnswers } from './platform/database/index.ts'
import { Refusal } from './platform/errors/index.ts'
import { platformSchedules, startRelay } from './platform/events/index.ts'
import { compressWebApp, createHttpServer, type MountedRoute } from './platform/http/index.ts'
import { type Job, startScheduler, startWorker } from './platform/jobs/index.ts'
import { listenForMetrics, metricsPages } from './platform/metrics/index.ts'
import { openPublicDoor, PUBLIC_ADDRESS_CHECK_PATH } from './platform/public-address/index.ts'
import { openRealtime, realtimePages } from './platform/realtime/index.ts'
import { listenOn, type RoleStart, type RunningRole } from './platform/supervisor/index.ts'
import { planDeliveries, webhookSchedules } from './platform/webhooks/index.ts'
import { auditFoldersIn, describeHouse, type House, openHouse } from './rooms.ts'
import { openRelay, openServices, type Services } from './services.ts'
import { frontdeskVersion } from './status.ts'
import { startWatching, type Watching } from './watching.ts'

/** Every job of the house, for whoever prepares its queues. */
export const houseJobs = (): readonly Job[] => describeHouse().jobs

/** Every route of the house with its handler, for whoever examines them. */
export const houseRoutes = (): readonly MountedRoute[] => describeHouse().routes

/** Starts one role in this process. */
export async function startRole(start: RoleStart): Promise<RunningRole> {
  const opened = openServices(start)
  await untilDatabaseAnswers(opened.database.pool)
  const demo = await demoStateOf(opened)
  const services = asDemo(opened, demo)
  const house = openHouse(services)
  const watching = startWatching(services, start.role)
  if (start.role === 'worker') return startWork(services, house, watching)
  await openDemo(services, demo)
  const web = await startWeb(start, services, house, watching)
  return { ...web, notices: [...demoNotices(services.config.dataFolder, demo), ...(web.notices ?? [])] }
}

async function startWeb(start: RoleStart, services: Services, house: House, watching: Watching): Promise<RunningRole> {
  const { config, database, log, listener } = services
  const hub = openRealtime({ listener })
  const { metrics } = watching
  metrics.watch('realtime_streams', 'Open streams of live events.', () => hub.size)
  if (start.webFolder) await compressWebApp(start.webFolder)
  const app = await createHttpServer({
    database,
    log,
    routes: house.routes,
    authenticate: house.accounts.authenticate,
    trustedProxies: config.http.trustedProxies,
    publicUrl: () => config.publicUrl,
    version: frontdeskVersion,
    files: services.files,
    observe: metrics.http,
    ...(start.webFolder ? { webApp: start.webFolder } : {}),
  })
  app.get(PUBLIC_ADDRESS_CHECK_PATH, async (_request, reply) =>
    reply.header('cache-control', 'no-store').type('text/plain').send(services.addressToken),
  )
  metricsPages(app, metrics, config.metrics.token)
  realtimePages({ hub, now: services.clock, admit: admitTo(house) })(app)
  for (const room of house.rooms) await room.pages?.(app)

  const port = await listenOn(start.listen, async (host, wanted) => {
    await app.listen({ host, port: wanted })
    const address = app.server.address()
    return typeof address === 'object' && address ? address.port : wanted
  })
  const door = config.domain
    ? await openPublicDoor({
        domain: config.domain,
        keysFolder: path.join(config.dataFolder, 'keys'),
        answer: app.routing,
        clock: services.clock,
        log,
      })
    : undefined
  return {
    port,
    notices: await notices(services, house, port),
    async stop() {
      await Promise.all([door?.close(), app.close()])
      await watching.stop()
      await house.accounts.settled()
      await services.close()
    },
  }
}

/** Streams are for members: the session says who, the workspace says where. */
const admitTo =
  (house: House): Parameters<typeof realtimePages>[0]['admit'] =>
  async (request, workspaceId) => {
    const { person, principal } = await house.accounts.authenticate(request)
    if (!person) throw new Refusal('http/not-signed-in')
    if (principal?.kind !== 'member' || principal.workspaceId !== workspaceId)
      throw new Refusal('http/not-allowed', { detail: 'You are not a member of this workspace.' })
    if (principal.lacksSecondFactor || principal.suspended)
      throw new Refusal('http/not-allowed', { detail: 'Nothing of this workspace is shown to you for now; its routes say why.' })
    return { workspaceId, memberId: principal.memberId, personId: person.userId, sessionId: person.sessionId }
  }

async function startWork(services: Services, house: House, watching: Watching): Promise<RunningRole> {
  const { config, database, log, clock, listener, keys } = services
  const relay = openRelay(services)
  const backup = nightlySchedule({
    databaseUrl: services.urls.backup,
    keys,
    keyFolder: path.join(config.dataFolder, 'keys'),
    fileFolder: config.objectStore ? undefined : path.join(config.dataFolder, 'files'),
    target: path.join(config.dataFolder, 'backups'),
    version: frontdeskVersion,
  })
  const { metrics } = watching
  metrics.pool('relay', relay)
  metrics.backlog(relay)
  const metricsDoor = config.metrics.workerPort ? await listenForMetrics(metrics, config.metrics.workerPort) : undefined
  const worker = await startWorker({ database, relay, listener, log, jobs: house.jobs, observe: metrics.job })
  const running = [
    startRelay({ relay, listener, log, subscribers: house.subscribers, alongside: planDeliveries, observe: metrics.relay }),
    startScheduler({ relay, clock, log, schedules: [...platformSchedules(relay), ...webhookSchedules(relay), backup, ...house.schedules] }),
    startSealer({ database, relay, listener, log, headsFolder: auditFoldersIn(config.dataFolder).heads }),
    ...(await startArrivals(services, relay)),
  ]
  return {
    async stop() {
      await Promise.all([...running.map((part) => part.stop()), worker.stop()])
      await metricsDoor?.close()
      await watching.stop()
      await house.accounts.settled()
      await relay.end()
      await services.close()
    },
  }
}
