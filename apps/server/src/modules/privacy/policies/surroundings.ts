import type { Database } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'
import type { TableInventory } from '../../../platform/inventory/index.ts'

/** What the documents need of the server around them. Filled by the house. */
export const policySurroundings = definePort<{
  readonly database: Database
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
  /** Every table of the house: the documents say what it declares. */
  // biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
  readonly inventory: readonly TableInventory<any>[]
}>('privacy.policies')
