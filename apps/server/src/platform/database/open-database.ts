import { setTimeout as delay } from 'node:timers/promises'
import type { Id, WorkspaceId } from '@frontdesk/contract'
import { Kysely, type Transaction } from 'kysely'
import pg from 'pg'
import type { Clock } from '../clock/index.ts'
import type { Keys } from '../crypto/index.ts'
import { sqlState } from '../errors/index.ts'
import { orderedId } from '../ids/index.ts'
import { recordQuery } from '../traces/index.ts'
import { BindingDialect, beginFor } from './binding-dialect.ts'
import type { Tables } from './tables.ts'
import { TemporalClient } from './temporal-client.ts'

/** One transaction that sees and writes the rows of one workspace only, with its one moment, its ids and the keys. */
export type WorkspaceTx = {
  readonly db: Transaction<Tables>
  readonly workspaceId: WorkspaceId
  /** The transaction's one moment; every row written in it carries this time. */
  readonly now: Temporal.Instant
  readonly keys: Keys
  newId<Noun extends string>(): Id<Noun>
}

export type Database = {
  /** Runs `work` bound to one workspace. Deadlocks and serialization failures are retried, so `work` must have no effect outside the database. */
  inWorkspace<T>(workspaceId: WorkspaceId, work: (tx: WorkspaceTx) => Promise<T>, options?: { readonly readOnly?: boolean }): Promise<T>
  /** Without a workspace: sees no row of any workspace table, may call the look-ups of `lookups.sql`. */
  readonly outside: Kysely<Tables>
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly keys: Keys
  close(): Promise<void>
}

export type DatabaseSettings = {
  readonly url: string
  readonly keys: Keys
  readonly clock: Clock
  /** Connections at most. */
  readonly connections: number
  /** Told about idle connections that dropped; the pool opens new ones by itself. */
  readonly onConnectionLost?: (error: Error) => void
}

const RETRYABLE = new Set(['40001', '40P01']) // serialization failure, deadlock
const ATTEMPTS = 4

/** Opens a pool as the role in `url` (the app role; the eraser's pool is opened the same way). */
export function openDatabase(settings: DatabaseSettings): Database {
  const { keys, clock } = settings
  const pool = openPool(settings.url, settings.connections, settings.onConnectionLost, { pipeline: true })
  const outside = new Kysely<Tables>({ dialect: new BindingDialect({ pool }), log: recordQuery })

  async function once<T>(workspaceId: WorkspaceId, work: (tx: WorkspaceTx) => Promise<T>, readOnly: boolean): Promise<T> {
    const builder = readOnly ? outside.transaction().setAccessMode('read only') : outside.transaction()
    return beginFor.run(workspaceId, () =>
      builder.execute((db) => {
        const now = clock()
        return beginFor.run(undefined, work, { db, workspaceId, now, keys, newId: () => orderedId(now.epochMilliseconds) })
      }),
    )
  }

  return {
    outside,
    pool,
    clock,
    keys,
    async inWorkspace(workspaceId, work, options) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(workspaceId, work, options?.readOnly ?? false)
        } catch (error) {
          if (attempt === ATTEMPTS || !RETRYABLE.has(sqlState(error) ?? '')) throw error
        }
      }
    },
    close: () => outside.destroy(),
  }
}

/**
 * A pool of `TemporalClient`s. Without error listeners, one dropped connection would end the process. With `pipeline`, a query is sent while those before it still wait for
 * their answers; cursors and copies need a pool without.
 */
export function openPool(
  url: string,
  connections: number,
  onConnectionLost: (error: Error) => void = () => undefined,
  { pipeline = false }: { readonly pipeline?: boolean } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    Client: TemporalClient,
    pipeline,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  } as pg.PoolConfig)
  pool.on('error', onConnectionLost) // of idle connections
  // The pool stops listening to a connection it has lent out; between two queries of a transaction nobody else does. The next query is refused anyway.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

const AGAIN_MS = 250

/** Waits until the database answers: a process that starts while PostgreSQL comes back has no reason to fail. Throws what is not about that. */
export async function untilDatabaseAnswers(pool: pg.Pool): Promise<void> {
  for (;;) {
    try {
      return void (await pool.query('select 1'))
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      await delay(AGAIN_MS)
    }
  }
}

const UNREACHABLE_STATES = new Set(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08006', '53300'])
const UNREACHABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])

/** Whether an error says that the database is away (restarting, killed, full of connections) rather than that the query was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (UNREACHABLE_STATES.has(code) || UNREACHABLE_CODES.has(code)) return true
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message)
}
