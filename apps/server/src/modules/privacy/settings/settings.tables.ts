import type { PrivacySettings } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, reference, system } from '../../../platform/inventory/index.ts'

/** One version of a workspace's settings. */
export type PrivacySettingsRow = {
  workspace_id: string
  id: string
  version: number
  /** Where they differ from the defaults. */
  values: ColumnType<Partial<PrivacySettings>, string, never>
  changed_by: string
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    privacy_settings: PrivacySettingsRow
  }
}

export const settingsInventory = [
  inventoryOf<PrivacySettingsRow>('privacy_settings', {
    subjects: [{ root: 'workspace' }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      values: system,
      changed_by: reference('member', { keep: 'Who settled it is part of the record of the business.' }),
      created_at: system,
    },
  }),
]
