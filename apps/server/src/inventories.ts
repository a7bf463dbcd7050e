import { contactsRoom } from './modules/contacts/index.ts'
import { auditInventory } from './platform/audit/audit.tables.ts'
import { databaseInventory } from './platform/database/database.tables.ts'
import { eventsInventory } from './platform/events/index.ts'
import type { TableInventory } from './platform/inventory/index.ts'
import { jobsInventory } from './platform/jobs/index.ts'

/** Every table of the house, declared. Compared with the migrated schema by tests/inventory. */
// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
export const tableInventories: readonly TableInventory<any>[] = [
  ...databaseInventory,
  ...eventsInventory,
  ...jobsInventory,
  ...auditInventory,
  ...contactsRoom.inventory,
]
