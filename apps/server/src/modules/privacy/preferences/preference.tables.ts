import type { Cap, Channel, WallWindow } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import type { ColumnType } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

type Json<T> = ColumnType<T, string, string>

/** What a contact asked for herself. */
export type PreferenceRow = {
  workspace_id: string
  id: string
  version: number
  contact_id: ContactId
  channels_off: Json<readonly Channel[]>
  /** On her wall clock; empty means at any time. */
  hours: Json<readonly WallWindow[]>
  /** BCP 47 tags. */
  languages: Json<readonly string[]>
  at_most: ColumnType<Cap | null, string | null, string | null>
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    preference: PreferenceRow
  }
}

const hers = personal({
  category: 'preference',
  purpose: 'communication',
  basis: 'workspace_instruction',
  retention: 'contact',
  erase: 'delete_row',
  export: true,
})

export const preferencesInventory = [
  inventoryOf<PreferenceRow>('preference', {
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      version: system,
      contact_id: reference('contact'),
      channels_off: hers,
      hours: hers,
      languages: hers,
      at_most: hers,
      created_at: system,
      updated_at: system,
    },
  }),
]
