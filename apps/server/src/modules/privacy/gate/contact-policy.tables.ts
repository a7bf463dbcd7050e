import type { ContactPolicy } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, system } from '../../../platform/inventory/index.ts'

/** What a workspace asks of itself, stricter than the law. One row a workspace, made by the first change. */
export type ContactPolicyRow = {
  workspace_id: string
  id: string
  version: number
  rules: ColumnType<ContactPolicy, string, string>
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    contact_policy: ContactPolicyRow
  }
}

export const contactPolicyInventory = [
  inventoryOf<ContactPolicyRow>('contact_policy', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, version: system, rules: system, created_at: system, updated_at: system },
  }),
]
