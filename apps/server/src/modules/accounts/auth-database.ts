import type { Id } from '@frontdesk/contract'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import type { Clock } from '../../platform/clock/index.ts'
import type { Keys } from '../../platform/crypto/index.ts'
import { openPool } from '../../platform/database/index.ts'
import { orderedId } from '../../platform/ids/index.ts'
import type { AuthTables } from './auth.tables.ts'

/** One transaction in the schema `auth`, with its one moment, its ids and the keys. */
export type AuthTx = {
  readonly db: Transaction<AuthTables>
  readonly now: Temporal.Instant
  readonly keys: Keys
  newId<Noun extends string>(): Id<Noun>
}

/** The pool of the role frontdesk_auth: people, sessions, credentials; no workspace's data. */
export type AuthDatabase = {
  /** For single statements. */
  readonly db: Kysely<AuthTables>
  readonly clock: Clock
  readonly keys: Keys
  transaction<T>(work: (auth: AuthTx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type AuthDatabaseSettings = {
  /** The address of the role frontdesk_auth. */
  readonly url: string
  readonly keys: Keys
  readonly clock: Clock
  readonly connections: number
  readonly onConnectionLost?: (error: Error) => void
}

/** Opens the pool of the schema `auth`. */
export function openAuthDatabase({ url, keys, clock, connections, onConnectionLost }: AuthDatabaseSettings): AuthDatabase {
  const root = new Kysely<AuthTables>({ dialect: new PostgresDialect({ pool: openPool(url, connections, onConnectionLost) }) })
  return {
    db: root.withSchema('auth'),
    clock,
    keys,
    transaction: (work) =>
      root.transaction().execute((trx) => {
        const now = clock()
        return work({ db: trx.withSchema('auth'), now, keys, newId: () => orderedId(now.epochMilliseconds) })
      }),
    close: () => root.destroy(),
  }
}
