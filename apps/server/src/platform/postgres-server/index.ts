export type { Account } from './account.ts'
export { isRunning } from './processes.ts'
export type { PostgresSettings } from './settings.ts'
export { type PostgresServer, type PostgresServerOptions, startPostgresServer } from './start-postgres-server.ts'
