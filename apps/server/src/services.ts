import { createHash } from 'node:crypto'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import { type AuthDatabase, openAuthDatabase } from './modules/accounts/index.ts'
import { type Clock, systemClock } from './platform/clock/index.ts'
import type { Config } from './platform/config/index.ts'
import { type Keys, openKeys, openPasswords, type Passwords } from './platform/crypto/index.ts'
import { type Database, type DatabaseUrls, type Listener, openDatabase, openListener, openPool } from './platform/database/index.ts'
import { mayLeave } from './platform/egress/index.ts'
import { Refusal } from './platform/errors/index.ts'
import { type Files, openFiles } from './platform/files/index.ts'
import { errorFields, type Log, openLog } from './platform/log/index.ts'
import { type PublicAddressWatch, watchPublicAddress } from './platform/public-address/index.ts'
import { holderOf, localUrl, type RoleStart } from './platform/supervisor/index.ts'

/** What the rooms of one process stand on. */
export type Services = {
  readonly config: Config
  readonly urls: DatabaseUrls
  readonly clock: Clock
  readonly log: Log
  readonly keys: Keys
  readonly passwords: Passwords
  readonly database: Database
  readonly auth: AuthDatabase
  readonly eraser: Database
  readonly files: Files
  readonly listener: Listener
  readonly address: PublicAddressWatch
  /** What the web role answers when the public address is asked whether it leads here. */
  readonly addressToken: string
  /** scheme://host under which links are written, without a slash at the end. */
  readonly linkBase: () => string
  /** Waits for nothing new and closes what was opened here. */
  close(): Promise<void>
}

/** How many connections each pool of a role may hold: together they stay below what the built-in PostgreSQL allows. */
const connections = { web: { app: 10, auth: 4, eraser: 1 }, worker: { app: 8, auth: 2, eraser: 2 } } as const

/** Keys that the operator changes are in use by every process within seconds. */
const LEARN_KEYS_MS = 5000

function learnKeys(keys: Keys, log: Log): void {
  try {
    keys.refresh()
  } catch (error) {
    log.error('keys.unreadable', errorFields(error)) // what was read before goes on working
  }
}

/** Opens the pools, keys and files of one role's process. */
export function openServices({ config, database: urls, role, listen }: RoleStart): Services {
  const clock = systemClock
  const log = openLog({ level: config.logLevel, role })
  const keys = openKeys(path.join(config.dataFolder, 'keys'), clock())
  const lost = (pool: string) => (error: Error) => log.warn('database.connection_lost', { pool, code: errorFields(error).code })
  const size = connections[role]
  const database = openDatabase({ url: urls.app, keys, clock, connections: size.app, onConnectionLost: lost('app') })
  const auth = openAuthDatabase({ url: urls.auth, keys, clock, connections: size.auth, onConnectionLost: lost('auth') })
  const eraser = openDatabase({ url: urls.eraser, keys, clock, connections: size.eraser, onConnectionLost: lost('eraser') })
  const listener = openListener({ url: role === 'worker' ? urls.relay : urls.app, onLost: lost('listener') })
  const learning = setInterval(() => learnKeys(keys, log), LEARN_KEYS_MS)
  learning.unref()
  const addressToken = createHash('sha256').update(keys.subkey('link', 'public address').key).digest('base64url')
  const address = watchPublicAddress({ url: config.publicUrl, token: addressToken })
  return {
    config,
    urls,
    clock,
    log,
    keys,
    passwords: openPasswords(keys),
    database,
    auth,
    eraser,
    files: openFiles({
      folder: path.join(config.dataFolder, 'files'),
      keyFolder: path.join(config.dataFolder, 'keys', 'files'),
      keys,
      ...(config.objectStore ? { s3: config.objectStore, mayKeep: mayKeepIn(database) } : {}),
    }),
    listener,
    address,
    addressToken,
    linkBase: () => config.publicUrl ?? holderOf(config.dataFolder)?.url ?? localUrl(listen.host, listen.port),
    async close() {
      clearInterval(learning)
      address.close()
      await listener.close()
      await Promise.all([database.close(), auth.close(), eraser.close()])
    },
  }
}

/** Files leave for the object store only where the register of processors lets them. */
const mayKeepIn = (database: Database) => async (workspaceId: string) => {
  const answer = await database.inWorkspace(workspaceId as WorkspaceId, (tx) =>
    mayLeave(tx, { connection: 's3', purpose: 'service', categories: ['communication', 'free_text'] }),
  )
  if (!answer.allowed) throw new Refusal('privacy/recipient-stopped', { detail: `${answer.why} The file was not kept.` })
}

/** The relay's pool, which the worker alone has. */
export const openRelay = ({ urls, log }: Services) =>
  openPool(urls.relay, 4, (error) => log.warn('database.connection_lost', { pool: 'relay', code: errorFields(error).code }))
