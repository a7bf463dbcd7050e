import { auditInventory } from './platform/audit/index.ts'
import { databaseInventory } from './platform/database/index.ts'
import { eventsInventory } from './platform/events/index.ts'
import { filesInventory } from './platform/files/index.ts'
import { httpInventory } from './platform/http/index.ts'
import type { TableInventory } from './platform/inventory/index.ts'
import { jobsInventory } from './platform/jobs/index.ts'
import { mailInventory } from './platform/mail/index.ts'
import { webhooksInventory } from './platform/webhooks/index.ts'

/** The tables of the platform, declared. */
// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
export const platformInventories: readonly TableInventory<any>[] = [
  ...databaseInventory,
  ...httpInventory,
  ...eventsInventory,
  ...jobsInventory,
  ...auditInventory,
  ...filesInventory,
  ...mailInventory,
  ...webhooksInventory,
]
