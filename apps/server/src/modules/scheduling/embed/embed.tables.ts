import type { ColumnType } from 'kysely'
import { inventoryOf, system } from '../../../platform/inventory/index.ts'

/** How the booking pages of a business may stand on other sites. */
export type BookingPageRow = {
  workspace_id: string
  id: string
  framing_sites: ColumnType<readonly string[], string, string>
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    booking_page: BookingPageRow
  }
}

export const embedInventory = [
  inventoryOf<BookingPageRow>('booking_page', {
    subjects: [{ root: 'workspace' }],
    columns: { workspace_id: system, id: system, framing_sites: system, created_at: system, updated_at: system, version: system },
  }),
]
