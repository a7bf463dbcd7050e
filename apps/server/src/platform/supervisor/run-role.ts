import { once } from 'node:events'
import { flushCompileCache } from 'node:module'
import type { Role } from '../config/index.ts'
import { errorFields, type Log, openLog } from '../log/index.ts'
import { giveBackAtRest } from './give-back.ts'
import { DRAIN_MS, type FromRole, type RoleStart, type RunningRole, type StartRole, type ToRole } from './role.ts'

const TOLD_MS = DRAIN_MS - 500
const ORPHANED_MS = 3_000

/**
 * Runs one role in a process of its own, started by the supervisor. Ends when told to, and by itself when the supervisor is gone, however that happened.
 */
export async function runRole(startRole: StartRole): Promise<void> {
  if (!process.send) throw new Error('A single role is started by Frontdesk itself. Run it with: npm start -- --role web')
  // Ctrl-C reaches every process of the terminal; the supervisor alone decides what follows. A lost reader of our log lines is no reason to die.
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

  const begin = nextBegin()
  const orphaned = once(process, 'disconnect').then(() => ORPHANED_MS)
  const ending = Promise.race([orphaned, toldToStop()])
  const start = await Promise.race([begin, ending])
  if (typeof start === 'number') return process.exit(0)

  const log = openLog({ level: start.config.logLevel, role: start.role })
  diesOfErrors(start.role, log)
  const running = startRole(start)
  void ending.then((patience) => endWithin(patience, running))
  try {
    const { port, notices = [] } = await running
    tell({ kind: 'ready', port, notices })
    flushCompileCache() // now, since a process that is killed would not
    giveBackAtRest()
  } catch (error) {
    log.error('role.crashed', { role: start.role, ...errorFields(error) })
    tell({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }, () => process.exit(1))
  }
}

function tell(message: FromRole, sent: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent)
  else sent()
}

function nextBegin(): Promise<RoleStart> {
  return new Promise((resolve) => {
    process.on('message', (message: ToRole) => message.kind === 'begin' && resolve(message.start))
  })
}

function toldToStop(): Promise<number> {
  return new Promise((resolve) => {
    process.on('message', (message: ToRole) => message.kind === 'stop' && resolve(TOLD_MS))
    process.on('SIGTERM', () => resolve(TOLD_MS))
  })
}

async function endWithin(patienceMs: number, running: Promise<RunningRole>): Promise<never> {
  setTimeout(() => process.exit(1), patienceMs)
  await running.then((role) => role.stop()).catch(() => undefined) // a start that failed has nothing to finish
  return process.exit(0)
}

/** An error that nobody caught leaves unknown state behind: it is written down, as far as it may be, and a fresh process takes over. */
function diesOfErrors(role: Role, log: Log): void {
  const die = (error: unknown) => {
    log.error('role.crashed', { role, ...errorFields(error) })
    process.exit(1)
  }
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
}
