import { existsSync } from 'node:fs'
import type { MigrationFolder } from './platform/database/index.ts'

const order = [
  'platform/database',
  'platform/http',
  'platform/events',
  'platform/jobs',
  'platform/webhooks',
  'platform/audit',
  'platform/files',
  'modules/accounts',
  'platform/mail',
  'modules/contacts',
  'modules/privacy',
  'modules/conversations',
  'modules/scheduling',
  'modules/leads',
]

/** The numbered SQL of every room, in the order in which tables may refer to each other. */
export const migrationFolders: readonly MigrationFolder[] = order
  .map((place) => ({ room: place.split('/')[1] ?? place, folder: new URL(`./${place}/migrations`, import.meta.url) }))
  .filter(({ folder }) => existsSync(folder))
