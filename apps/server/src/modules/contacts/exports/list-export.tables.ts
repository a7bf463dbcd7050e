import type { ListExport, ListExportFormat, ListNarrowing, MemberId } from '@frontdesk/contract'
import type { ColumnType, Generated, Selectable } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A list of contacts that was written into a file. */
export type ListExportRow = {
  workspace_id: string
  id: string
  format: ListExportFormat
  narrowing: ColumnType<ListNarrowing, string, string>
  only_of: MemberId | null
  state: ListExport['state']
  total: number | null
  done: Generated<number>
  size: number | null
  file_id: string | null
  actor_kind: 'member' | 'api_key' | 'operator' | 'system'
  actor_id: string | null
  downloaded_at: Temporal.Instant | null
  created_at: Temporal.Instant
  finished_at: Temporal.Instant | null
}
export type StoredListExport = Selectable<ListExportRow>

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    list_export: ListExportRow
  }
}

export const listExportInventory = [
  inventoryOf<ListExportRow>('list_export', {
    // That a list was written, and how it was narrowed; the people are in the file alone.
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      format: system,
      narrowing: personal({
        category: 'free_text',
        purpose: 'service',
        basis: 'workspace_instruction',
        retention: 'workspace',
        erase: 'delete_row',
        export: false,
      }),
      only_of: reference('member', { keep: 'Whose contacts the file held; the id names nobody once the member is erased.' }),
      state: system,
      total: system,
      done: system,
      size: system,
      file_id: system,
      actor_kind: system,
      actor_id: reference('member', { keep: 'Who took the list out; the id names nobody once the member is erased.' }),
      downloaded_at: system,
      created_at: system,
      finished_at: system,
    },
  }),
]
