export { databaseInventory } from './database.tables.ts'
export { recordKeys } from './key-versions.ts'
export { type Listener, type ListenerSettings, openListener } from './listen.ts'
export { type MigrationFolder, migrate } from './migrate.ts'
export { countFieldsOf, type EncryptedColumn, encryptedColumns, type MoveFields, type MoveProgress, moveFields } from './move-fields.ts'
export {
  type Database,
  type DatabaseSettings,
  isDatabaseAway,
  openDatabase,
  openPool,
  untilDatabaseAnswers,
  type WorkspaceTx,
} from './open-database.ts'
export { type DatabaseUrls, onDatabase, type PrepareDatabase, prepareDatabase, rolePasswords, urlsOf } from './prepare-database.ts'
export { roleStatements } from './roles.ts'
export type { Tables } from './tables.ts'
export { prepared } from './temporal-client.ts'
