import { AsyncLocalStorage } from 'node:async_hooks'
import type { WorkspaceId } from '@frontdesk/contract'
import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'

/** The workspace that the transaction which begins now is bound to. Kysely hands nothing of ours to `beginTransaction`, so it travels beside the call. */
export const beginFor = new AsyncLocalStorage<WorkspaceId | undefined>()

/**
 * Begins and binds without waiting for the answer: every request, job and send of the house pays this. The first query is on the wire behind it; were the beginning refused, that
 * query would see no workspace, and the commit says so.
 */
class BindingDriver extends PostgresDriver {
  readonly #begun = new WeakMap<DatabaseConnection, Promise<unknown>>()

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const workspaceId = beginFor.getStore()
    if (workspaceId === undefined) return super.beginTransaction(connection, settings)
    // Two statements in one message take no parameters.
    if (!/^[0-9a-f-]{36}$/.test(workspaceId)) throw new TypeError(`This is no id of a workspace: ${workspaceId}`)
    const begin = settings.accessMode ? `start transaction ${settings.accessMode}` : 'begin'
    const begun = connection.executeQuery(CompiledQuery.raw(`${begin}; set local app.workspace_id = '${workspaceId}'`))
    begun.catch(() => undefined) // heard at the commit
    this.#begun.set(connection, begun)
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#begun.get(connection)
    await super.commitTransaction(connection)
  }
}

/** PostgreSQL with transactions that begin bound to a workspace. */
export class BindingDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }
  override createDriver(): PostgresDriver {
    return new BindingDriver(this.#config)
  }
}
