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

/** Begins and binds in one round trip: every request, job and send of the house pays this. */
class BindingDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const workspaceId = beginFor.getStore()
    if (workspaceId === undefined) return super.beginTransaction(connection, settings)
    // Two statements in one message take no parameters.
    if (!/^[0-9a-f-]{36}$/.test(workspaceId)) throw new TypeError(`This is no id of a workspace: ${workspaceId}`)
    const begin = settings.accessMode ? `start transaction ${settings.accessMode}` : 'begin'
    await connection.executeQuery(CompiledQuery.raw(`${begin}; select set_config('app.workspace_id', '${workspaceId}', true)`))
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
