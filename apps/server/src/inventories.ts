import type { TableInventory } from './platform/inventory/index.ts'
import { platformInventories } from './platform-inventories.ts'
import { describeHouse } from './rooms.ts'

/** Every table of the house, declared. Compared with the migrated schema by tests/inventory. */
// biome-ignore lint/suspicious/noExplicitAny: each table is declared against its own row type
export const tableInventories: readonly TableInventory<any>[] = [
  ...platformInventories,
  ...describeHouse().rooms.flatMap(({ inventory }) => inventory),
]
