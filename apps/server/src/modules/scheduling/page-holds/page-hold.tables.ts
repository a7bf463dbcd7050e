import type { ServiceId, StaffId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, reference, system } from '../../../platform/inventory/index.ts'

/** A time that is kept while somebody unknown fills in a page. Nothing of her stands in it. */
export type PageHoldRow = {
  workspace_id: string
  id: string
  service_id: ServiceId
  staff_id: StaffId
  host_ids: ColumnType<readonly string[], string, never>
  starts_at: Temporal.Instant
  busy_from: Temporal.Instant
  busy_until: Temporal.Instant
  expires_at: Temporal.Instant
  extensions: number
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    page_hold: PageHoldRow
  }
}

export const pageHoldInventory = [
  inventoryOf<PageHoldRow>('page_hold', {
    subjects: [{ root: 'member', via: ['staff_id', 'member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      service_id: system,
      staff_id: reference('staff'),
      host_ids: system,
      starts_at: system,
      busy_from: system,
      busy_until: system,
      expires_at: system,
      extensions: system,
      created_at: system,
    },
  }),
]
