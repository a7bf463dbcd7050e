import type { Connection } from '../../../platform/egress/index.ts'
import { definePort } from '../../../platform/events/index.ts'
import type { Policy } from '../../../platform/policy/index.ts'
import type { Inventory } from '../erasure/index.ts'

/** Something the operator connected this server to. */
export type Configured = { readonly connection: Connection; readonly host: string | null }

/** What the registers need of the server around them. Filled by the house. */
export const registerSurroundings = definePort<{
  readonly configured: readonly Configured[]
  readonly publicUrl: () => string
  /** Every table of the house, declared. */
  readonly inventory: Inventory
  /** The rules of every room. */
  readonly policies: readonly Policy<string>[]
  /** Permissions that no API key may have. */
  readonly neverForKeys: ReadonlySet<string>
}>('privacy.registers')
