export { dataFolderOf, type Environment } from './environment.ts'
export { type Config, ConfigError, type Domain, loadConfig, type OAuthClient, type ObjectStore, type Role } from './load-config.ts'
export { settingsTable } from './settings.ts'
